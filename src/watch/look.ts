import { type RecordingState } from '../recordings/state.js';
import { nextStep } from '../recordings/policy/next-step.js';
import { type Log } from '../telemetry/log.js';
import { NoTurnError } from '../agora-calls/budget.js';
import { type Hold } from '../coordination/hold.js';
import { type RecordingQueries } from '../agora-calls/query.js';
import { type ClockNoteParts, noteByClock } from './clock-notes.js';
import { type GapTrust } from './gap-trust.js';

/** A query of the watch gives way after so long without a turn, real milliseconds. */
const QUERY_WAITS_MS = 10_000;

/** After a query that taught nothing the recording is asked again after so long, gateway time. */
export const AFTER_NO_ANSWER_MS = 15_000;

export interface LookParts extends ClockNoteParts {
  queries: RecordingQueries;
  /** Sends a start anew that was in doubt for too long, or will; false if silence has to decide. */
  startAnew: (recordingId: string) => Promise<boolean>;
  /** Sends fresh credentials of the recording's storage; whatever comes of it is an observation. */
  renewStorage: (recordingId: string) => Promise<void>;
  gapTrust: GapTrust;
  log: Log;
}

/** Makes the one observation of a recording that is due by recordings/policy/next-step.ts, or puts the watch off. */
export function createLook(parts: LookParts): (state: RecordingState, hold: Hold) => Promise<void> {
  const { store, queries, startAnew, renewStorage, gapTrust, clock, log } = parts;

  async function query(state: RecordingState, hold: Hold): Promise<void> {
    const priority = state.bookkeeping.lastQueryAt === null ? 'confirmation' : 'heartbeat';
    try {
      const outcome = await queries.query(state, { source: 'POLL', priority, waitMs: QUERY_WAITS_MS, hold });
      if (outcome.kind === 'observed') return;
    } catch (error) {
      if (!(error instanceof NoTurnError)) throw error;
    }
    await store.postponeWatch(state.id, clock.now() + AFTER_NO_ANSWER_MS);
  }

  return async (state, hold) => {
    const { id, appId } = state;
    const now = clock.now();
    const next = nextStep(state, now);
    if (next === null || next.at > now) {
      await store.postponeWatch(id, next?.at ?? null, state.bookkeeping.observedAt);
      return;
    }
    if (next.action === 'gap') {
      const asksForQuery = await gapTrust(appId, now);
      await noteByClock(parts, state, next.at, { kind: 'gap', gap: next.gap, asksForQuery });
      log.info({ recordingId: id, gap: next.gap }, 'notifications are missing');
      return;
    }
    if (next.action === 'query') {
      await query(state, hold);
      return;
    }
    if (next.action === 'renew') {
      await store.postponeWatch(id, now + AFTER_NO_ANSWER_MS);
      await renewStorage(id);
      return;
    }
    if (next.deadline === 'START_UNCONFIRMED' && state.sid === null) {
      await store.postponeWatch(id, now + AFTER_NO_ANSWER_MS);
      if (await startAnew(id)) return;
    }
    await noteByClock(parts, state, next.at, { kind: 'deadline', deadline: next.deadline });
    log.info({ recordingId: id, deadline: next.deadline }, 'a deadline has passed');
  };
}
