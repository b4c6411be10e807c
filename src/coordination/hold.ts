import { OPERATIONS, type Operation } from '@agora-recording-gateway/agora/tables/operations';
import { type Lease, type LeasedOperation, type Leases } from '../store/coordination/leases.js';
import { NoTurnError } from '../agora-calls/budget.js';
import { sleep } from './sleep.js';

/** How often it is looked whether another gateway has ended what this one waits for. Real milliseconds. */
export const LOOK_EVERY_MS = 100;

/** Another gateway may have in hand by now what this one had. Nothing was sent. */
export class HoldLostError extends NoTurnError {}

/** What this gateway has in hand, and may lose to another when it stands still for too long. */
export interface Hold {
  /**
   * To be called right before a call is sent, whose deadline then ends two seconds before the hold does. Rejects with
   * HoldLostError if another gateway may have it by now: nothing may be sent under it any more.
   */
  beforeSending(operation: Operation): Promise<void>;
}

/** `callMs` is for how long a call may take under the hold. */
export function holdOf(
  leases: Leases,
  lease: Lease,
  callMs: (operation: Operation) => number = (operation) => OPERATIONS[operation].timeoutMs,
): Hold {
  return {
    async beforeSending(operation) {
      if (!(await leases.confirm(lease, callMs(operation)))) throw new HoldLostError();
    },
  };
}

export interface HoldOptions {
  /** How long it waits for another gateway that has it in hand, real milliseconds; 0 if it is not to wait. */
  waitMs: number;
  /** Ends the wait. */
  signal?: AbortSignal;
}

/** Does something that one gateway at a time may do with a recording; null if another one did not end with it in time. */
export async function holding<T>(
  leases: Leases,
  recordingId: string,
  operation: LeasedOperation,
  { waitMs, signal }: HoldOptions,
  work: (hold: Hold) => Promise<T>,
): Promise<T | null> {
  const until = performance.now() + waitMs;
  for (;;) {
    const [lease] = await leases.take([recordingId], operation);
    if (lease !== undefined) {
      try {
        return await work(holdOf(leases, lease));
      } finally {
        await leases.release(lease);
      }
    }
    if (signal?.aborted === true || performance.now() >= until) return null;
    await sleep(LOOK_EVERY_MS, signal);
  }
}
