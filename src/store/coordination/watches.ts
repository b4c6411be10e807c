import { type RecordingState } from '../../recordings/state.js';
import { type Database } from '../drivers/database.js';
import { type Lease, type Leases } from './leases.js';
import { stateOf } from '../log/refold.js';
import { type ReportUnreadable } from '../stored-json.js';

/** A recording that only this gateway checks, until it releases the lease. */
export interface DueWatch {
  state: RecordingState;
  lease: Lease;
}

export interface WatchStore {
  /**
   * Takes recordings whose watch is due and that no gateway looks at: those that are starting first, and then the longest
   * overdue.
   */
  takeDueWatches(now: number, limit: number): Promise<DueWatch[]>;
  /** When the next watch is due, whichever gateway holds it. */
  nextWatchAt(): Promise<number | null>;
  /**
   * Puts a watch off, after an attempt that taught nothing, or ends it (null). Gateway time, milliseconds. `decidedOn` is
   * observedAt of the state that it was decided from: nothing is put off if more was observed since.
   */
  postponeWatch(recordingId: string, at: number | null, decidedOn?: number): Promise<void>;
}

export function createWatchStore(
  { kysely, clock }: Database,
  leases: Leases,
  report: ReportUnreadable,
): WatchStore {
  const due = (now: number) => kysely.selectFrom('recordings').where('watch_at', '<=', now);

  return {
    async takeDueWatches(now, limit) {
      const free = await due(now)
        .select('id')
        .where((where) =>
          where.not(
            where.exists(
              where
                .selectFrom('leases')
                .select('leases.fence')
                .whereRef('leases.recording_id', '=', 'recordings.id')
                .where('leases.operation', '=', 'watch')
                .where('leases.until', '>', clock),
            ),
          ),
        )
        // A start waits 90 s for its confirmation: it does not stand in line behind the heartbeats of all others.
        .orderBy((where) => where.case().when('phase', '=', 'STARTING').then(0).else(1).end())
        .orderBy('watch_at')
        .limit(limit)
        .execute();
      const order = free.map(({ id }) => id);
      const taken = await leases.take(order, 'watch');
      if (taken.length === 0) return [];
      taken.sort((one, other) => order.indexOf(one.recordingId) - order.indexOf(other.recordingId));
      // As they are now: another gateway may have looked at one since it was found to be due.
      const rows = await due(now)
        .select(['id', 'state'])
        .where(
          'id',
          'in',
          taken.map(({ recordingId }) => recordingId),
        )
        .execute();
      const states = new Map<string, RecordingState | null>();
      for (const row of rows) states.set(row.id, await stateOf(kysely, row, report));
      const watches: DueWatch[] = [];
      for (const lease of taken) {
        const state = states.get(lease.recordingId);
        if (state == null) await leases.release(lease);
        else watches.push({ state, lease });
      }
      return watches;
    },
    async nextWatchAt() {
      const row = await kysely
        .selectFrom('recordings')
        .select((select) => select.fn.min('watch_at').as('next'))
        .executeTakeFirst();
      return row?.next == null ? null : Number(row.next);
    },
    async postponeWatch(recordingId, at, decidedOn) {
      await kysely
        .updateTable('recordings')
        .set({ watch_at: at })
        .where('id', '=', recordingId)
        .$if(decidedOn !== undefined, (update) => update.where('observed_at', '=', decidedOn ?? 0))
        .execute();
    },
  };
}
