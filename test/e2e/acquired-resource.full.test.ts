import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { StartRecordingDocument, type StartRecordingInput } from '@agora-recording-gateway/client';
import { run } from '../support/documents.js';
import { request } from '../support/graphql-client.js';
import { openStage, type Stage } from '../support/stage.js';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ speed: 20 });
});

afterAll(async () => {
  await stage.close();
});

beforeEach(async () => {
  await stage.sandbox.control('DELETE', '');
});

interface SentCall {
  operation: string;
  httpStatus: number;
  requestBody: { clientRequest: { startParameter?: object } };
}

async function calls(): Promise<SentCall[]> {
  const { calls: sent } = (await stage.sandbox.control('GET', '/calls')) as { calls: SentCall[] };
  return sent.filter(({ operation }) => operation === 'acquire' || operation === 'start');
}

async function acquire(input: object): Promise<string> {
  const { acquireResource } = await request<{ acquireResource: { resource: { resourceId: string } } }>(
    stage.gateway.url,
    'mutation ($input: AcquireResourceInput!) { acquireResource(input: $input) { resource { resourceId } } }',
    { input },
  );
  return acquireResource.resource.resourceId;
}

async function start(input: StartRecordingInput) {
  const { startRecording } = await run(stage.gateway.url, StartRecordingDocument, { input });
  return startRecording;
}

const individual = (maxIdleTime: number) => ({
  individual: { subscribeUidGroup: 'UIDS_3_TO_7' as const, maxIdleTime },
});

describe('A resource acquired for a config', () => {
  it('is refused for another config before Agora is asked, with the field at fault', async () => {
    const place = { channel: 'pair', uid: '9527' };
    const resourceId = await acquire({ ...place, config: individual(1800) });
    const refused = await start({ ...place, resourceId, config: individual(60) });
    expect(refused.recording).toBeNull();
    expect(refused.userErrors).toMatchObject([
      { code: 'RESOURCE_MISMATCH', field: ['config', 'individual', 'maxIdleTime'], retryable: false },
    ]);
    expect((await calls()).map(({ operation }) => operation)).toEqual(['acquire']);
    const accepted = await start({ ...place, resourceId, config: individual(1800) });
    expect(accepted.userErrors).toEqual([]);
  });

  it("is explained as such in Agora's own words, where the gateway does not know it", async () => {
    await stage.sandbox.control('POST', '/faults', {
      ...{ operation: 'start', status: 400, body: { code: 2, reason: 'request_hash mismatch!' }, times: 2 },
    });
    const { userErrors } = await start({ channel: 'twice', uid: '1', config: { composite: {} } });
    expect(userErrors).toMatchObject([
      {
        code: 'RESOURCE_MISMATCH',
        message: expect.stringContaining("Agora's reason: request_hash mismatch!") as unknown,
      },
    ]);
    // Once more, and no third time.
    expect((await calls()).map(({ operation }) => operation)).toEqual([
      'acquire',
      'start',
      'acquire',
      'start',
    ]);
  });
});

describe("The gateway's own pair of acquire and start", () => {
  it.each([true, false])('starts the recording (startParameter is accepted: %s)', async (accepted) => {
    await stage.sandbox.control('PUT', '/assumptions', { startRepeatsStartParameter: accepted });
    const { recording, userErrors } = await start({
      ...{ channel: 'own pair', uid: '3', idempotencyKey: `own pair ${accepted}`, config: { composite: {} } },
    });
    expect(userErrors).toEqual([]);
    expect(recording?.sid).not.toBeNull();
    const sent = await calls();
    expect(sent.map(({ operation, httpStatus }) => `${operation} ${httpStatus}`)).toEqual(
      accepted ? ['acquire 200', 'start 200'] : ['acquire 200', 'start 400', 'acquire 200', 'start 200'],
    );
    const withConfig = sent
      .filter(({ operation }) => operation === 'acquire')
      .map(({ requestBody }) => requestBody.clientRequest.startParameter !== undefined);
    expect(withConfig).toEqual(accepted ? [true] : [true, false]);
    if (accepted) return;
    const metrics = await (await fetch(`${stage.gateway.url}/metrics`)).text();
    expect(metrics).toMatch(
      /gateway_assumption_contradictions_total\{[^}]*startRepeatsStartParameter[^}]*\} [1-9]/,
    );
    const again = await start({
      ...{ channel: 'own pair', uid: '3', idempotencyKey: `own pair ${accepted}`, config: { composite: {} } },
    });
    expect(again.recording?.id).toBe(recording?.id);
  });
});
