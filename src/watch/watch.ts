import { type Clock } from '../recordings/clock.js';
import { type Deadline } from '../recordings/observation.js';
import { type RecordingState } from '../recordings/state.js';
import { nextWatch } from '../recordings/watch-policy.js';
import { StoreUnavailableError } from '../store/errors.js';
import { type Store } from '../store/store.js';
import { type Log } from '../telemetry/log.js';
import { NoTurnError } from '../upstream/budget.js';
import { type RecordingQueries } from '../upstream/query.js';

/** Recordings that are looked at together. */
const ROUND = 50;

/** The watch looks at least so often, real milliseconds: a clock that was moved is noticed within it. */
const LONGEST_SLEEP_MS = 250;

const SHORTEST_SLEEP_MS = 5;
const BUSY_SLEEP_MS = 50;

/** A query of the watch gives way after so long without a turn, real milliseconds. */
const QUERY_WAITS_MS = 10_000;

/** After a query that taught nothing the recording is asked again after so long, gateway time. */
const AFTER_NO_ANSWER_MS = 15_000;

export interface Watch {
  /** Stops looking, and resolves when what was begun has ended. */
  close(): Promise<void>;
}

export interface WatchParts {
  store: Store;
  queries: RecordingQueries;
  /** Sends a start anew that was in doubt for too long, or will; false if silence has to decide. */
  startAnew: (recordingId: string) => Promise<boolean>;
  clock: Clock;
  mintId: () => string;
  log: Log;
}

/** Runs the policy of recordings/watch-policy.ts: asks for the recordings that are due, and notes deadlines that pass. */
export function startWatch(parts: WatchParts): Watch {
  const { store, queries, startAnew, clock, mintId, log } = parts;
  const busy = new Map<string, Promise<void>>();
  let timer: NodeJS.Timeout | null = null;
  let looking: Promise<void> | null = null;
  let closed = false;

  async function noteDeadline(state: RecordingState, deadline: Deadline, at: number): Promise<void> {
    const receivedAt = clock.now();
    await store.record({
      id: mintId(),
      appId: state.appId,
      recordingId: state.id,
      source: 'CLOCK',
      // The inference holds from the moment the deadline passed, however late it is noted.
      occurredAt: at,
      receivedAt,
      content: { kind: 'deadline', deadline },
      raw: null,
      hash: `${state.id}:${deadline}:${at}`,
    });
    log.info({ recordingId: state.id, deadline }, 'a deadline has passed');
  }

  async function look(state: RecordingState): Promise<void> {
    const next = nextWatch(state);
    if (next === null || next.at > clock.now()) {
      await store.postponeWatch(state.id, next?.at ?? null);
      return;
    }
    if (next.action === 'deadline') {
      const inDoubt = next.deadline === 'START_UNCONFIRMED' && state.sid === null;
      if (inDoubt) {
        await store.postponeWatch(state.id, clock.now() + AFTER_NO_ANSWER_MS);
        if (await startAnew(state.id)) return;
      }
      await noteDeadline(state, next.deadline, next.at);
      return;
    }
    const { lastQueryAt } = state.bookkeeping;
    const priority = lastQueryAt === null ? 'confirmation' : 'heartbeat';
    try {
      const outcome = await queries.query(state, { source: 'POLL', priority, waitMs: QUERY_WAITS_MS });
      if (outcome.kind !== 'observed') await store.postponeWatch(state.id, clock.now() + AFTER_NO_ANSWER_MS);
    } catch (error) {
      if (!(error instanceof NoTurnError)) throw error;
      await store.postponeWatch(state.id, clock.now() + AFTER_NO_ANSWER_MS);
    }
  }

  async function round(): Promise<void> {
    const due = await store.dueWatches(clock.now(), ROUND + busy.size);
    for (const state of due) {
      const { id } = state;
      if (busy.has(id) || busy.size >= ROUND) continue;
      const running = look(state)
        .catch((error: unknown) => {
          log.error({ error, recordingId: id }, 'watching a recording failed; it is tried again');
          return store.postponeWatch(id, clock.now() + AFTER_NO_ANSWER_MS);
        })
        .catch((error: unknown) => log.error({ error, recordingId: id }, 'a watch could not be put off'))
        .finally(() => busy.delete(id));
      busy.set(id, running);
    }
  }

  async function sleepTime(): Promise<number> {
    const next = await store.nextWatchAt();
    if (next === null) return LONGEST_SLEEP_MS;
    // What is being asked already is still due: it needs no look until it is answered.
    const shortest = busy.size > 0 ? BUSY_SLEEP_MS : SHORTEST_SLEEP_MS;
    return Math.min(LONGEST_SLEEP_MS, Math.max(shortest, clock.realDuration(next - clock.now())));
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
