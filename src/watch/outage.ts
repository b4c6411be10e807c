import { type Clock } from '../recordings/clock.js';
import { type RecordingState } from '../recordings/state.js';
import { type Store } from '../store/store.js';
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

/**
 * Tells each recording that was live of the time in which no gateway ran, so that its followers see it and no silence of
 * that time counts. Before the gateway takes anything in. Should it be cut short, the next start tells it again.
 */
export async function markOutage(parts: OutageParts): Promise<void> {
  const { store, clock, log } = parts;
  const from = await store.lastAlive();
  const to = clock.now();
  if (from !== null && to - from >= OUTAGE_MS && clock.realDuration(to - from) >= REAL_OUTAGE_MS) {
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
    log.warn(
      { from, to, recordings: marked },
      'no gateway ran for a while; the recordings are asked for anew',
    );
  }
  await store.noteAlive(to);
}

export interface AliveNotes {
  close(): Promise<void>;
}

/** Goes on noting that a gateway lives. */
export function noteAlive({ store, clock, log }: { store: Store; clock: Clock; log: Log }): AliveNotes {
  let noted: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;
  const note = () => {
    noted = store
      .noteAlive(clock.now())
      .catch((error: unknown) => log.error({ error }, 'that the gateway lives could not be noted'));
  };
  const next = () => {
    timer = setTimeout(
      () => {
        note();
        next();
      },
      Math.max(1_000, clock.realDuration(ALIVE_EVERY_MS)),
    );
  };
  next();
  return {
    async close() {
      if (timer !== null) clearTimeout(timer);
      note();
      await noted;
    },
  };
}
