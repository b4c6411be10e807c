import { type Lease, type LeasedOperation, type Leases } from './leases.js';
import { type WatchStore } from './watches.js';

/** What happens to the leases of this gateway. */
export interface LeaseEvents {
  /** A lease was found to be over right before a call, so that the call is not sent. */
  onLeaseLost: (operation: LeasedOperation) => void;
  /** Another gateway, or another call of this one, held the lease for so many seconds, until it was obtained or given up. */
  onLeaseWaited: (operation: LeasedOperation, seconds: number) => void;
}

export interface ReportedLeases extends Leases {
  /** To be called after a wait for a lease. Real milliseconds. */
  noteWait(operation: LeasedOperation, waitedMs: number): void;
}

/** The leases of the store, and the watches that it takes leases for, with a count of those that are held. */
export function reportLeases(
  { leases, takeDueWatches }: Pick<WatchStore, 'takeDueWatches'> & { leases: Leases },
  events: Partial<LeaseEvents>,
) {
  /** The operation of each lease that is held: one may be released as a copy, or after it was lost. */
  const held = new Map<string, LeasedOperation>();
  const nameOf = ({ recordingId, operation, lane, fence }: Lease) =>
    [operation, fence, lane, recordingId].join(' ');
  const note = (lease: Lease) => void held.set(nameOf(lease), lease.operation);
  const reported: ReportedLeases = {
    ...leases,
    async take(recordingIds, operation) {
      const taken = await leases.take(recordingIds, operation);
      taken.forEach(note);
      return taken;
    },
    async join(recordingId, operation, callMs) {
      const joined = await leases.join(recordingId, operation, callMs);
      if (joined !== null) note(joined);
      return joined;
    },
    async confirm(lease, callMs) {
      const isHeld = await leases.confirm(lease, callMs);
      if (!isHeld && held.delete(nameOf(lease))) events.onLeaseLost?.(lease.operation);
      return isHeld;
    },
    async release(lease) {
      held.delete(nameOf(lease));
      await leases.release(lease);
    },
    noteWait: (operation, waitedMs) => events.onLeaseWaited?.(operation, waitedMs / 1_000),
  };
  return {
    leases: reported,
    async takeDueWatches(now: number, limit: number) {
      const watches = await takeDueWatches(now, limit);
      for (const { lease } of watches) note(lease);
      return watches;
    },
    /** How many leases this gateway holds, by operation. */
    heldLeases(): ReadonlyMap<LeasedOperation, number> {
      const counts = new Map<LeasedOperation, number>();
      for (const operation of held.values()) counts.set(operation, (counts.get(operation) ?? 0) + 1);
      return counts;
    },
  };
}
