import { StoreUnavailableError } from '../store/errors.js';
import { type Metrics } from '../telemetry/metrics.js';
import { holdOf } from '../coordination/hold.js';
import { createGapTrust } from './gap-trust.js';
import { AFTER_NO_ANSWER_MS, createLook, type LookParts } from './look.js';

/** Recordings that are looked at together. */
const ROUND = 50;

/** The watch looks at least so often, real milliseconds: a clock that was moved is noticed within it. */
const LONGEST_SLEEP_MS = 250;

const SHORTEST_SLEEP_MS = 5;
const BUSY_SLEEP_MS = 50;

/** Queries have rows of their own. A watch is free soon after its holder's death, whatever it had asked. */
const NO_LONGER = () => 0;

export interface Watch {
  /** Stops looking, and resolves when what was begun has ended. */
  close(): Promise<void>;
}

export type WatchParts = Omit<LookParts, 'gapTrust'> & { metrics: Metrics };

/** Runs the policy of recordings/policy/next-step.ts: asks for the recordings that are due, and notes deadlines that pass. */
export function startWatch(parts: WatchParts): Watch {
  const { store, clock, log } = parts;
  const look = createLook({ ...parts, gapTrust: createGapTrust(parts) });
  const busy = new Map<string, Promise<void>>();
  let timer: NodeJS.Timeout | null = null;
  let looking: Promise<void> | null = null;
  let closed = false;
  let lookedAt = 0;

  function tell(error: unknown, recordingId: string, message: string): void {
    // That the store cannot be used, the store tells itself.
    if (!(error instanceof StoreUnavailableError)) log.error({ error, recordingId }, message);
  }

  async function round(): Promise<void> {
    if (busy.size >= ROUND) return;
    lookedAt = clock.now();
    for (const { state, lease } of await store.takeDueWatches(lookedAt, ROUND - busy.size)) {
      const { id } = state;
      const running = look(state, holdOf(store.leases, lease, NO_LONGER))
        .catch((error: unknown) => {
          tell(error, id, 'watching a recording failed; it is tried again');
          return store.postponeWatch(id, clock.now() + AFTER_NO_ANSWER_MS);
        })
        .catch((error: unknown) => tell(error, id, 'a watch could not be put off'))
        .then(() => store.leases.release(lease))
        .catch((error: unknown) => tell(error, id, 'a lease could not be given back'))
        .finally(() => busy.delete(id));
      busy.set(id, running);
    }
  }

  async function sleepTime(): Promise<number> {
    const next = await store.nextWatchAt();
    if (next === null) return LONGEST_SLEEP_MS;
    const until = clock.realDuration(next - clock.now());
    // What is being asked already is still due: it needs no look until it is answered.
    const shortest = busy.size > 0 ? BUSY_SLEEP_MS : SHORTEST_SLEEP_MS;
    // What was due in the last round, and is not asked here, is with another gateway.
    if (next <= lookedAt && busy.size === 0) return LONGEST_SLEEP_MS;
    return Math.min(LONGEST_SLEEP_MS, Math.max(shortest, until));
  }

  async function cycle(): Promise<void> {
    let sleep = LONGEST_SLEEP_MS;
    try {
      await round();
      sleep = await sleepTime();
    } catch (error) {
      // That the store cannot be used, the store tells itself.
      if (!(error instanceof StoreUnavailableError)) {
        log.error({ error }, 'the watch could not read the store; it tries again');
      }
    }
    if (!closed) timer = setTimeout(run, sleep);
  }

  function run(): void {
    looking = cycle();
  }

  run();
  return {
    async close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      await looking;
      await Promise.allSettled(busy.values());
    },
  };
}
