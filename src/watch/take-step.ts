import { type Priority } from '../agora-calls/permit-queue.js';
import { type ReportNotSent } from '../agora-calls/report-not-sent.js';
import { type LeaseGuard } from '../coordination/lease-guard.js';
import { NotSentError } from '../coordination/not-sent-error.js';
import { type CallReason } from '../recordings/call-reason.js';
import { nextStep } from '../recordings/policy/next-step.js';
import { type RecordingState } from '../recordings/state.js';
import { type Log } from '../telemetry/log.js';
import { type Metrics } from '../telemetry/metrics.js';
import { type ClockNoteParts, recordByClock } from './clock-observations.js';
import { type FileChecks } from './file-checks.js';
import { type GapReliability } from './gap-reliability.js';
import { type Store } from '../store/store.js';

/** How long a query of the watch waits for a permit, real milliseconds. */
const QUERY_WAIT_MS = 10_000;

/** Delay before the recording is queried again after a query that taught nothing, gateway time. */
export const RETRY_DELAY_MS = 15_000;

/** Queries a recording for the watch. */
export interface WatchQueries {
  query(
    state: Pick<RecordingState, 'id'>,
    options: { source: 'POLL'; priority: Priority; reason: CallReason; waitMs: number; guard: LeaseGuard },
  ): Promise<{ kind: 'observed' | 'unanswered' | 'excluded' }>;
}

export interface StepParts extends ClockNoteParts {
  store: ClockNoteParts['store'] & Pick<Store, 'postponeWatch'>;
  queries: WatchQueries;
  /** Sends a start again that stayed unconfirmed, now or later; false if silence must decide. */
  restart: (recordingId: string) => Promise<boolean>;
  /** Sends fresh credentials of the recording's storage and records the result. */
  renewStorage: (recordingId: string) => Promise<void>;
  fileChecks: Pick<FileChecks, 'begin' | 'retryAt'>;
  gapReliability: GapReliability;
  reportNotSent: ReportNotSent;
  log: Log;
  metrics: Pick<Metrics, 'gapsReported'>;
}

/** Takes the next step of a recording if it is due (recordings/policy/next-step.ts), or reschedules the watch. */
export function createTakeStep(
  parts: StepParts,
): (state: RecordingState, guard: LeaseGuard) => Promise<void> {
  const { store, queries, restart, renewStorage, fileChecks, gapReliability, reportNotSent } = parts;
  const { clock, log, metrics } = parts;

  async function query(state: RecordingState, reason: CallReason, guard: LeaseGuard): Promise<void> {
    const priority = state.bookkeeping.lastQueryAt === null ? 'confirmation' : 'heartbeat';
    try {
      const options = { source: 'POLL', priority, reason, waitMs: QUERY_WAIT_MS, guard } as const;
      const { kind } = await queries.query(state, options);
      if (kind === 'observed') return;
    } catch (error) {
      if (!(error instanceof NotSentError)) throw error;
      reportNotSent(error, priority, { recordingId: state.id });
    }
    await store.postponeWatch(state.id, clock.now() + RETRY_DELAY_MS);
  }

  return async (state, guard) => {
    const { id, appId } = state;
    const now = clock.now();
    const step = nextStep(state, now);
    if (step === null || step.at > now) {
      await store.postponeWatch(id, step?.at ?? null, state.bookkeeping.observedAt);
      return;
    }
    switch (step.action) {
      case 'gap': {
        const asksForQuery = await gapReliability(appId, now);
        await recordByClock(parts, state, step.at, { kind: 'gap', gap: step.gap, asksForQuery });
        metrics.gapsReported.inc();
        log.info({ recordingId: id, gap: step.gap }, 'notifications are missing');
        return;
      }
      case 'query':
        await query(state, step.reason, guard);
        return;
      case 'renew':
        await store.postponeWatch(id, now + RETRY_DELAY_MS);
        await renewStorage(id);
        return;
      case 'check-files':
        // First, so that no other gateway checks them meanwhile, and a check that is not recorded comes again.
        await store.postponeWatch(id, fileChecks.retryAt(step.at));
        fileChecks.begin(state, step.at);
        return;
      case 'deadline': {
        const { deadline } = step;
        if (deadline === 'START_UNCONFIRMED' && state.sid === null) {
          await store.postponeWatch(id, now + RETRY_DELAY_MS);
          if (await restart(id)) return;
        }
        await recordByClock(parts, state, step.at, { kind: 'deadline', deadline });
        log.info({ recordingId: id, deadline }, 'deadline passed');
      }
    }
  };
}
