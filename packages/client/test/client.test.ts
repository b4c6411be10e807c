import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import {
  ConnectionError,
  createGatewayClient,
  GatewayError,
  isRefused,
  liveList,
  RecordingsDocument,
  startRecording,
  stopRecording,
  watchRecording,
} from '@agora-recording-gateway/client';
import { openStage, type Stage } from '../../../test/support/stage.js';
import { freePort } from '../../../test/support/processes.js';
import { waitFor } from '../../../test/support/wait-for.js';
import { openCutProxy } from './support/cut-proxy.js';
import { openTokenProxy } from './support/token-proxy.js';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ speed: 10 });
});

afterAll(async () => {
  await stage.close();
});

const clientOf = (url: string) => createGatewayClient({ url: `${url}/graphql`, webSocket: WebSocket });

describe('A recording that is started, watched across a cut and stopped', () => {
  it('is seen in order until its end, after which the watching completes by itself', async () => {
    const proxy = await openCutProxy(stage.gateway.url);
    const client = clientOf(proxy.url);
    const input = { channel: 'lesson', uid: '7', config: { composite: {} } };
    const started = await startRecording(client, input);
    if (!started.ok) throw new Error(started.userErrors[0]?.message);
    const seen: { phase: string; version: number }[] = [];
    const interruptions: boolean[] = [];
    const watching = (async () => {
      const onInterruption = (error: Error | null) => interruptions.push(error !== null);
      const by = { id: started.recording.id };
      for await (const recording of watchRecording(client, by, { onInterruption })) seen.push(recording);
    })();
    await waitFor(() => seen.at(-1)?.phase === 'RECORDING');
    proxy.cut();
    await waitFor(() => interruptions.at(-1) === false);
    const again = await startRecording(client, input);
    expect(isRefused(again, 'TASK_CONFLICT')).toBe(true);
    expect((await stopRecording(client, { recordingId: started.recording.id })).ok).toBe(true);
    await watching;
    expect(seen.at(-1)?.phase).toBe('COMPLETED');
    const versions = seen.map(({ version }) => version);
    expect(versions).toEqual([...new Set(versions)].sort((left, right) => left - right));
    expect(interruptions).toEqual([true, false]);
    await client.close();
    await proxy.close();
  });

  it('is an error with its code where there is none', async () => {
    const client = clientOf(stage.gateway.url);
    const watching = watchRecording(client, { id: 'unknown' }).next();
    await expect(watching).rejects.toThrow(GatewayError);
    await expect(watching).rejects.toMatchObject({ code: 'RECORDING_NOT_FOUND' });
    await client.close();
  });
});

describe('A list in which nothing changes', () => {
  it('is live again after a cut', async () => {
    const proxy = await openCutProxy(stage.gateway.url);
    const client = clientOf(proxy.url);
    const list = liveList(client, { filter: { channels: ['quiet'] } });
    const statuses = new Set<string>();
    list.subscribe(() => statuses.add(list.getSnapshot().status));
    await waitFor(() => list.getSnapshot().status === 'live');
    await waitFor(() => proxy.cut() > 1 && statuses.has('interrupted'), { everyMs: 500 });
    await waitFor(() => list.getSnapshot().status === 'live');
    expect(list.getSnapshot().error).toBeNull();
    list.close();
    await client.close();
    await proxy.close();
  });
});

describe('A token that expires', () => {
  it('is asked for again by requests and by the connection, and the list stays live', async () => {
    const proxy = await openTokenProxy(stage.gateway.url, 'first');
    let current = 'first';
    let held = 'first';
    const asked: boolean[] = [];
    const client = createGatewayClient({
      url: `${proxy.url}/graphql`,
      webSocket: WebSocket,
      token({ renew }) {
        asked.push(renew);
        if (renew) held = current;
        return held;
      },
    });
    const channel = 'token';
    const list = liveList(client, { filter: { channels: [channel] } });
    await waitFor(() => list.getSnapshot().status === 'live');
    expect(asked).not.toContain(true);
    current = 'second';
    proxy.expire(current);
    await waitFor(() => asked.includes(true));
    const started = await startRecording(client, { channel, uid: '8', config: { composite: {} } });
    expect(started.ok).toBe(true);
    await waitFor(() => list.getSnapshot().recordings[0]?.phase === 'RECORDING');
    expect(list.getSnapshot()).toMatchObject({ status: 'live', error: null });
    expect(proxy.refused()).toBeLessThan(4);
    list.close();
    await client.close();
    await proxy.close();
  });

  it('is an error if no valid one can be had', async () => {
    const proxy = await openTokenProxy(stage.gateway.url, 'valid');
    const client = createGatewayClient({
      url: `${proxy.url}/graphql`,
      webSocket: WebSocket,
      token: () => 'wrong',
    });
    await expect(client.request(RecordingsDocument, {})).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    const list = liveList(client, {});
    await waitFor(() => list.getSnapshot().status === 'failed');
    expect(list.getSnapshot().error).toMatchObject({ code: 'UNAUTHENTICATED' });
    await client.close();
    await proxy.close();
  });
});

describe('A gateway that is away', () => {
  it('is an error of the connection for a request, and a list says that it is interrupted', async () => {
    const port = await freePort();
    const client = clientOf(`http://127.0.0.1:${port}`);
    const list = liveList(client, {});
    await waitFor(() => list.getSnapshot().status === 'interrupted');
    expect(list.getSnapshot().error).toBeInstanceOf(ConnectionError);
    await expect(client.request(RecordingsDocument, {})).rejects.toThrow(ConnectionError);
    list.close();
    await client.close();
  });
});
