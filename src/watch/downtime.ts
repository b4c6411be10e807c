import { type RecordingState } from '../recordings/state.js';
import { logUnlessOutage } from '../store/log-unless-outage.js';
import { type Store } from '../store/store.js';
import { type Log } from '../telemetry/log.js';
import { type ClockNoteParts, recordByClock } from './clock-observations.js';

/** Interval of the liveness heartbeat, gateway time; at least one second of real time. */
export const HEARTBEAT_INTERVAL_MS = 10_000;

/** Agora retries a notification for this long, so a shorter absence need not have lost any. Gateway time. */
export const MIN_DOWNTIME_MS = 30_000;

/** Lower bound in real time: a restart while the clock runs fast is not a downtime. */
const MIN_REAL_DOWNTIME_MS = 3_000;

/** Recordings that are marked at a time. */
const BATCH_SIZE = 200;

export interface DowntimeParts extends ClockNoteParts {
  store: ClockNoteParts['store'] & Pick<Store, 'lastAlive' | 'noteAlive' | 'liveRecordings' | 'isAvailable'>;
  log: Log;
}

/** Records the downtime on each live recording. */
async function recordDowntime(parts: DowntimeParts, from: number, to: number): Promise<void> {
  const { store, log } = parts;
  let marked = 0;
  let after = '';
  let live: Pick<RecordingState, 'id' | 'appId'>[];
  do {
    live = await store.liveRecordings(after, BATCH_SIZE);
    await Promise.all(
      live.map((recording) => recordByClock(parts, recording, to, { kind: 'outage', from, to })),
    );
    marked += live.length;
    after = live.at(-1)?.id ?? '';
  } while (live.length === BATCH_SIZE);
  log.warn({ from, to, recordings: marked }, 'downtime detected; re-querying live recordings');
}

/**
 * Records a downtime of all gateways on each recording that was live then, so that its followers see it and no silence of
 * that time counts. To be called before the gateway accepts anything. If it is interrupted, the next start repeats it.
 */
export async function detectDowntime(parts: DowntimeParts): Promise<void> {
  const { store, clock } = parts;
  const from = await store.lastAlive();
  const to = clock.now();
  const isDowntime =
    from !== null && to - from >= MIN_DOWNTIME_MS && clock.realDuration(to - from) >= MIN_REAL_DOWNTIME_MS;
  if (isDowntime) await recordDowntime(parts, from, to);
  await store.noteAlive(to);
}

export interface LivenessHeartbeat {
  close(): Promise<void>;
}

/**
 * Writes the liveness heartbeat. A long gap between heartbeats (store down, process stalled) counts as a downtime, unless
 * another gateway wrote one. `monotonic`: real milliseconds, so that a clock that was set is not a downtime.
 */
export function startHeartbeat(parts: DowntimeParts & { monotonic: () => number }): LivenessHeartbeat {
  const { store, clock, log, monotonic } = parts;
  let writing: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let writtenAt = monotonic();

  async function writeOnce(): Promise<void> {
    // A downtime that is recorded during an outage would wait for its end, and the shutdown with it. The next heartbeat, or
    // the next start, records it.
    if (!store.isAvailable()) return;
    const from = await store.lastAlive();
    const to = clock.now();
    if (monotonic() - writtenAt >= MIN_DOWNTIME_MS && from !== null && to - from >= MIN_DOWNTIME_MS) {
      await recordDowntime(parts, from, to);
    }
    await store.noteAlive(to);
    writtenAt = monotonic();
  }

  const write = async () => {
    writing ??= writeOnce()
      .catch((error: unknown) => logUnlessOutage(log, error, 'could not write the liveness heartbeat'))
      .finally(() => (writing = null));
    await writing;
  };
  const writeLater = () => {
    timer = setTimeout(
      () => {
        void write();
        writeLater();
      },
      Math.max(1_000, clock.realDuration(HEARTBEAT_INTERVAL_MS)),
    );
  };
  writeLater();
  return {
    async close() {
      if (timer !== null) clearTimeout(timer);
      await write();
    },
  };
}
