import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { request } from '../support/graphql-client.js';
import { openStage, type Stage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(async () => {
  await stage.close();
});

interface Call {
  operation: string;
  reason: string;
  outcome: string;
  requestedAt: string;
  sentAt: string | null;
  answeredAt: string | null;
  httpStatus: number | null;
  agoraCode: number | null;
  message: string | null;
}

const CALLS = `query ($id: ID) { recording(by: { id: $id }) { calls {
  operation reason outcome requestedAt sentAt answeredAt httpStatus agoraCode message } } }`;

interface Outage {
  dependency: string;
  from: string;
  to: string | null;
}

describe('While Agora cannot be reached', () => {
  const channel = 'cut off';
  let id: string;

  async function refresh(): Promise<string[]> {
    const { refreshRecording } = await request<{ refreshRecording: { userErrors: { code: string }[] } }>(
      stage.gateway.url,
      'mutation ($id: ID!) { refreshRecording(input: { recordingId: $id }) { userErrors { code } } }',
      { id },
    );
    return refreshRecording.userErrors.map(({ code }) => code);
  }

  async function outages(): Promise<Outage[]> {
    const { gateway } = await request<{ gateway: { status: { outages: Outage[] } } }>(
      stage.gateway.url,
      '{ gateway { status { outages { dependency from to } } } }',
    );
    return gateway.status.outages;
  }

  it('calls fail, and the status of the gateway shows the outage, with its end once Agora answers again', async () => {
    const { startRecording } = await request<{ startRecording: { recording: { id: string } } }>(
      stage.gateway.url,
      `mutation ($channel: String!) {
        startRecording(input: { channel: $channel, uid: "7", config: { composite: {} } }) { recording { id } } }`,
      { channel },
    );
    id = startRecording.recording.id;
    const phase = async () => {
      const { recording } = await request<{ recording: { phase: string } }>(
        stage.gateway.url,
        'query ($id: ID) { recording(by: { id: $id }) { phase } }',
        { id },
      );
      return recording.phase;
    };
    await waitFor(async () => (await phase()) === 'RECORDING', { what: 'RECORDING' });
    expect(await outages()).toEqual([]);
    expect(await refresh()).toEqual([]);

    await stage.sandbox.control('POST', '/faults', { operation: 'any', drop: 'request', times: 1_000 });
    const during = await waitFor(
      async () => {
        expect(await refresh()).toEqual(['UPSTREAM_UNAVAILABLE']);
        const found = await outages();
        return found.length > 0 && found;
      },
      { what: 'the outage', withinMs: 30_000 },
    );
    expect(during).toMatchObject([{ dependency: 'AGORA', to: null }]);

    await stage.sandbox.control('DELETE', '/faults');
    expect(await refresh()).toEqual([]);
    const [outage, ...others] = await outages();
    expect(others).toEqual([]);
    expect(outage).toMatchObject({ dependency: 'AGORA', from: during[0]?.from });
    expect(Date.parse(outage?.to ?? '')).toBeGreaterThan(Date.parse(outage?.from ?? ''));
  });

  it('the recording lists every query, also those from which nothing was learned', async () => {
    const fault = { operation: 'query', cname: channel };
    const refused = { ...fault, status: 500, body: { code: 500, reason: 'busy' } };
    await stage.sandbox.control('POST', '/faults', refused);
    expect(await refresh()).toHaveLength(1);
    await stage.sandbox.control('POST', '/faults', { ...fault, status: 404, body: { code: 404 } });
    expect(await refresh()).toHaveLength(1);
    const { recording } = await request<{ recording: { calls: Call[] } }>(stage.gateway.url, CALLS, { id });
    const [notFound, busy, answered, ...earlier] = recording.calls.filter(
      ({ operation, reason }) => operation === 'QUERY' && reason === 'REFRESH',
    );
    expect(notFound).toMatchObject({ outcome: 'ANSWERED', httpStatus: 404, agoraCode: 404 });
    expect(busy).toMatchObject({ outcome: 'ANSWERED', httpStatus: 500, agoraCode: 500, message: 'busy' });
    expect(answered).toMatchObject({ outcome: 'ANSWERED', httpStatus: 200 });
    for (const { requestedAt, sentAt, answeredAt } of [notFound, busy, answered].filter(
      (call) => call !== undefined,
    )) {
      expect(requestedAt <= (sentAt ?? '')).toBe(true);
      expect((sentAt ?? '') <= (answeredAt ?? '')).toBe(true);
    }
    const first = earlier.pop();
    expect(first).toMatchObject({ outcome: 'ANSWERED', httpStatus: 200 });
    expect(earlier.length).toBeGreaterThan(1);
    for (const lost of earlier) {
      expect(lost).toMatchObject({ outcome: 'NOT_ANSWERED', answeredAt: null, httpStatus: null });
      expect(lost.sentAt).not.toBeNull();
      expect(lost.message).not.toBeNull();
    }
  });
});
