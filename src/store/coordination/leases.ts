import { sql } from 'kysely';
import { type Database } from '../drivers/database.js';
import { StoreUnavailableError } from '../errors.js';
import { type LeasesTable } from '../migrations/schema.js';

/**
 * Who of several gateways has what in hand: a row for each recording and operation, which is good until its time has
 * passed by the database's clock. A gateway that lives renews all its rows; what a dead one held is free soon after.
 */

/** Lifetime of a lease that is not renewed. All times are real milliseconds. */
export const LEASE_MS = 6_000;

/** Renewal interval: three renewals fit into the lifetime of a lease. */
export const RENEWAL_INTERVAL_MS = 2_000;

/** A lease outlasts the deadline of a call that is sent under it by so much. */
export const OUTLASTS_CALL_MS = 2_000;

/** How long the expired rows of dead gateways are kept, and the number of renewals between two removals. */
const EXPIRED_RETENTION_MS = 10 * 60_000;
const REMOVED_EVERY = 30;

export type LeasedOperation = LeasesTable['operation'];

export const LEASED_OPERATIONS = [
  'start',
  'stop',
  'update',
  'query',
  'watch',
] as const satisfies readonly LeasedOperation[];

export interface Lease {
  recordingId: string;
  operation: LeasedOperation;
  lane: string;
  /** Greater with each one who takes it: an old holder is known by its number. */
  fence: number;
}

export interface Leases {
  /** Takes those of the recordings that no gateway holds. */
  take(recordingIds: readonly string[], operation: LeasedOperation): Promise<Lease[]>;
  /**
   * Takes a shared lease for a call that may take `callMs`: other gateways may hold the same one at the same time, and
   * `isHeld` sees it. Null if this gateway already holds it.
   */
  join(recordingId: string, operation: LeasedOperation, callMs: number): Promise<Lease | null>;
  /**
   * Asked right before a call is sent that may take `callMs`. False if the lease is over: then nothing may be sent under
   * it. Else it lasts until two seconds after the call's deadline at least.
   */
  confirm(lease: Lease, callMs: number): Promise<boolean>;
  /** Releases a lease. Never rejects: a lease that cannot be released now is not renewed, and expires. */
  release(lease: Lease): Promise<void>;
  /** Whether any gateway holds it, this one included. */
  isHeld(recordingId: string, operation: LeasedOperation): Promise<boolean>;
  /** Recordings whose holder died with the lease in hand. */
  abandoned(operation: LeasedOperation, limit: number): Promise<string[]>;
}

export interface LeaseStore extends Leases {
  close(): Promise<void>;
}

/** `holder` names this gateway and no other, nor itself after a restart. */
export function openLeases({ kysely, clock }: Database, holder: string): LeaseStore {
  /** By what names a lease for good: it may come back as a copy. */
  const held = new Map<string, Lease>();
  const nameOf = ({ recordingId, operation, lane, fence }: Lease) =>
    [operation, fence, lane, recordingId].join(' ');
  let closed = false;
  let timer: NodeJS.Timeout | null = null;
  let renewing: Promise<void> = Promise.resolve();
  let renewals = 0;

  const own = ({ recordingId, operation, lane, fence }: Lease) =>
    sql<boolean>`recording_id = ${recordingId} and operation = ${operation} and lane = ${lane}
      and holder = ${holder} and fence = ${fence}`;

  async function insert(
    recordingIds: readonly string[],
    operation: LeasedOperation,
    lane: string,
    lastsMs: number,
  ): Promise<Lease[]> {
    if (recordingIds.length === 0) return [];
    // In one order for all, so that two who take several never wait for each other.
    const rows = [...new Set(recordingIds)].sort().map((recordingId) => ({
      recording_id: recordingId,
      operation,
      lane,
      holder,
      fence: clock,
      until: sql<number>`${clock} + ${sql.lit(lastsMs)}`,
    }));
    const taken = await kysely
      .insertInto('leases')
      .values(rows)
      .onConflict((conflict) =>
        conflict
          .columns(['recording_id', 'operation', 'lane'])
          .doUpdateSet({
            holder,
            fence: sql<number>`case when leases.fence < excluded.fence then excluded.fence else leases.fence + 1 end`,
            until: (update) => update.ref('excluded.until'),
          })
          .where('leases.until', '<=', clock),
      )
      .returning(['recording_id', 'fence'])
      .execute();
    const leases = taken.map((row) => ({
      recordingId: row.recording_id,
      operation,
      lane,
      fence: Number(row.fence),
    }));
    for (const lease of leases) held.set(nameOf(lease), lease);
    return leases;
  }

  async function renew(): Promise<void> {
    renewals += 1;
    if (held.size > 0) {
      // An expired lease stays expired: another gateway may rely on it.
      await kysely
        .updateTable('leases')
        .set({ until: sql<number>`${clock} + ${sql.lit(LEASE_MS)}` })
        .where('holder', '=', holder)
        .where(
          'fence',
          'in',
          [...held.values()].map(({ fence }) => fence),
        )
        .where('until', '>', clock)
        .where('until', '<', sql<number>`${clock} + ${sql.lit(LEASE_MS)}`)
        .execute();
    }
    if (renewals % REMOVED_EVERY === 0) {
      await kysely
        .deleteFrom('leases')
        .where('until', '<', sql<number>`${clock} - ${sql.lit(EXPIRED_RETENTION_MS)}`)
        .execute();
    }
  }

  function renewLater(): void {
    if (closed) return;
    timer = setTimeout(() => {
      // The store logs its own outages; leases that expire in the meantime are noticed before the next call.
      renewing = renew().then(renewLater, renewLater);
    }, RENEWAL_INTERVAL_MS);
  }

  renewLater();
  return {
    take: (recordingIds, operation) => insert(recordingIds, operation, '', LEASE_MS),
    async join(recordingId, operation, callMs) {
      const [lease] = await insert([recordingId], operation, holder, callMs + OUTLASTS_CALL_MS);
      return lease ?? null;
    },
    async confirm(lease, callMs) {
      const lasts = sql<number>`${clock} + ${sql.lit(callMs + OUTLASTS_CALL_MS)}`;
      const { numUpdatedRows } = await kysely
        .updateTable('leases')
        .set({ until: sql<number>`case when until < ${lasts} then ${lasts} else until end` })
        .where(own(lease))
        .where('until', '>', clock)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async release(lease) {
      held.delete(nameOf(lease));
      try {
        await kysely.deleteFrom('leases').where(own(lease)).execute();
      } catch (error) {
        if (!(error instanceof StoreUnavailableError)) throw error;
      }
    },
    async isHeld(recordingId, operation) {
      const row = await kysely
        .selectFrom('leases')
        .select('fence')
        .where('recording_id', '=', recordingId)
        .where('operation', '=', operation)
        .where('until', '>', clock)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },
    async abandoned(operation, limit) {
      const rows = await kysely
        .selectFrom('leases')
        .select('recording_id')
        .where('operation', '=', operation)
        .where('until', '<=', clock)
        .limit(limit)
        .execute();
      return rows.map((row) => row.recording_id);
    },
    async close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      await renewing;
    },
  };
}
