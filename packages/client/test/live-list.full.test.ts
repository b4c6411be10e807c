import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import {
  createGatewayClient,
  ForgetRecordingDocument,
  type GatewayClient,
  liveList,
  type LiveList,
  RecordingEventsDocument,
  recordingEvents,
  type RecordingFilter,
  type RecordingStatus,
  watchRecordings,
} from '@agora-recording-gateway/client';
import {
  notificationSender,
  type NotificationSeries,
  notificationSeries,
  recordingSteps,
} from '../../../test/support/agora/send-notification.js';
import { largeSized } from '../../../test/support/size.js';
import { openStage, type Stage } from '../../../test/support/stage.js';
import { waitFor } from '../../../test/support/wait-for.js';
import { type CutProxy, openCutProxy } from './support/cut-proxy.js';
import { listed } from './support/listed.js';

const CUTS = largeSized(20);
const RECORDINGS = largeSized(150);
const CHANGES_BETWEEN_CUTS = largeSized(60);

let stage: Stage;
let proxy: CutProxy;
let series: NotificationSeries;
let steps: ReturnType<typeof recordingSteps>;
let client: GatewayClient;
/** Past the proxy: what the store has. */
let direct: GatewayClient;

beforeAll(async () => {
  stage = await openStage();
  proxy = await openCutProxy(stage.gateway.url);
  series = notificationSeries(await notificationSender(stage), () => Date.now());
  steps = recordingSteps(series);
  client = createGatewayClient({ url: `${proxy.url}/graphql`, webSocket: WebSocket });
  direct = createGatewayClient({ url: `${stage.gateway.url}/graphql`, webSocket: WebSocket });
});

afterAll(async () => {
  await client.close();
  await proxy.close();
  await stage.close();
});

const states = (recordings: readonly RecordingStatus[]) =>
  recordings.map(({ id, phase, version }) => `${id} ${phase} ${version}`);

async function becomes(list: LiveList, filter: RecordingFilter): Promise<void> {
  await waitFor(
    async () => {
      const [shown, stored] = [states(list.getSnapshot().recordings), states(await listed(direct, filter))];
      if (JSON.stringify(shown) === JSON.stringify(stored)) return true;
      throw new Error(`shown ${shown.length}, stored ${stored.length}`);
    },
    { what: 'a list that equals the store' },
  );
}

async function loadAll(list: LiveList): Promise<void> {
  await waitFor(async () => {
    await list.loadMore();
    const { hasMore, status } = list.getSnapshot();
    return status === 'live' && !hasMore;
  });
}

/** Forgets a recording once the gateway expects nothing more of it. */
async function forget(recordingId: string): Promise<void> {
  await waitFor(async () => {
    const { forgetRecording } = await direct.request(ForgetRecordingDocument, { input: { recordingId } });
    return forgetRecording.forgottenId === recordingId;
  });
}

describe('A live list whose connections are cut again and again', () => {
  const tasks = Array.from({ length: RECORDINGS }, (_, index) => `cut-${index}`);
  const running: RecordingFilter = { phases: ['RECORDING'] };

  it(`equals the store after ${CUTS} cuts, with a filter and without, and every event came once`, async () => {
    for (const task of tasks.slice(0, RECORDINGS / 2)) await steps.begin(task);
    const closing = new AbortController();
    const seen: string[] = [];
    const following = (async () => {
      for await (const { node } of recordingEvents(client, { signal: closing.signal })) seen.push(node.id);
    })();
    // Events from here on are followed: the one that is sent until it is seen says that following has begun.
    for (let state = 0; seen.length === 0; state = 1 - state) {
      await steps.stream('cut-0', state);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const head = seen[0];
    const lists = [{}, running].map((filter) => ({
      filter,
      list: liveList(client, { filter, pageSize: 10 }),
    }));
    for (const { list } of lists) await waitFor(() => list.getSnapshot().status === 'live');
    for (let round = 0; round < CUTS; round += 1) {
      for (let change = 0; change < CHANGES_BETWEEN_CUTS; change += 1) {
        const at = (round * CHANGES_BETWEEN_CUTS + change) % tasks.length;
        const task = tasks[at] ?? '';
        if (series.next(task) === 0) await steps.begin(task);
        else if (at % 5 === 0 && round > CUTS / 2) await steps.end(task);
        else await steps.stream(task, round % 2);
        if (change % 7 === 0) for (const { list } of lists) void list.loadMore();
      }
      // A connection that is still being opened is cut as well.
      await waitFor(() => proxy.cut() > 0, { what: 'a connection to cut' });
      await waitFor(() => lists.every(({ list }) => list.getSnapshot().status === 'live') || round % 3 !== 0);
    }
    for (const { list, filter } of lists) {
      await loadAll(list);
      await becomes(list, filter);
      // The client may notice the last cut only now; then it is live again once more.
      const end = await waitFor(() => {
        const snapshot = list.getSnapshot();
        return snapshot.status === 'live' && snapshot.error === null ? snapshot : undefined;
      });
      expect(end.error).toBeNull();
    }
    const stored = await Promise.all(
      (await listed(direct, {})).map(async ({ id }) => {
        const { recording } = await direct.request(RecordingEventsDocument, { by: { id }, first: 100 });
        return recording?.events.edges.map(({ node }) => node.id) ?? [];
      }),
    );
    // Every stored event that is not older than the first one that was followed. Ids grow with time.
    const expected = stored.flat().filter((id) => id >= (head ?? ''));
    await waitFor(() => expected.every((id) => seen.includes(id)), { what: 'every event' });
    expect(new Set(seen).size).toBe(seen.length);
    closing.abort();
    await following;
    for (const { list } of lists) {
      list.close();
      await waitFor(() => list.getSnapshot().status === 'closed');
    }
  });

  it('drops what was removed while it was away, and puts nothing back that a late page brings', async () => {
    const filter: RecordingFilter = { channels: ['kept', 'removed-live', 'removed-away'] };
    for (const task of filter.channels as string[]) {
      await steps.begin(task);
      await steps.end(task);
    }
    const [away, live] = ['removed-away', 'removed-live'];
    const idOf = async (channel: string) => (await listed(direct, { channels: [channel] }))[0]?.id ?? '';
    const list = liveList(client, { filter, pageSize: 2 });
    await waitFor(() => list.getSnapshot().status === 'live');
    await loadAll(list);
    expect(list.getSnapshot().recordings).toHaveLength(3);
    await forget(await idOf(live));
    await becomes(list, filter);
    expect(list.getSnapshot().recordings).toHaveLength(2);
    proxy.refuse(true);
    proxy.cut();
    await waitFor(() => list.getSnapshot().status === 'interrupted');
    await forget(await idOf(away));
    proxy.refuse(false);
    await becomes(list, filter);
    expect(list.getSnapshot().recordings.map(({ channel }) => channel)).toEqual(['kept']);
    list.close();
  });
});

describe('watchRecordings', () => {
  it('gives a page, then the changes across a cut', async () => {
    const filter: RecordingFilter = { channels: ['watched'] };
    await steps.begin('watched');
    const closing = new AbortController();
    const seen: string[] = [];
    const watching = (async () => {
      for await (const item of watchRecordings(client, { filter, signal: closing.signal })) {
        seen.push(item.type === 'page' ? `page of ${item.recordings.length}` : item.change.kind);
      }
    })();
    await waitFor(() => seen.length === 1);
    await steps.stream('watched', 0);
    await waitFor(() => seen.length === 2);
    proxy.cut();
    await steps.stream('watched', 1);
    await waitFor(() => seen.length === 3);
    expect(seen).toEqual(['page of 1', 'CHANGED', 'CHANGED']);
    closing.abort();
    await watching;
  });
});
