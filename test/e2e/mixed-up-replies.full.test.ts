import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { request } from '../support/graphql-client.js';
import { startIn } from '../support/agora/situations.js';
import { openStage, type Stage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';

/** Something between the gateway and Agora answers one call with what belongs to another recording. */

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(async () => {
  await stage.close();
});

interface Seen {
  id: string;
  sid: string;
  channel: string;
  phase: string;
  problems: { nodes: { code: string; message: string }[] };
}

const FIELDS = 'id sid channel phase problems { nodes { code message } }';

async function seen(id: string): Promise<Seen> {
  const { recording } = await request<{ recording: Seen }>(
    stage.gateway.url,
    `query ($id: ID!) { recording(by: { id: $id }) { ${FIELDS} } }`,
    { id },
  );
  return recording;
}

async function started(channel: string): Promise<Seen> {
  const { recording, userErrors } = await startIn(stage, channel);
  expect(userErrors).toEqual([]);
  return await seen(recording?.id ?? '');
}

interface Payload {
  userErrors: { code: string; message: string; retryable: boolean }[];
}

async function mutate(document: string, recordingId: string): Promise<Payload> {
  const { payload } = await request<{ payload: Payload }>(
    stage.gateway.url,
    `mutation ($id: ID!) { payload: ${document} { userErrors { code message retryable } } }`,
    { id: recordingId },
  );
  return payload;
}

/** A stop is sent again, and succeeds. */
const OPERATIONS: [operation: string, document: string, errors: string[]][] = [
  ['query', 'refreshRecording(input: { recordingId: $id })', ['AGORA_REPLY_MISMATCH']],
  [
    'update',
    'updateRecording(input: { recordingId: $id, change: { streams: { subscribeAudioUids: ["71"] } } })',
    ['AGORA_REPLY_MISMATCH'],
  ],
  [
    'updateLayout',
    'updateLayout(input: { recordingId: $id, mixedVideoLayout: ADAPTIVE })',
    ['AGORA_REPLY_MISMATCH'],
  ],
  ['stop', 'stopRecording(input: { recordingId: $id, waitSeconds: 10 })', []],
];

describe('A reply that names another recording', () => {
  it.each(OPERATIONS)(
    'to %s is a problem of the one that was asked about, and both stay',
    async (operation, document, errors) => {
      const [asked, other] = [await started(`asked ${operation}`), await started(`other ${operation}`)];
      await stage.sandbox.control('POST', '/faults', {
        ...{ operation, cname: asked.channel, apply: true, merge: true },
        body: { cname: other.channel, uid: '901001', sid: other.sid },
      });
      const { userErrors } = await mutate(document, asked.id);
      expect(userErrors.map(({ code }) => code)).toEqual(errors);
      await waitFor(async () => (await seen(asked.id)).problems.nodes.length > 0);
      expect(await seen(asked.id)).toMatchObject({
        ...{ id: asked.id, sid: asked.sid, channel: asked.channel },
        problems: {
          nodes: expect.arrayContaining([
            { code: 'REPLY_NAMES_ANOTHER_RECORDING', message: expect.stringContaining(other.sid) as unknown },
          ]) as unknown,
        },
      });
      expect(await seen(other.id)).toMatchObject({ id: other.id, sid: other.sid, problems: { nodes: [] } });

      // Each is controlled on its own: a stop of one leaves the other.
      await mutate('stopRecording(input: { recordingId: $id, waitSeconds: 10 })', asked.id);
      const isRunning = async (channel: string) =>
        (await stage.tasks(channel)).map(({ phase }) => ['starting', 'recording'].includes(phase));
      expect([await isRunning(asked.channel), await isRunning(other.channel)]).toEqual([[false], [true]]);
    },
  );

  // The reply to this stop has no sid.
  it.each(OPERATIONS.filter(([operation]) => operation !== 'stop'))(
    'to %s only by its channel and uid is a problem, and is taken, since the sid decides',
    async (operation, document) => {
      const asked = await started(`named ${operation}`);
      await stage.sandbox.control('POST', '/faults', {
        ...{ operation, cname: asked.channel, apply: true, merge: true, times: 1 },
        body: { cname: 'another channel', uid: '7' },
      });
      await mutate(document, asked.id);
      await waitFor(async () => (await seen(asked.id)).problems.nodes.length > 0);
      expect(await seen(asked.id)).toMatchObject({
        ...{ sid: asked.sid, channel: asked.channel },
        problems: { nodes: [{ code: 'REPLY_NAMES_ANOTHER_CHANNEL' }] },
      });
    },
  );

  it('to acquire starts nothing, and is counted as a contradiction', async () => {
    const other = await started('other acquire');
    const counted = async () => {
      const metrics = await (await fetch(`${stage.gateway.url}/metrics`)).text();
      return Number(/contradictions\S*assumption="namesAgree"\S* (\d+)/.exec(metrics)?.[1] ?? 0);
    };
    const before = await counted();
    await stage.sandbox.control('POST', '/faults', {
      ...{ operation: 'acquire', cname: 'asked acquire', apply: true, merge: true },
      body: { cname: other.channel },
    });
    const refused = await startIn(stage, 'asked acquire');
    expect(refused.recording).toBeNull();
    expect(refused.userErrors).toMatchObject([{ code: 'AGORA_REPLY_MISMATCH', retryable: true }]);
    expect(await counted()).toBe(before + 1);
    expect(await stage.tasks('asked acquire')).toEqual([]);
    expect(await seen(other.id)).toMatchObject({ sid: other.sid, problems: { nodes: [] } });
    expect((await startIn(stage, 'asked acquire')).userErrors).toEqual([]);
  });

  it('to start leaves the other as it is, and leads to one recording with its own sid', async () => {
    const other = await started('other start');
    await stage.sandbox.control('POST', '/faults', {
      ...{ operation: 'start', cname: 'asked start', apply: true, merge: true },
      body: { cname: other.channel, uid: '901001', sid: other.sid, resourceId: 'r'.repeat(40) },
    });
    const { recording } = await startIn(stage, 'asked start');
    const id = recording?.id ?? '';
    expect(id).not.toBe(other.id);
    await waitFor(async () => (await seen(id)).sid !== null);
    const [task] = await stage.tasks('asked start');
    expect(await seen(id)).toMatchObject({
      ...{ sid: task?.sid, channel: 'asked start' },
      problems: { nodes: [{ code: 'REPLY_NAMES_ANOTHER_RECORDING' }] },
    });
    expect(await seen(other.id)).toMatchObject({ sid: other.sid, problems: { nodes: [] } });
  });

  it('to start names a sid that an earlier start in the same place got: both stay recordings', async () => {
    const first = await started('asked twice');
    await mutate('stopRecording(input: { recordingId: $id, waitSeconds: 10 })', first.id);
    await waitFor(async () => (await seen(first.id)).phase === 'COMPLETED');
    await stage.sandbox.control('POST', '/faults', {
      ...{ operation: 'start', cname: 'asked twice', apply: true, merge: true },
      body: { sid: first.sid },
    });
    const { recording } = await startIn(stage, 'asked twice');
    const id = recording?.id ?? '';
    expect(id).not.toBe(first.id);
    await waitFor(async () => (await seen(id)).sid !== null);
    expect(await seen(id)).toMatchObject({
      problems: { nodes: [{ code: 'REPLY_NAMES_ANOTHER_RECORDING' }] },
    });
    expect((await seen(id)).sid).not.toBe(first.sid);
    expect(await seen(first.id)).toMatchObject({ sid: first.sid, phase: 'COMPLETED' });
  });
});
