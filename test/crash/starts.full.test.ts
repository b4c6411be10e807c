import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  RecordingChangedDocument,
  RecordingsDocument,
  StartRecordingDocument,
  type StartRecordingInput,
  type StartRecordingMutation,
} from '@agora-recording-gateway/client';
import { live, run } from '../support/documents.js';
import { SOAK } from '../support/size.js';
import { openStage, type Stage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';

const SPEED = 20;

/** While gateways are killed: a start is sent again only until its resource expires, and a busy machine starts a process slowly. */
const SPEED_OF_RESTARTS = 4;
const dieAt = fileURLToPath(new URL('../support/faults/die-at.mjs', import.meta.url));

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ speed: SPEED });
});

afterAll(async () => {
  await stage.close();
});

async function start(input: Partial<StartRecordingInput> & { channel: string }) {
  const { startRecording } = await run(stage.gateway.url, StartRecordingDocument, {
    input: { uid: '901001', config: { composite: {} }, ...input },
  });
  return startRecording;
}

async function recordingsOf(channel: string) {
  const { recordings } = await run(stage.gateway.url, RecordingsDocument, {
    filter: { channels: [channel] },
  });
  return recordings.edges.map(({ node }) => node);
}

/** The one recording of a channel, once it is no longer in doubt; and the count of tasks that the sandbox saw. */
async function settled(channel: string): Promise<{ phase: string; sid: string | null; tasks: number }> {
  const recording = await waitFor(
    async () => {
      const found = await recordingsOf(channel);
      const [only] = found;
      return found.length === 1 && only !== undefined && only.phase !== 'STARTING' && only;
    },
    { what: `a settled recording of ${channel}` },
  );
  const tasks = await stage.tasks(channel);
  return { phase: recording.phase, sid: recording.sid ?? null, tasks: tasks.length };
}

async function fault(body: object): Promise<void> {
  await stage.sandbox.control('POST', '/faults', body);
}

describe('A gateway killed with SIGKILL during a start', () => {
  beforeAll(() => stage.sandbox.control('PUT', '/clock', { speed: SPEED_OF_RESTARTS }));
  afterAll(() => stage.sandbox.control('PUT', '/clock', { speed: SPEED }));

  const points = ['before acquire', 'after acquire', 'attempt stored', 'start sent', 'reply received'];
  it.each(points)(
    'at the point "%s" leaves one task and one recording, once the caller repeats its key',
    async (point) => {
      const channel = `killed ${point}`;
      const idempotencyKey = `key ${point}`;
      if (point === 'start sent') await fault({ operation: 'start', cname: channel, delayMs: 5_000 });
      await stage.gateway.kill();
      await stage.startGateway({ DIE_AT: point }, ['--import', dieAt]);
      await expect(start({ channel, idempotencyKey })).rejects.toThrow();
      expect(await stage.gateway.exited).toBe('SIGKILL');
      await stage.startGateway();
      const { recording, userErrors } = await start({ channel, idempotencyKey });
      expect(userErrors.filter(({ code }) => code !== 'START_IN_DOUBT')).toEqual([]);
      const result = await settled(channel);
      expect(result).toMatchObject({ phase: 'RECORDING', tasks: 1 });
      expect((await recordingsOf(channel))[0]?.id).toBe(recording?.id);
    },
  );

  const left = SOAK ? points : ['after acquire', 'attempt stored', 'start sent'];
  it.each(left)('at the point "%s" settles by itself when the caller never comes back', async (point) => {
    const channel = `left ${point}`;
    if (point === 'start sent') await fault({ operation: 'start', cname: channel, delayMs: 5_000 });
    await stage.gateway.kill();
    await stage.startGateway({ DIE_AT: point }, ['--import', dieAt]);
    await expect(start({ channel })).rejects.toThrow();
    expect(await stage.gateway.exited).toBe('SIGKILL');
    await stage.startGateway();
    const unknown = point === 'before acquire' || point === 'after acquire';
    if (unknown) {
      expect(await recordingsOf(channel)).toEqual([]);
      expect(await stage.tasks(channel)).toEqual([]);
    } else {
      expect(await settled(channel)).toMatchObject({ phase: 'RECORDING', tasks: 1 });
    }
  });
});

describe('A start whose gateway was killed', () => {
  it('is never sent again if its secrets came inline: silence decides', async () => {
    const channel = 'inline secrets';
    await stage.gateway.kill();
    await stage.startGateway({ DIE_AT: 'attempt stored' }, ['--import', dieAt]);
    await expect(start({ channel, token: '007canary' })).rejects.toThrow();
    await stage.gateway.exited;
    await stage.startGateway();
    expect(await settled(channel)).toMatchObject({ phase: 'FAILED', tasks: 0 });
  });
});

describe('A start in doubt', () => {
  const doubts: [string, object][] = [
    ['whose reply was dropped', { drop: 'reply' }],
    ['answered 206/65, though it was carried out', { status: 206, body: { code: 65 }, apply: true }],
    ['answered 206/65, and not carried out', { status: 206, body: { code: 65 } }],
    ['answered 500/62, though it was carried out', { status: 500, body: { code: 62 }, apply: true }],
    ['answered 500/62, and not carried out', { status: 500, body: { code: 62 } }],
  ];
  it.each(doubts)('%s ends as one task and one recording that runs', async (name, what) => {
    const channel = name.replace(/[^a-z0-9 ]/gi, '');
    await fault({ operation: 'start', cname: channel, ...what });
    const { recording, userErrors } = await start({ channel });
    expect(recording).not.toBeNull();
    expect(userErrors.every(({ code, retryable }) => code === 'START_IN_DOUBT' && retryable)).toBe(true);
    expect(await settled(channel)).toMatchObject({ phase: 'RECORDING', tasks: 1 });
  });

  it('answered 500/502 is sent once more with a new resource, and makes one task', async () => {
    const channel = 'no worker';
    await fault({ operation: 'start', cname: channel, status: 500, body: { code: 502 } });
    const { userErrors } = await start({ channel });
    expect(userErrors).toEqual([]);
    expect(await settled(channel)).toMatchObject({ phase: 'RECORDING', tasks: 1 });
  });

  it('answered 500/502 each time is a retryable error, without task or recording', async () => {
    const channel = 'never a worker';
    await fault({ operation: 'start', cname: channel, status: 500, body: { code: 502 }, times: 5 });
    const { recording, userErrors } = await start({ channel });
    expect(recording).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'AGORA_UNAVAILABLE', retryable: true, agora: { code: 502 } }]);
    expect(await recordingsOf(channel)).toEqual([]);
    expect(await stage.tasks(channel)).toEqual([]);
  });

  it.each([true, false])('answered 201/7 (with its sid: %s) is the recording that runs', async (withSid) => {
    const channel = `already ${withSid}`;
    await stage.sandbox.control('PUT', '/assumptions', { alreadyStartedLacksSid: !withSid });
    // Carried out, and the reply lost: the same start again is answered 201/7.
    await fault({ operation: 'start', cname: channel, drop: 'reply' });
    await start({ channel });
    const { sid, tasks } = await settled(channel);
    expect(sid).toBe((await stage.tasks(channel))[0]?.sid);
    expect(tasks).toBe(1);
  });

  it('of which no word ever comes is proven by the refusal of a second start with the same uid', async () => {
    const channel = 'no word';
    await stage.sandbox.control('PUT', '/assumptions', { alreadyStartedLacksSid: true });
    await stage.sandbox.control('PUT', '/notifications', { loss: 1 });
    await fault({ operation: 'start', cname: channel, drop: 'reply', times: 3 });
    const { recording, userErrors } = await start({ channel });
    expect(recording?.phase).toBe('STARTING');
    expect(userErrors).toMatchObject([{ code: 'START_IN_DOUBT', retryable: true }]);
    expect(await settled(channel)).toMatchObject({ phase: 'RECORDING', sid: null, tasks: 1 });
    await stage.sandbox.control('PUT', '/notifications', { loss: 0 });
    await waitFor(async () => (await recordingsOf(channel))[0]?.sid, {
      what: 'the sid by a later notification',
    });
  });

  it('that was never carried out, and whose repetition fails as well, is sent with another resource', async () => {
    const channel = 'another resource';
    await fault({ operation: 'start', cname: channel, drop: 'request', times: 3 });
    await start({ channel });
    expect(await settled(channel)).toMatchObject({ phase: 'RECORDING', tasks: 1 });
  });
});

describe('An idempotency key', () => {
  it('gives the first recording again, also after a restart', async () => {
    const channel = 'repeated';
    const first = await start({ channel, idempotencyKey: 'repeated' });
    const again = await start({ channel, idempotencyKey: 'repeated' });
    expect(again).toMatchObject({ recording: { id: first.recording?.id }, userErrors: [] });
    await stage.gateway.kill('SIGKILL');
    await stage.startGateway();
    const later = await start({ channel, idempotencyKey: 'repeated' });
    expect(later).toMatchObject({ recording: { id: first.recording?.id }, userErrors: [] });
    expect(await settled(channel)).toMatchObject({ tasks: 1 });
  });

  it('with other input is refused', async () => {
    const { recording, userErrors } = await start({ channel: 'other', idempotencyKey: 'repeated' });
    expect(recording).toBeNull();
    expect(userErrors).toMatchObject([
      { code: 'IDEMPOTENCY_KEY_REUSED', field: ['idempotencyKey'], retryable: false },
    ]);
    expect(await stage.tasks('other')).toEqual([]);
  });

  it('of two callers at once makes one start', async () => {
    const channel = 'at once';
    const both = await Promise.all([1, 2].map(() => start({ channel, idempotencyKey: 'at once' })));
    const ids = both.map(({ recording }: StartRecordingMutation['startRecording']) => recording?.id);
    expect(new Set(ids).size).toBe(1);
    expect(both.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    expect(await settled(channel)).toMatchObject({ tasks: 1 });
  });

  it('is free again after a refusal', async () => {
    const channel = 'refused once';
    await fault({ operation: 'start', cname: channel, status: 400, body: { code: 2, reason: 'no' } });
    const refused = await start({ channel, idempotencyKey: 'refused once' });
    expect(refused).toMatchObject({ recording: null, userErrors: [{ code: 'AGORA_PARAMETER_INVALID' }] });
    const taken = await start({ channel, idempotencyKey: 'refused once' });
    expect(taken.userErrors).toEqual([]);
    expect(await settled(channel)).toMatchObject({ tasks: 1 });
  });
});

describe('A start that no client waits for any more', () => {
  it.each(['attempt stored', 'start sent'])(
    'after a crash at the point "%s" and an hour of downtime is not sent again',
    async (point) => {
      const channel = `downtime ${point}`;
      await stage.sandbox.control('PUT', `/channels/${encodeURIComponent(channel)}`, { publishers: [] });
      await stage.sandbox.control('PUT', '/notifications', { loss: 1 });
      if (point === 'start sent') await fault({ operation: 'start', cname: channel, delayMs: 5_000 });
      await stage.gateway.kill();
      await stage.startGateway({ DIE_AT: point }, ['--import', dieAt]);
      await expect(start({ channel })).rejects.toThrow();
      await stage.gateway.exited;
      await stage.sandbox.control('PUT', '/clock', { stepMs: 3_600_000 });
      await stage.startGateway();
      expect(await settled(channel)).toMatchObject({
        phase: 'FAILED',
        tasks: point === 'start sent' ? 1 : 0,
      });
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      expect(await stage.tasks(channel)).toHaveLength(point === 'start sent' ? 1 : 0);
      await stage.sandbox.control('PUT', '/notifications', { loss: 0 });
    },
  );

  it('because Agora said that it had been started before makes no second task', async () => {
    const channel = 'said already';
    await stage.sandbox.control('PUT', `/channels/${encodeURIComponent(channel)}`, { publishers: [] });
    await stage.sandbox.control('PUT', '/notifications', { loss: 1 });
    await fault({ operation: 'start', cname: channel, drop: 'reply' });
    await start({ channel });
    expect(await settled(channel)).toMatchObject({ phase: 'LOST', tasks: 1 });
    await stage.sandbox.control('PUT', '/notifications', { loss: 0 });
  });

  it('fails if another recording runs with the same channel and uid', async () => {
    const channel = 'occupied';
    await start({ channel });
    await settled(channel);
    await fault({ operation: 'start', cname: channel, status: 504, body: { code: 62 } });
    const second = await start({ channel });
    await waitFor(async () => {
      const found = (await recordingsOf(channel)).find(({ id }) => id === second.recording?.id);
      return found?.phase === 'FAILED' && found.endReason === 'START_FAILED';
    });
    expect(await stage.tasks(channel)).toHaveLength(1);
  });

  it('with a key that is repeated often costs no more calls, and says that it has failed', async () => {
    const channel = 'impatient';
    await fault({ operation: 'start', cname: channel, drop: 'request', times: 100 });
    await start({ channel, idempotencyKey: channel });
    for (let repeat = 0; repeat < 20; repeat += 1) await start({ channel, idempotencyKey: channel });
    expect(await settled(channel)).toMatchObject({ phase: 'FAILED', tasks: 0 });
    const { calls } = (await stage.sandbox.control('GET', '/calls?limit=10000')) as {
      calls: { operation: string; cname: string }[];
    };
    const starts = calls.filter((call) => call.operation === 'start' && call.cname === channel);
    expect(starts.length).toBeLessThanOrEqual(8);
    const { userErrors } = await start({ channel, idempotencyKey: channel });
    expect(userErrors).toMatchObject([{ code: 'START_FAILED', retryable: false }]);
    await stage.sandbox.control('DELETE', '/faults');
  });

  it('does not take the next one in its place for its own', async () => {
    const channel = 'impatient';
    await fault({ operation: 'start', cname: channel, delayMs: 1_500 });
    const { recording } = await start({ channel });
    expect(await stage.tasks(channel)).toHaveLength(1);
    const running = (await recordingsOf(channel)).filter(({ sid }) => sid != null);
    expect(running.map(({ id }) => id)).toEqual([recording?.id]);
  });
});

describe('A notification', () => {
  it('that comes before the reply of its start does not create a second recording', async () => {
    const channel = 'early word';
    await fault({ operation: 'start', cname: channel, delayMs: 1_500 });
    const starting = start({ channel });
    const early = await waitFor(async () => (await recordingsOf(channel))[0]);
    expect(early.sid).not.toBeNull();
    const watched = live(stage.gateway.url, RecordingChangedDocument, { by: { id: early.id } });
    const { recording, userErrors } = await starting;
    expect(userErrors).toEqual([]);
    expect(recording?.id).toBe(early.id);
    expect(await settled(channel)).toMatchObject({ phase: 'RECORDING', tasks: 1 });
    await watched.close();
  });
});
