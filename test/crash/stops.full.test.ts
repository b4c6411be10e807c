import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  RecordingEventsDocument,
  RecordingsDocument,
  RefreshRecordingDocument,
  StartRecordingDocument,
  StopRecordingDocument,
} from '@agora-recording-gateway/client';
import { run } from '../support/documents.js';
import { openStage, type Stage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';

const SPEED = 4;

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ speed: SPEED });
});

afterAll(async () => {
  await stage.close();
});

async function recordingOf(channel: string) {
  const { recordings } = await run(stage.gateway.url, RecordingsDocument, {
    filter: { channels: [channel] },
  });
  const [edge] = recordings.edges;
  if (edge === undefined) throw new Error(`No recording of ${channel}.`);
  return edge.node;
}

async function running(channel: string): Promise<{ id: string; sid: string }> {
  const { startRecording } = await run(stage.gateway.url, StartRecordingDocument, {
    input: { channel, uid: '901001', config: { composite: {} } },
  });
  expect(startRecording.userErrors).toEqual([]);
  return await waitFor(async () => {
    const { id, sid, fileList } = await recordingOf(channel);
    return fileList != null && sid != null && { id, sid };
  });
}

async function stop(recordingId: string, waitSeconds: number) {
  const { stopRecording } = await run(stage.gateway.url, StopRecordingDocument, {
    input: { recordingId, waitSeconds },
  });
  return stopRecording;
}

interface Call {
  operation: string;
  httpStatus: number | null;
  cname: string;
  sid: string | null;
}

async function callsOf(sid: string): Promise<Call[]> {
  const { calls } = (await stage.sandbox.control('GET', '/calls?limit=10000')) as { calls: Call[] };
  return calls.filter((call) => call.sid === sid);
}

async function stopReplies(id: string) {
  const { recording } = await run(stage.gateway.url, RecordingEventsDocument, { by: { id }, first: 100 });
  return (recording?.events.edges ?? [])
    .map(({ node }) => node)
    .filter((node) => node.__typename === 'CommandEvent' && node.operation === 'STOP');
}

describe('Stop and query', () => {
  it('exclude each other: a stop among many refreshes keeps its files', async () => {
    const { id, sid } = await running('exclusive');
    const refreshes = Array.from({ length: 10 }, () =>
      run(stage.gateway.url, RefreshRecordingDocument, { input: { recordingId: id } }),
    );
    const [stopped] = await Promise.all([stop(id, 20), ...refreshes]);
    expect(stopped).toMatchObject({ recording: { phase: 'COMPLETED' }, userErrors: [] });
    expect(stopped.recording?.fileList).not.toBeNull();
    const calls = await callsOf(sid);
    expect(calls.filter(({ operation }) => operation === 'stop')).toMatchObject([{ httpStatus: 200 }]);
  });

  it('never follow each other: nothing is queried after a stop that was taken', async () => {
    const { id, sid } = await running('after');
    await stop(id, 20);
    await run(stage.gateway.url, RefreshRecordingDocument, { input: { recordingId: id } });
    const calls = await callsOf(sid);
    const stopAt = calls.findIndex(({ operation }) => operation === 'stop');
    expect(stopAt).toBeGreaterThanOrEqual(0);
    expect(calls.slice(stopAt + 1).filter(({ operation }) => operation === 'query')).toEqual([]);
  });
});

describe('A stop in doubt', () => {
  it('is repeated until Agora has taken it', async () => {
    const { id } = await running('repeated stop');
    await stage.sandbox.control('POST', '/faults', {
      operation: 'stop',
      cname: 'repeated stop',
      status: 504,
      body: { code: 62 },
    });
    expect(await stop(id, 20)).toMatchObject({ recording: { phase: 'COMPLETED' }, userErrors: [] });
    expect(await stopReplies(id)).toMatchObject([{ httpStatus: 504 }, { httpStatus: 200 }]);
  });

  it('whose reply was lost is settled by the refusal of the second', async () => {
    const { id } = await running('lost reply');
    await stage.sandbox.control('POST', '/faults', { operation: 'stop', cname: 'lost reply', drop: 'reply' });
    const { userErrors } = await stop(id, 20);
    expect(userErrors).toEqual([]);
    await waitFor(async () => (await recordingOf('lost reply')).phase === 'COMPLETED');
  });

  it('that stays in doubt says so, and is settled by query', async () => {
    const { id } = await running('lost stop');
    await stage.sandbox.control('POST', '/faults', {
      operation: 'stop',
      cname: 'lost stop',
      drop: 'request',
      times: 3,
    });
    const { recording, userErrors } = await stop(id, 20);
    expect(userErrors).toMatchObject([{ code: 'STOP_IN_DOUBT', retryable: true }]);
    expect(recording?.phase).toBe('RECORDING');
    await waitFor(async () => {
      const { recording: asked } = await run(stage.gateway.url, RecordingEventsDocument, {
        by: { id },
        first: 100,
      });
      const nodes = asked?.events.edges.map(({ node }) => node) ?? [];
      const lastStop = nodes.findLastIndex(
        (node) => node.__typename === 'CommandEvent' && node.operation === 'STOP',
      );
      return nodes.slice(lastStop + 1).some((node) => node.__typename === 'PollEvent');
    });
    expect((await recordingOf('lost stop')).phase).toBe('RECORDING');
    expect(await stop(id, 20)).toMatchObject({ recording: { phase: 'COMPLETED' }, userErrors: [] });
  });
});

describe('Many stops at once', () => {
  const MANY = 60;

  it('are all sent, though their callers no longer wait', async () => {
    const ids: string[] = [];
    for (let index = 0; index < MANY; index += 1) {
      const { startRecording } = await run(stage.gateway.url, StartRecordingDocument, {
        input: { channel: `many ${index}`, uid: '901001', config: { composite: {} } },
      });
      ids.push(startRecording.recording?.id ?? '');
    }
    const stopped = await Promise.all(ids.map((id) => stop(id, 0)));
    expect(stopped.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    await waitFor(
      async () => {
        const { recordings } = (await stage.sandbox.control('GET', '/recordings')) as {
          recordings: { cname: string; endedAt: string | null }[];
        };
        return (
          recordings.filter(({ cname, endedAt }) => cname.startsWith('many ') && endedAt !== null).length ===
          MANY
        );
      },
      { what: 'the end of them all' },
    );
  });
});

describe('A synchronous stop', () => {
  const SLOW_UPLOAD_MS = 3_000 * SPEED;

  async function slow(channel: string): Promise<{ id: string; sid: string }> {
    const recording = await running(channel);
    await stage.sandbox.control('PUT', `/recordings/${recording.sid}`, { uploadMs: SLOW_UPLOAD_MS });
    return recording;
  }

  it('that outlasts waitSeconds is answered with what is known, continues, and is folded in', async () => {
    const { id } = await slow('slow');
    const { recording, userErrors } = await stop(id, 0);
    expect(userErrors).toEqual([]);
    expect(recording?.phase).not.toBe('COMPLETED');
    await waitFor(async () => (await stopReplies(id)).length === 1);
    expect((await stopReplies(id))[0]).toMatchObject({ httpStatus: 200 });
    expect((await recordingOf('slow')).fileList).toMatchObject({ __typename: 'PlaylistFile' });
  });

  it('is folded in also when the caller has left', async () => {
    const { id } = await slow('left');
    const controller = new AbortController();
    const leaving = fetch(`${stage.gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: `mutation { stopRecording(input: { recordingId: "${id}", waitSeconds: 25 }) { userErrors { code } } }`,
      }),
      signal: controller.signal,
    });
    setTimeout(() => controller.abort(), 500);
    await expect(leaving).rejects.toThrow();
    await waitFor(async () =>
      (await stopReplies(id)).some(({ __typename }) => __typename === 'CommandEvent'),
    );
    expect((await recordingOf('left')).phase).toBe('COMPLETED');
  });

  it('is folded in also when the gateway receives SIGTERM in the meantime', async () => {
    const { id } = await slow('drained');
    await stop(id, 0);
    expect(await stage.gateway.kill('SIGTERM')).toBe(0);
    await stage.startGateway();
    expect(await stopReplies(id)).toMatchObject([{ httpStatus: 200 }]);
    expect(await recordingOf('drained')).toMatchObject({ phase: 'COMPLETED', endReason: 'STOP_REQUESTED' });
  });
});
