import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  FollowEventsDocument,
  type FollowEventsSubscription,
  RecordingEventsDocument,
  RecordingsDocument,
  RefreshRecordingDocument,
  StartRecordingDocument,
  StopRecordingDocument,
} from '@agora-recording-gateway/client';
import { live, run } from '../support/documents.js';
import { request } from '../support/graphql-client.js';
import { type Gateway, openSeveralGateways, type SeveralGateways } from '../support/several-gateways.js';
import { largeSized } from '../support/size.js';
import { waitFor } from '../support/wait-for.js';

let several: SeveralGateways;
let one: Gateway;
let two: Gateway;

beforeAll(async () => {
  several = await openSeveralGateways({ speed: 4 });
  one = await several.add();
  two = await several.add();
});

afterAll(async () => {
  const { peakPerSecond } = await several.calls();
  await several.close();
  expect(peakPerSecond).toBeLessThanOrEqual(10);
});

async function start(url: string, channel: string, idempotencyKey?: string) {
  const { startRecording } = await run(url, StartRecordingDocument, {
    input: { channel, uid: '901001', config: { composite: {} }, idempotencyKey },
  });
  return startRecording;
}

async function running(url: string, channel: string): Promise<{ id: string; sid: string }> {
  expect((await start(url, channel)).userErrors).toEqual([]);
  return await waitFor(async () => {
    const { recordings } = await run(url, RecordingsDocument, { filter: { channels: [channel] } });
    const node = recordings.edges[0]?.node;
    return node?.fileList != null && node.sid != null && { id: node.id, sid: node.sid };
  });
}

const stop = async (url: string, recordingId: string) =>
  (await run(url, StopRecordingDocument, { input: { recordingId, waitSeconds: 20 } })).stopRecording;

async function callsOf({ sid }: { sid: string }) {
  return (await several.calls()).calls.filter((call) => call.sid === sid);
}

describe('Several gateways', () => {
  it('that are sent one start with one key at once make one recording', async () => {
    for (let round = 0; round < largeSized(4, 20); round += 1) {
      const channel = `race ${round}`;
      const results = await Promise.all([one, two].map(({ url }) => start(url, channel, `key ${round}`)));
      expect(results.map(({ userErrors }) => userErrors)).toEqual([[], []]);
      expect(results[0]?.recording?.id).toBe(results[1]?.recording?.id);
      const { calls } = await several.calls();
      expect(calls.filter(({ operation, cname }) => operation === 'start' && cname === channel)).toHaveLength(
        1,
      );
    }
  });

  it('know what any of them acquired a resource for, and refuse a start that differs before Agora is asked', async () => {
    const place = { channel: 'acquired by one', uid: '901001' };
    const { acquireResource } = await request<{ acquireResource: { resource: { resourceId: string } } }>(
      one.url,
      'mutation ($input: AcquireResourceInput!) { acquireResource(input: $input) { resource { resourceId } } }',
      { input: { ...place, config: { composite: { maxIdleTime: 60 } } } },
    );
    const { resourceId } = acquireResource.resource;
    const startOnTwo = async (maxIdleTime: number) =>
      (
        await run(two.url, StartRecordingDocument, {
          input: { ...place, resourceId, config: { composite: { maxIdleTime } } },
        })
      ).startRecording;
    expect((await startOnTwo(61)).userErrors).toMatchObject([
      { code: 'RESOURCE_MISMATCH', field: ['config', 'composite', 'maxIdleTime'] },
    ]);
    const sent = (await several.calls()).calls.filter(({ cname }) => cname === place.channel);
    expect(sent.map(({ operation }) => operation)).toEqual(['acquire']);
    expect((await startOnTwo(60)).userErrors).toEqual([]);
  });

  it('keep stop and query apart: a stop on one among many refreshes on the other keeps its files', async () => {
    const recording = await running(one.url, 'exclusive');
    const refreshes = Array.from({ length: 10 }, () =>
      run(two.url, RefreshRecordingDocument, { input: { recordingId: recording.id } }),
    );
    const [stopped] = await Promise.all([stop(one.url, recording.id), ...refreshes]);
    expect(stopped).toMatchObject({ recording: { phase: 'COMPLETED' }, userErrors: [] });
    expect(stopped.recording?.fileList).not.toBeNull();
    const calls = await callsOf(recording);
    const stopAt = calls.findIndex(({ operation }) => operation === 'stop');
    expect(calls.filter(({ operation }) => operation === 'stop')).toMatchObject([{ httpStatus: 200 }]);
    expect(calls.slice(stopAt + 1).filter(({ operation }) => operation === 'query')).toEqual([]);
  });

  it('hold a stop back until the query of another one has been answered', async () => {
    const recording = await running(one.url, 'behind');
    await several.sandbox.control('POST', '/faults', { operation: 'query', cname: 'behind', delayMs: 1_500 });
    const asked = run(two.url, RefreshRecordingDocument, { input: { recordingId: recording.id } });
    await waitFor(async () => (await callsOf(recording)).some(({ httpStatus }) => httpStatus === null));
    const stopping = stop(one.url, recording.id);
    await asked;
    expect(await stopping).toMatchObject({ recording: { phase: 'COMPLETED' }, userErrors: [] });
    expect((await callsOf(recording)).at(-1)).toMatchObject({ operation: 'stop', httpStatus: 200 });
  });

  it('that are asked for one stop at once send one', async () => {
    const recording = await running(two.url, 'stopped twice');
    const stops = await Promise.all([one, two].map(({ url }) => stop(url, recording.id)));
    expect(stops.map(({ userErrors }) => userErrors)).toEqual([[], []]);
    expect((await callsOf(recording)).filter(({ operation }) => operation === 'stop')).toHaveLength(1);
  });

  it('share the budget: all that is asked of each at once comes to no more than ten calls a second', async () => {
    const started = await Promise.all(
      [0, 1, 2, 3, 4, 5].map((index) => start([one, two][index % 2]?.url ?? '', `shared ${index}`)),
    );
    expect(started.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    const ids = started.map(({ recording }) => recording?.id ?? '');
    const before = (await several.calls()).calls.length;
    for (let round = 0; round < largeSized(3, 10); round += 1) {
      await Promise.all(
        [one, two].flatMap(({ url }) =>
          ids.map((recordingId) => run(url, RefreshRecordingDocument, { input: { recordingId } })),
        ),
      );
    }
    const { calls, peakPerSecond } = await several.calls();
    expect(calls.length).toBeGreaterThan(before + 6);
    expect(peakPerSecond).toBeLessThanOrEqual(10);
    expect(calls.filter(({ httpStatus }) => httpStatus === 429)).toEqual([]);
  });
});

describe('Of two gateways', () => {
  let both: Gateway[];
  let stage: SeveralGateways;

  beforeAll(async () => {
    stage = await openSeveralGateways({ speed: 4 });
    both = [await stage.add({ spied: true }), await stage.add({ spied: true })];
  });

  afterAll(async () => {
    await stage.close();
  });

  const startsOf = ({ sent }: Gateway, channel: string) =>
    sent.filter(({ path, body }) => path.endsWith('/start') && (body as { cname: string }).cname === channel);

  it('one that stalls sends nothing more of what the other has taken over in the meantime', async () => {
    const [still, heir] = both as [Gateway, Gateway];
    const channel = 'stalled';
    await stage.sandbox.control('POST', '/faults', { operation: 'start', cname: channel, status: 504 });
    const { recording, userErrors } = await start(still.url, channel);
    expect(userErrors).toMatchObject([{ code: 'START_IN_DOUBT' }]);
    // It is about to send the start again.
    still.child.kill('SIGSTOP');
    const stoodFrom = performance.now();
    const sentBefore = still.sent.length;
    await waitFor(
      async () => {
        const { recordings } = await run(heir.url, RecordingsDocument, { filter: { channels: [channel] } });
        return recordings.edges[0]?.node.sid != null;
      },
      { what: 'the start that the other took over' },
    );
    expect(startsOf(heir, channel)).toHaveLength(1);
    await pause(Math.max(0, largeSized(5_000, 60_000) - (performance.now() - stoodFrom)));
    still.child.kill('SIGCONT');
    // It works again, and has had time for what it had in hand.
    await run(still.url, RefreshRecordingDocument, { input: { recordingId: recording?.id ?? '' } });
    expect(still.sent.slice(sentBefore).filter(({ path }) => path.endsWith('/start'))).toEqual([]);
    const { calls } = await stage.calls();
    expect(calls.filter(({ operation, cname }) => operation === 'start' && cname === channel)).toHaveLength(
      2,
    );
  });

  it('one that is killed leaves its watches to the other within ten seconds', async () => {
    await stage.sandbox.control('POST', '/faults', { operation: 'query', cname: 'left', delayMs: 60_000 });
    const { recording } = await start(both[0]!.url, 'left');
    const asks = (index: number) =>
      both[index]!.sent.some(
        ({ path }) => path.includes(`/sid/${recording?.sid}/`) && path.endsWith('/query'),
      );
    // One of them asks for the recording, and gets no answer.
    const dying = await waitFor(() => (asks(0) ? 'first' : asks(1) && 'second'));
    const [dead, heir] = dying === 'first' ? [0, 1] : [1, 0];
    await both[dead]!.kill('SIGKILL');
    const diedAt = performance.now();
    await waitFor(() => asks(heir), { what: 'the query of the other' });
    const tookMs = performance.now() - diedAt;
    console.info(`watch taken over ${Math.round(tookMs)} ms after the death of its holder`);
    expect(tookMs).toBeLessThan(10_000);
  });
});

/** Follows all events, and continues at another gateway after the last event seen when its own has died. */
function follow(gateways: () => Gateway[], first: Gateway, after: string) {
  type Entry = FollowEventsSubscription['recordingEvents'];
  const seen: Entry[] = [];
  let closed = false;
  let current: { close(): Promise<void> } | null = null;
  let resumed = 0;
  const following = (async () => {
    for (let gateway = first; !closed;) {
      const subscription = live(gateway.url, FollowEventsDocument, {
        filter: { types: ['RECORDER_SNAPSHOT_FILE'] },
        after: seen.at(-1)?.cursor ?? after,
      });
      current = subscription;
      const ended = subscription.ended.catch(() => undefined).then(() => true);
      let taken = 0;
      for (let over = false; !over;) {
        over = (await Promise.race([ended, pause(20)])) === true;
        seen.push(...subscription.messages.slice(taken).map(({ recordingEvents }) => recordingEvents));
        taken = subscription.messages.length;
      }
      await subscription.close();
      if (closed) return;
      resumed += 1;
      const others = gateways().filter((other) => other !== gateway);
      gateway = others[resumed % others.length] ?? gateway;
    }
  })();
  return {
    seen,
    resumed: () => resumed,
    async close() {
      closed = true;
      await current?.close();
      await following;
    },
  };
}

describe('Three gateways behind a sender that goes round them', () => {
  const COUNT = largeSized(1_000, 30_000);
  const RECORDINGS = 20;
  const SENDERS = 12;

  const notification = (number: number) => ({
    noticeId: `round-${number}`,
    productId: 3,
    eventType: 45,
    notifyMs: Date.now(),
    payload: {
      cname: `round ${number % RECORDINGS}`,
      uid: '7',
      sid: String(number % RECORDINGS).padStart(32, 'e'),
      sequence: Math.floor(number / RECORDINGS),
      sendts: 1_700_000_000_000 + number,
      serviceType: 1,
      details: { msgName: 'recorder_snapshot_file', fileName: `${number}.jpg` },
    },
  });

  it(`of ${COUNT} notifications, one killed and one added meanwhile, give each subscriber each event once and in order`, async () => {
    let gateways = [one, two, await several.add()];
    expect(await several.notify(one.url, notification(0))).toBe(200);
    const { recording } = await run(one.url, RecordingEventsDocument, {
      by: { id: await idOf('round 0') },
      first: 1,
    });
    const after = recording?.events.headCursor ?? '';
    const followers = gateways.map((gateway) => follow(() => gateways, gateway, after));
    let next = 1;
    let acknowledged = 1;

    async function sendUntilTaken(number: number): Promise<void> {
      for (let tries = number; ; tries += 1) {
        const gateway = gateways[tries % gateways.length];
        try {
          if (gateway !== undefined && (await several.notify(gateway.url, notification(number))) === 200)
            return;
        } catch {
          // It died before it answered: as Agora does, the sender sends it again.
        }
      }
    }
    const sending = Array.from({ length: SENDERS }, async () => {
      while (next < COUNT) {
        const number = next;
        next += 1;
        await sendUntilTaken(number);
        acknowledged += 1;
      }
    });
    // Calls to Agora meanwhile, from each of them.
    const watched = await running(one.url, 'watched');
    let sendingStill = true;
    const asking = gateways.slice(0, 2).map(async ({ url }) => {
      while (sendingStill) await run(url, RefreshRecordingDocument, { input: { recordingId: watched.id } });
    });
    await waitFor(() => acknowledged > COUNT / 3, { withinMs: 900_000 });
    const [, , dying] = gateways;
    await dying?.kill('SIGKILL');
    const added = await several.add();
    gateways = [one, two, added];
    await Promise.all(sending);
    sendingStill = false;
    await Promise.all(asking);
    for (const follower of followers) {
      await waitFor(() => follower.seen.length >= COUNT - 1, {
        withinMs: 120_000,
        what: `all events (${follower.seen.length} of ${COUNT - 1})`,
      });
    }
    const log = followers.map(({ seen }) => seen.map(({ node }) => node.id));
    expect(log[0]).toHaveLength(COUNT - 1);
    expect(new Set(log[0]).size).toBe(COUNT - 1);
    expect(log[1]).toEqual(log[0]);
    expect(log[2]).toEqual(log[0]);
    expect(followers[2]?.resumed()).toBeGreaterThan(0);
    await Promise.all(followers.map((follower) => follower.close()));
    const { peakPerSecond, calls } = await several.calls();
    const eleven = calls.slice(10).map(({ at }, index) => at - (calls[index]?.at ?? 0));
    console.info(
      `at most ${peakPerSecond} calls in a sliding second; eleven took ${Math.min(...eleven)} ms at least`,
    );
    expect(peakPerSecond).toBeLessThanOrEqual(10);
    expect(calls.filter(({ httpStatus }) => httpStatus === 429)).toEqual([]);
  }, 1_200_000);

  async function idOf(channel: string): Promise<string> {
    const { recordings } = await run(one.url, RecordingsDocument, { filter: { channels: [channel] } });
    return recordings.edges[0]?.node.id ?? '';
  }
});
