import { OPERATIONS } from '@agora-recording-gateway/agora/tables/operations';
import { type Lease, type Leases } from '../store/coordination/leases.js';
import { logUnlessOutage } from '../store/log-unless-outage.js';
import { type Log } from '../telemetry/log.js';
import { notSentInOutage } from './lease-guard.js';
import { NotSentError } from './not-sent-error.js';
import { QUERY_GRACE_MS } from './stop-query-exclusion.js';

/** How often a query in flight checks whether another gateway wants to stop its recording. Real milliseconds. */
const STOP_POLL_INTERVAL_MS = 1_000;

/** A row that shows the query in flight to stops on other gateways. */
export interface QuerySlot {
  /** Aborted when a stop on another gateway has waited for three seconds. */
  signal: AbortSignal;
  /**
   * To be called right before the query is sent. Rejects with NotSentError: `stop-under-way` while any gateway stops the
   * recording, `store-unavailable` if that cannot be checked.
   */
  enter(): Promise<void>;
  leave(): Promise<void>;
}

/**
 * A query first writes its row and then looks for a stop; a stop does the reverse. So if both begin at the same time, at
 * least one of them sees the other.
 */
export function createQuerySlot(leases: Leases, recordingId: string, log: Log): QuerySlot {
  const controller = new AbortController();
  let lease: Lease | null = null;
  let timer: NodeJS.Timeout | null = null;
  let stopWaitedMs = 0;

  async function checkForStop(): Promise<void> {
    try {
      const isStopped = await leases.isHeld(recordingId, 'stop');
      stopWaitedMs = isStopped ? stopWaitedMs + STOP_POLL_INTERVAL_MS : 0;
    } catch (error) {
      // Without the store no stop on another gateway goes ahead either; the query's own deadline ends it.
      logUnlessOutage(log, error, 'could not check whether a query must yield to a stop', { recordingId });
    }
    if (stopWaitedMs >= QUERY_GRACE_MS) controller.abort(new NotSentError('stop-under-way'));
    else if (timer !== null) checkLater();
  }

  function checkLater(): void {
    timer = setTimeout(() => void checkForStop(), STOP_POLL_INTERVAL_MS);
  }

  async function isTaken(): Promise<boolean> {
    const callMs = OPERATIONS.query.timeoutMs;
    if (lease === null) lease = await leases.join(recordingId, 'query', callMs);
    else if (!(await leases.confirm(lease, callMs))) lease = null;
    return lease !== null && !(await leases.isHeld(recordingId, 'stop'));
  }

  return {
    signal: controller.signal,
    async enter() {
      if (!(await notSentInOutage(isTaken()))) throw new NotSentError('stop-under-way');
      if (timer === null) checkLater();
    },
    async leave() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      if (lease !== null) await leases.release(lease);
    },
  };
}
