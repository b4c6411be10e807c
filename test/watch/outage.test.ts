import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Store } from '../../src/store/store.js';
import { createLog } from '../../src/telemetry/log.js';
import { ALIVE_EVERY_MS, markOutage, noteAlive, OUTAGE_MS } from '../../src/watch/outage.js';
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
  return markOutage({ store, clock: clockAt(T0 + seconds * SECOND, speed), mintId, log });
}

/** Recordings that were started elsewhere, by the end of their sids. */
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

describe('A time in which no gateway ran', () => {
  it('is marked in the log of each recording that was live, and changes none of them', async () => {
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

  it('is told once', async () => {
    const store = await newStore();
    await start(store, 0);
    const [id] = await recordings(store, 1);
    await start(store, 86_400);
    await start(store, 86_401);
    expect(await markers(store, id ?? '')).toHaveLength(1);
  });

  it('is none if it was shorter than Agora sends notifications again, or the store is new', async () => {
    const store = await newStore();
    const [id] = await recordings(store, 1);
    await start(store, 0);
    expect(OUTAGE_MS).toBe(30_000);
    await start(store, 29);
    expect(await markers(store, id ?? '')).toEqual([]);
    await start(store, 59);
    expect(await markers(store, id ?? '')).toHaveLength(1);
  });

  it('is none if it was a restart while the clock ran fast', async () => {
    const store = await newStore();
    const [id] = await recordings(store, 1);
    await start(store, 0, 60);
    await start(store, 120, 60);
    expect(await markers(store, id ?? '')).toEqual([]);
    await start(store, 120 + 180, 60);
    expect(await markers(store, id ?? '')).toHaveLength(1);
  });
});

describe('A time in which a gateway could note nothing', () => {
  it('is marked as an outage once it can, and a clock that was moved is none', async () => {
    const store = await newStore();
    const [id = ''] = await recordings(store, 1);
    await start(store, 0);
    let now = T0;
    let real = 0;
    const clock = { now: () => now, realDuration: (milliseconds: number) => milliseconds };
    const alive = noteAlive({ store, clock, log, mintId, monotonic: () => real });
    now = T0 + 3_600 * SECOND;
    real = 10_000;
    await alive.close();
    expect(await markers(store, id)).toEqual([]);
    now += 60 * SECOND;
    real += 60 * SECOND;
    await alive.close();
    expect(await markers(store, id)).toEqual([
      { kind: 'outage', from: T0 + 3_600 * SECOND, to: T0 + 3_660 * SECOND },
    ]);
  });
});

describe('That a gateway lives', () => {
  it('is noted every ten seconds, and when it closes', async () => {
    const store = await newStore();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let now = T0;
    const clock = { now: () => now, realDuration: (milliseconds: number) => milliseconds };
    const alive = noteAlive({ store, clock, log, mintId, monotonic: () => now });
    expect(ALIVE_EVERY_MS).toBe(10_000);
    now = T0 + 10_000;
    await vi.advanceTimersByTimeAsync(10_000);
    vi.useRealTimers();
    await vi.waitFor(async () => expect(await store.lastAlive()).toBe(T0 + 10_000));
    now = T0 + 12_000;
    await alive.close();
    expect(await store.lastAlive()).toBe(T0 + 12_000);
  });
});
