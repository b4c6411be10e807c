import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import {
  RecordingChangedDocument,
  RecordingsDocument,
  RefreshRecordingDocument,
  StartRecordingDocument,
  type StartRecordingInput,
  StopRecordingDocument,
  UpdateRecordingDocument,
} from '@agora-recording-gateway/client';
import { live, run } from '../support/documents.js';
import { post, subscribe } from '../support/graphql-client.js';
import { openStage, type Stage } from '../support/stage.js';
import { waitFor } from '../support/wait-for.js';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(async () => {
  await stage.close();
});

async function start(input: Partial<StartRecordingInput>) {
  const everyday = { channel: 'lesson', uid: '901001', config: { composite: {} } };
  const { startRecording } = await run(stage.gateway.url, StartRecordingDocument, {
    input: { ...everyday, ...input },
  });
  return startRecording;
}

async function calls(): Promise<{ operation: string; cname: string }[]> {
  const { calls: all } = (await stage.sandbox.control('GET', '/calls')) as {
    calls: { operation: string; cname: string }[];
  };
  return all;
}

describe('A stop while the recording moves to another server', () => {
  it('is sent until it arrives there, so that the recording does not continue unseen', async () => {
    const { recording } = await start({ channel: 'moving' });
    const id = recording?.id ?? '';
    const [task] = await waitFor(async () => {
      const tasks = await stage.tasks('moving');
      return tasks[0]?.phase === 'recording' && tasks;
    });
    await stage.sandbox.control('POST', `/recordings/${task?.sid}/failover`, { durationMs: 4_000 });
    const { stopRecording } = await run(stage.gateway.url, StopRecordingDocument, {
      input: { recordingId: id, waitSeconds: 20 },
    });
    expect(stopRecording).toMatchObject({ userErrors: [], recording: { endReason: 'STOP_REQUESTED' } });
    const stops = (await calls()).filter(
      ({ operation, cname }) => operation === 'stop' && cname === 'moving',
    );
    expect(stops.length).toBeGreaterThan(1);
    await waitFor(async () => (await stage.tasks('moving'))[0]?.phase === 'ended');
  });
});

describe('What the rules of Agora forbid', () => {
  it('comes back as user errors that name the fields, all at once, before Agora is asked', async () => {
    const { recording, userErrors } = await start({
      channel: 'forbidden*',
      uid: '0',
      config: { composite: { maxIdleTime: 1, avFileType: ['MP4'] } },
    });
    expect(recording).toBeNull();
    expect(userErrors.map(({ code, field }) => [code, field?.join('.')])).toEqual([
      ['INVALID_PARAMETER', 'channel'],
      ['INVALID_PARAMETER', 'uid'],
      ['INVALID_PARAMETER', 'config.composite.maxIdleTime'],
      ['INVALID_PARAMETER', 'config.composite.avFileType'],
    ]);
    expect((await calls()).filter(({ cname }) => cname === 'forbidden*')).toEqual([]);
  });

  it('is named for a second recording with the same channel and uid', async () => {
    const first = await start({ channel: 'twice' });
    const second = await start({ channel: 'twice' });
    expect(second.recording).toBeNull();
    expect(second.userErrors).toMatchObject([
      { code: 'TASK_CONFLICT', retryable: false, agora: { httpStatus: 400, code: 53 } },
    ]);
    expect(second.userErrors[0]?.recordingId).toBe(first.recording?.id);
    expect(second.userErrors[0]?.message).toContain(first.recording?.id);
    await run(stage.gateway.url, StopRecordingDocument, {
      input: { recordingId: first.recording?.id ?? '' },
    });
  });

  it('is named for unknown recordings', async () => {
    const { stopRecording } = await run(stage.gateway.url, StopRecordingDocument, {
      input: { recordingId: 'unknown' },
    });
    expect(stopRecording).toMatchObject({
      recording: null,
      userErrors: [{ code: 'RECORDING_NOT_FOUND', field: ['recordingId'] }],
    });
    const watched = live(stage.gateway.url, RecordingChangedDocument, { by: { sid: 'unknown' } });
    await expect(watched.ended).rejects.toThrow('RECORDING_NOT_FOUND');
  });

  it('is a GraphQL error where the types refuse it', async () => {
    const both = await post(stage.gateway.url, '{ recording(by: { id: "a", sid: "b" }) { id } }');
    expect(both.errors?.[0]).toMatchObject({ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
    const page = await post(stage.gateway.url, '{ recordings(first: 1000) { changeCursor } }');
    expect(page.errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    const cursor = await post(stage.gateway.url, '{ recordings(after: "x") { changeCursor } }');
    expect(cursor.errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  });
});

describe('A slow Agora', () => {
  it('gives a retryable user error within the deadline of the operation', async () => {
    await stage.sandbox.control('POST', '/faults', {
      operation: 'acquire',
      cname: 'slow-acquire',
      delayMs: 30_000,
    });
    await stage.sandbox.control('POST', '/faults', {
      operation: 'start',
      cname: 'slow-start',
      delayMs: 30_000,
    });
    await stage.sandbox.control('PUT', '/notifications', { loss: 1 });
    const [acquire, started] = await Promise.all([
      start({ channel: 'slow-acquire' }),
      start({ channel: 'slow-start' }),
    ]);
    expect(acquire).toMatchObject({
      recording: null,
      userErrors: [{ code: 'UPSTREAM_UNAVAILABLE', retryable: true }],
    });
    expect(started).toMatchObject({
      recording: { phase: 'STARTING' },
      userErrors: [{ code: 'START_IN_DOUBT', retryable: true }],
    });
    await stage.sandbox.control('PUT', '/notifications', { loss: 0 });
  });

  it('still lets everything be read', async () => {
    const { recordings } = await run(stage.gateway.url, RecordingsDocument, {});
    expect(recordings.edges.length).toBeGreaterThan(0);
  });
});

describe('A 404', () => {
  it('to a query, an update or a stop is explained by what was seen of the recording', async () => {
    const { recording } = await start({ channel: 'not-found' });
    const input = { recordingId: recording?.id ?? '' };
    const gone = {
      cname: 'not-found',
      times: 20,
      status: 404,
      body: { code: 404, reason: 'failed to find worker' },
    };
    await stage.sandbox.control('POST', '/faults', { operation: 'query', ...gone });
    await stage.sandbox.control('POST', '/faults', { operation: 'update', ...gone });
    await stage.sandbox.control('POST', '/faults', { operation: 'stop', ...gone });
    const refreshed = await run(stage.gateway.url, RefreshRecordingDocument, { input });
    const updated = await run(stage.gateway.url, UpdateRecordingDocument, {
      input: { ...input, change: { streams: { subscribeAudioUids: ['71'] } } },
    });
    const stopped = await run(stage.gateway.url, StopRecordingDocument, { input });
    for (const { userErrors } of [
      refreshed.refreshRecording,
      updated.updateRecording,
      stopped.stopRecording,
    ]) {
      expect(userErrors).toMatchObject([
        { code: 'RECORDING_NOT_FOUND', retryable: true, agora: { httpStatus: 404, code: 404 } },
      ]);
      expect(userErrors[0]?.message).toMatch(/not running yet at|may be moving to another server/);
    }
  });
});

describe('An Agora that does not list its notification servers', () => {
  it('makes the list null, and no error', async () => {
    await stage.sandbox.control('POST', '/faults', { operation: 'ncsIp', times: 2, status: 500, body: {} });
    const asked = await post(stage.gateway.url, '{ notificationServers }');
    expect(asked).toMatchObject({ data: { notificationServers: null } });
    expect(asked.errors).toBeUndefined();
  });
});

describe('A WebSocket', () => {
  async function upgrade(headers: Record<string, string>): Promise<number | 'open'> {
    return await new Promise((resolve, reject) => {
      const socket = new WebSocket(
        `${stage.gateway.url.replace('http', 'ws')}/graphql`,
        'graphql-transport-ws',
        {
          headers,
        },
      );
      socket.on('open', () => {
        socket.close();
        resolve('open');
      });
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
      socket.on('error', reject);
    });
  }

  it('is refused to a page of another origin', async () => {
    expect(await upgrade({ origin: 'https://evil.example' })).toBe(403);
  });

  it('is refused under a name that is neither of this machine nor allowed', async () => {
    expect(await upgrade({ host: 'evil.example' })).toBe(421);
  });

  it('is given to a page of the gateway, and to clients other than browsers', async () => {
    expect(await upgrade({ origin: stage.gateway.url })).toBe('open');
    expect(await upgrade({})).toBe('open');
  });

  it('that is malformed or reset while it is refused harms no other client', async () => {
    const { port } = new URL(stage.gateway.url);
    const head = (path: string) =>
      `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n` +
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
    for (const path of ['//', '/%', '/nowhere', '/graphql?a=%']) {
      for (let round = 0; round < 50; round += 1) {
        const socket = connect(Number(port), '127.0.0.1');
        socket.on('error', () => undefined);
        await new Promise((resolve) => socket.on('connect', resolve));
        socket.write(head(path));
        socket.resetAndDestroy();
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await fetch(`${stage.gateway.url}/healthz`)).status).toBe(200);
  });

  it('that is closed ends its subscriptions', async () => {
    const { startRecording } = { startRecording: await start({ channel: 'ended subscriptions' }) };
    const by = { id: startRecording.recording?.id };
    const queries: [string, object][] = [
      ['subscription ($by: RecordingBy!) { recordingChanged(by: $by) { id } }', { by }],
      ['subscription { recordingListChanged(filter: { channels: ["nowhere"] }) { cursor } }', {}],
      ['subscription { recordingEvents(filter: { types: [CLOCK] }) { cursor } }', {}],
    ];
    const count = async () =>
      Number(
        /^gateway_subscriptions (\d+)$/m.exec(
          await (await fetch(`${stage.gateway.url}/metrics`)).text(),
        )?.[1],
      );
    expect(await count()).toBe(0);
    const opened = queries.flatMap(([query, variables]) =>
      Array.from({ length: 5 }, () =>
        subscribe(stage.gateway.url, query, variables as Record<string, unknown>),
      ),
    );
    await waitFor(async () => (await count()) === 15);
    await Promise.all(opened.map((live) => live.close()));
    await waitFor(async () => (await count()) === 0);
  });

  it('keeps to the same limits as HTTP', async () => {
    const aliases = Array.from({ length: 51 }, (_, index) => `a${index}: __typename`).join(' ');
    const bySocket = subscribe(stage.gateway.url, `{ ${aliases} }`);
    await expect(bySocket.ended).rejects.toThrow('At most 50 aliases');
    const byHttp = await post(stage.gateway.url, `{ ${aliases} }`);
    expect(byHttp.errors?.[0]?.message).toContain('At most 50 aliases');
    const nested =
      '{ recordings(first: 100) { edges { node { events(first: 100) { edges { node { recording { events(first: 100) { headCursor } } } } } } } } }';
    expect((await post(stage.gateway.url, nested)).errors?.[0]?.message).toContain('At most 250 pages');
  });

  it('is required for subscriptions', async () => {
    const byHttp = await post(stage.gateway.url, 'subscription { recordingListChanged { cursor } }');
    expect(byHttp.errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    expect(byHttp.errors?.[0]?.message).toContain('graphql-transport-ws');
  });
});

describe('A dead Agora', () => {
  it('gives a retryable user error at once, and what is known can still be read', async () => {
    const { recording } = await start({ channel: 'before' });
    await stage.sandbox.kill();
    const { userErrors } = await start({ channel: 'after' });
    expect(userErrors).toMatchObject([{ code: 'UPSTREAM_UNAVAILABLE', retryable: true }]);
    const refreshed = await run(stage.gateway.url, RefreshRecordingDocument, {
      input: { recordingId: recording?.id ?? '' },
    });
    expect(refreshed.refreshRecording).toMatchObject({
      recording: { id: recording?.id },
      userErrors: [{ code: 'UPSTREAM_UNAVAILABLE', retryable: true }],
    });
  });
});
