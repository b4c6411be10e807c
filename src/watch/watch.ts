import { createNotSentReports } from '../agora-calls/report-not-sent.js';
import { guardLease } from '../coordination/lease-guard.js';
import { logUnlessOutage } from '../store/log-unless-outage.js';
import { type Store } from '../store/store.js';
import { type Metrics } from '../telemetry/metrics.js';
import { createGapReliability } from './gap-reliability.js';
import { createTakeStep, RETRY_DELAY_MS, type StepParts } from './take-step.js';

/** Recordings that are worked on at the same time. */
const BATCH_SIZE = 50;

/** Longest pause between two rounds, real milliseconds: a clock that was set is noticed within it. */
const MAX_SLEEP_MS = 250;

const MIN_SLEEP_MS = 5;
const BUSY_SLEEP_MS = 50;

/** Queries take their own lease, so a watch lease need not cover their timeout. */
const NO_CALL_EXTENSION = () => 0;

export interface Watch {
  /** Starts no more steps, and resolves when those in progress have ended. */
  close(): Promise<void>;
}

export interface WatchParts extends Omit<StepParts, 'gapReliability' | 'reportNotSent'> {
  store: StepParts['store'] & Pick<Store, 'takeDueWatches' | 'nextWatchAt' | 'leases' | 'recordingPage'>;
  metrics: Metrics;
}

/** Takes the steps that recordings/policy/next-step.ts schedules: queries, renewals, gap reports and deadlines. */
export function startWatch(parts: WatchParts): Watch {
  const { store, clock, log } = parts;
  const takeStep = createTakeStep({
    ...parts,
    gapReliability: createGapReliability(parts),
    reportNotSent: createNotSentReports(parts),
  });
  const busy = new Map<string, Promise<void>>();
  let timer: NodeJS.Timeout | null = null;
  let cycling: Promise<void> | null = null;
  let closed = false;
  let lastRoundAt = 0;

  async function startDueSteps(): Promise<void> {
    if (busy.size >= BATCH_SIZE) return;
    lastRoundAt = clock.now();
    for (const { state, lease } of await store.takeDueWatches(lastRoundAt, BATCH_SIZE - busy.size)) {
      const recordingId = state.id;
      const logFailure = (message: string) => (error: unknown) =>
        logUnlessOutage(log, error, message, { recordingId });
      const running = takeStep(state, guardLease(store.leases, lease, NO_CALL_EXTENSION))
        .catch((error: unknown) => {
          logFailure('watch check failed; will retry')(error);
          return store.postponeWatch(recordingId, clock.now() + RETRY_DELAY_MS);
        })
        .catch(logFailure('could not reschedule the watch'))
        .then(() => store.leases.release(lease))
        .catch(logFailure('could not release the lease'))
        .finally(() => busy.delete(recordingId));
      busy.set(recordingId, running);
    }
  }

  async function sleepTime(): Promise<number> {
    const next = await store.nextWatchAt();
    if (next === null) return MAX_SLEEP_MS;
    // What was due in the last round and is not in progress here is in progress on another gateway.
    if (next <= lastRoundAt && busy.size === 0) return MAX_SLEEP_MS;
    // A step in progress stays due until it has ended, so it must not shorten the sleep.
    const shortest = busy.size > 0 ? BUSY_SLEEP_MS : MIN_SLEEP_MS;
    return Math.min(MAX_SLEEP_MS, Math.max(shortest, clock.realDuration(next - clock.now())));
  }

  async function cycle(): Promise<void> {
    let sleep = MAX_SLEEP_MS;
    try {
      await startDueSteps();
      sleep = await sleepTime();
    } catch (error) {
      logUnlessOutage(log, error, 'watch could not read the store; will retry');
    }
    if (!closed) timer = setTimeout(run, sleep);
  }

  function run(): void {
    cycling = cycle();
  }

  run();
  return {
    async close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      await cycling;
      await Promise.allSettled(busy.values());
    },
  };
}
