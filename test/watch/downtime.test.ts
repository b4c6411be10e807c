import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Store } from '../../src/store/store.js';
import { createLog } from '../../src/telemetry/log.js';
import {
  detectDowntime,
  HEARTBEAT_INTERVAL_MS,
  MIN_DOWNTIME_MS,
  startHeartbeat,
} from '../../src/watch/downtime.js';
import { notification, SECOND, T0 } from '../recordings/observations.js';
import { logOf, newStore } from '../store/support.js';

afterEach(() => {
  vi.useRealTimers();
});

const log = createLog('silent');

function clockAt(now: number, speed = 1) {
  return { now: () => now, realDuration: (milliseconds: number) => milliseconds / speed };
}

let minted = 0;
const mintId = () => `marker-${(minted += 1)}`;

function start(store: Store, seconds: number, speed?: number): Promise<void> {
  return detectDowntime({ store, clock: clockAt(T0 + seconds * SECOND, speed), mintId, log });
}

/** Records recordings that were started elsewhere, with the sids `sid-0`, `sid-1` and so on; returns their ids. */
async function recordings(store: Store, count: number): Promise<string[]> {
  const recorded = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      store.record(notification(40, {}, { recordingId: null, sid: `sid-${index}` })),
    ),
  );
  return recorded.map(({ recordingId }) => recordingId);
}

async function markers(store: Store, id: string) {
  const entries = await logOf(store, id);
  return entries.filter(({ type }) => type === 'CLOCK').map(({ observation }) => observation.content);
}

describe('A downtime of all gateways', () => {
  it('is recorded on each recording that was live, and changes nothing else of it', async () => {
    const store = await newStore();
    await start(store, 0);
    const ids = await recordings(store, 450);
    const [ended] = ids.splice(7, 1);
    await store.record(notification(11, { exitStatus: 0 }, { recordingId: null, sid: 'sid-7' }));
    const before = await store.recordings(ids);
    await store.noteAlive(T0 + 60 * SECOND);
    await start(store, 86_460);
    for (const id of ids) {
      expect(await markers(store, id)).toEqual([
        { kind: 'outage', from: T0 + 60 * SECOND, to: T0 + 86_460 * SECOND },
      ]);
    }
    expect(await markers(store, ended ?? '')).toEqual([]);
    const visible = (list: typeof before) => list.map((recording) => ({ ...recording, explanation: '' }));
    expect(visible(await store.recordings(ids))).toEqual(visible(before));
  });

  it('is recorded once', async () => {
    const store = await newStore();
    await start(store, 0);
    const [id] = await recordings(store, 1);
    await start(store, 86_400);
    await start(store, 86_401);
    expect(await markers(store, id ?? '')).toHaveLength(1);
  });

  it('does not count if Agora retried notifications for longer, or the store is new', async () => {
    const store = await newStore();
    const [id] = await recordings(store, 1);
    await start(store, 0);
    expect(MIN_DOWNTIME_MS).toBe(30_000);
    await start(store, 29);
    expect(await markers(store, id ?? '')).toEqual([]);
    await start(store, 59);
    expect(await markers(store, id ?? '')).toHaveLength(1);
  });

  it('does not count if it was a restart while the clock ran fast', async () => {
    const store = await newStore();
    const [id] = await recordings(store, 1);
    await start(store, 0, 60);
    await start(store, 120, 60);
    expect(await markers(store, id ?? '')).toEqual([]);
    await start(store, 120 + 180, 60);
    expect(await markers(store, id ?? '')).toHaveLength(1);
  });
});

describe('A time in which a gateway could not write its heartbeat', () => {
  it('is recorded as a downtime afterwards, unless only the clock was set', async () => {
    const store = await newStore();
    const [id = ''] = await recordings(store, 1);
    await start(store, 0);
    let now = T0;
    let real = 0;
    const clock = { now: () => now, realDuration: (milliseconds: number) => milliseconds };
    const heartbeat = startHeartbeat({ store, clock, log, mintId, monotonic: () => real });
    now = T0 + 3_600 * SECOND;
    real = 10_000;
    await heartbeat.close();
    expect(await markers(store, id)).toEqual([]);
    now += 60 * SECOND;
    real += 60 * SECOND;
    await heartbeat.close();
    expect(await markers(store, id)).toEqual([
      { kind: 'outage', from: T0 + 3_600 * SECOND, to: T0 + 3_660 * SECOND },
    ]);
  });
});

describe('The liveness heartbeat', () => {
  it('records no downtime while the store is unavailable, so that a shutdown does not wait for the end of the outage', async () => {
    const store = await newStore();
    const [id = ''] = await recordings(store, 1);
    await store.noteAlive(T0);
    let isAvailable = false;
    const clock = { now: () => T0 + 60 * SECOND, realDuration: (milliseconds: number) => milliseconds };
    const monotonic = vi
      .fn()
      .mockReturnValueOnce(0)
      .mockReturnValue(60 * SECOND);
    const watched = { ...store, isAvailable: () => isAvailable };
    const heartbeat = startHeartbeat({ store: watched, clock, log, mintId, monotonic });
    await heartbeat.close();
    expect(await markers(store, id)).toEqual([]);
    isAvailable = true;
    await heartbeat.close();
    expect(await markers(store, id)).toEqual([{ kind: 'outage', from: T0, to: T0 + 60 * SECOND }]);
  });

  it('is written every ten seconds, and on close', async () => {
    const store = await newStore();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let now = T0;
    const clock = { now: () => now, realDuration: (milliseconds: number) => milliseconds };
    const heartbeat = startHeartbeat({ store, clock, log, mintId, monotonic: () => now });
    expect(HEARTBEAT_INTERVAL_MS).toBe(10_000);
    now = T0 + 10_000;
    await vi.advanceTimersByTimeAsync(10_000);
    vi.useRealTimers();
    await vi.waitFor(async () => expect(await store.lastAlive()).toBe(T0 + 10_000));
    now = T0 + 12_000;
    await heartbeat.close();
    expect(await store.lastAlive()).toBe(T0 + 12_000);
  });
});
