import { OPERATIONS, type Operation } from '@agora-recording-gateway/agora/tables/operations';
import { type Lease, type LeasedOperation, type Leases } from '../store/coordination/leases.js';
import { type ReportedLeases } from '../store/coordination/reported-leases.js';
import { StoreUnavailableError } from '../store/errors.js';
import { NotSentError } from './not-sent-error.js';
import { sleep } from './sleep.js';

/** Poll interval while another gateway holds a lease. Real milliseconds. */
export const LEASE_POLL_INTERVAL_MS = 100;

/** Checks a lease right before a call is sent under it. */
export interface LeaseGuard {
  /**
   * Extends the lease beyond the deadline of the call. Rejects with NotSentError: `lease-lost` if another gateway may hold
   * the lease by now, `store-unavailable` if that cannot be checked.
   */
  beforeSending(operation: Operation): Promise<void>;
}

/** An outage of the store means that no lease can be checked, and so nothing can be sent. */
export async function notSentInOutage<T>(access: Promise<T>): Promise<T> {
  try {
    return await access;
  } catch (error) {
    if (error instanceof StoreUnavailableError) throw new NotSentError('store-unavailable', { cause: error });
    throw error;
  }
}

/** `callMs`: how long a call under the lease may take. */
export function guardLease(
  leases: Leases,
  lease: Lease,
  callMs: (operation: Operation) => number = (operation) => OPERATIONS[operation].timeoutMs,
): LeaseGuard {
  return {
    async beforeSending(operation) {
      const isHeld = await notSentInOutage(leases.confirm(lease, callMs(operation)));
      if (!isHeld) throw new NotSentError('lease-lost');
    },
  };
}

export interface LeaseWait {
  /** How long to wait while another gateway holds the lease, real milliseconds. */
  waitMs: number;
  /** Ends the wait; its reason is thrown. */
  signal?: AbortSignal;
}

/**
 * Runs `work` under a lease, which one gateway at a time holds. Rejects with NotSentError if the lease was not obtained in
 * time (`lease-lost`) or the store is unavailable.
 */
export async function withLease<T>(
  leases: ReportedLeases,
  recordingId: string,
  operation: LeasedOperation,
  { waitMs, signal }: LeaseWait,
  work: (guard: LeaseGuard) => Promise<T>,
): Promise<T> {
  const since = performance.now();
  let hasWaited = false;
  const noteWait = () => {
    if (hasWaited) leases.noteWait(operation, performance.now() - since);
  };
  for (;;) {
    const [lease] = await notSentInOutage(leases.take([recordingId], operation));
    if (lease !== undefined) {
      noteWait();
      try {
        return await work(guardLease(leases, lease));
      } finally {
        await leases.release(lease);
      }
    }
    if (signal?.aborted === true || performance.now() >= since + waitMs) noteWait();
    signal?.throwIfAborted();
    if (performance.now() >= since + waitMs) throw new NotSentError('lease-lost');
    hasWaited = true;
    await sleep(LEASE_POLL_INTERVAL_MS, signal);
  }
}
