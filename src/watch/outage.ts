import { type RecordingState } from '../recordings/state.js';
import { StoreUnavailableError } from '../store/errors.js';
import { type Log } from '../telemetry/log.js';
import { type ClockNoteParts, noteByClock } from './clock-notes.js';

/** How often a gateway notes that it lives, gateway time; but no more often than each second of real time. */
export const ALIVE_EVERY_MS = 10_000;

/** For so long Agora sends a notification again, so that a shorter absence need not have lost any. Gateway time. */
export const OUTAGE_MS = 30_000;

/** And it takes at least so long in real time: a restart while the clock runs fast is no outage. */
const REAL_OUTAGE_MS = 3_000;

/** Recordings that are marked together. */
const MARKED_TOGETHER = 200;

export interface OutageParts extends ClockNoteParts {
  log: Log;
}

/** Tells each recording that is live of a time in which no gateway ran, or none could take anything in. */
async function tellOutage(parts: OutageParts, from: number, to: number): Promise<void> {
  const { store, log } = parts;
  let marked = 0;
  let after = '';
  for (let more = true; more;) {
    const live: Pick<RecordingState, 'id' | 'appId'>[] = await store.liveRecordings(after, MARKED_TOGETHER);
    await Promise.all(
      live.map((recording) => noteByClock(parts, recording, to, { kind: 'outage', from, to })),
    );
    marked += live.length;
    after = live.at(-1)?.id ?? '';
    more = live.length === MARKED_TOGETHER;
  }
  log.warn({ from, to, recordings: marked }, 'no gateway ran for a while; the recordings are asked for anew');
}

/**
 * Tells each recording that was live of the time in which no gateway ran, so that its followers see it and no silence of
 * that time counts. Before the gateway takes anything in. Should it be cut short, the next start tells it again.
 */
export async function markOutage(parts: OutageParts): Promise<void> {
  const { store, clock } = parts;
  const from = await store.lastAlive();
  const to = clock.now();
  const isOutage = from !== null && to - from >= OUTAGE_MS && clock.realDuration(to - from) >= REAL_OUTAGE_MS;
  if (isOutage) await tellOutage(parts, from, to);
  await store.noteAlive(to);
}

export interface AliveNotes {
  close(): Promise<void>;
}

/**
 * Goes on noting that a gateway lives. That nothing could be noted for long, because the store was away or the process
 * stood still, is an outage too, unless another gateway noted that it lives. `monotonic` tells real milliseconds: a clock
 * that was moved is no outage.
 */
export function noteAlive(parts: OutageParts & { monotonic: () => number }): AliveNotes {
  const { store, clock, log, monotonic } = parts;
  let noting: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let notedAt = monotonic();

  async function noteOnce(): Promise<void> {
    const from = await store.lastAlive();
    const to = clock.now();
    if (monotonic() - notedAt >= OUTAGE_MS && from !== null && to - from >= OUTAGE_MS) {
      await tellOutage(parts, from, to);
    }
    await store.noteAlive(to);
    notedAt = monotonic();
  }

  const note = async () => {
    noting ??= noteOnce()
      .catch((error: unknown) => {
        // That the store cannot be used, the store tells itself.
        if (error instanceof StoreUnavailableError) return;
        log.error({ error }, 'that the gateway lives could not be noted');
      })
      .finally(() => (noting = null));
    await noting;
  };
  const next = () => {
    timer = setTimeout(
      () => {
        void note();
        next();
      },
      Math.max(1_000, clock.realDuration(ALIVE_EVERY_MS)),
    );
  };
  next();
  return {
    async close() {
      if (timer !== null) clearTimeout(timer);
      await note();
    },
  };
}
