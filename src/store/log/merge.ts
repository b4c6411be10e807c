import { type Transaction } from 'kysely';
import { emptyState, type RecordingState } from '../../recordings/state.js';
import { type KnownRecording } from './known.js';
import { type Listed, type ListedSnapshot, unlist } from './lists.js';
import { writeMetadata } from './metadata.js';
import { refold } from './refold.js';
import { removalOf } from './removal.js';
import { type Schema } from '../migrations/schema.js';

/** A recording that a batch works on. */
export interface Touched {
  state: RecordingState;
  createdAt: number;
  /** Where the latest change stands in the log; null until that is written. */
  changedBy: { readonly position: number | null };
  /** The row that was read; null where there is none, or not this one any more. */
  stored: KnownRecording | null;
  /**
   * What was seen of it before the first visible change, as its files and problems are listed; null while there is none.
   * `elsewhere`: its log holds what was listed of another recording.
   */
  shown: Listed | 'elsewhere' | null;
  /** Screenshots that are yet to be listed. */
  snapshots: ListedSnapshot[];
}

/**
 * Joins two recordings that were found to be one: the log of the dropped one goes to the kept one, whose state is folded
 * again from the whole log, and the dropped id becomes an alias.
 */
export async function mergeRecordings(
  transaction: Transaction<Schema>,
  kept: Touched,
  dropped: Touched,
  now: number,
): Promise<Touched> {
  const [keptId, droppedId] = [kept.state.id, dropped.state.id];
  await transaction.deleteFrom('recordings').where('id', '=', droppedId).execute();
  await writeMetadata(transaction, [{ id: droppedId, metadata: [] }]);
  await unlist(transaction, [droppedId]);
  for (const table of ['observations', 'recording_aliases', 'audit_entries', 'unanswered_queries'] as const) {
    await transaction
      .updateTable(table)
      .set({ recording_id: keptId })
      .where('recording_id', '=', droppedId)
      .execute();
  }
  await transaction.insertInto('observations').values(removalOf(dropped.state, now)).execute();
  await transaction.insertInto('recording_aliases').values({ id: droppedId, recording_id: keptId }).execute();
  const rows = await transaction
    .selectFrom('observations')
    .selectAll()
    .where('recording_id', '=', keptId)
    .orderBy('position')
    .execute();
  const start = kept.state.start === null ? dropped.state : kept.state;
  const blank = emptyState({
    id: keptId,
    appId: kept.state.appId,
    channel: start.channel,
    uid: start.uid,
    firstSeenAt: kept.state.firstSeenAt,
  });
  const state = await refold(transaction, blank, rows);
  const [left, right] = [kept.state.bookkeeping, dropped.state.bookkeeping];
  const bookkeeping = {
    ...state.bookkeeping,
    version: Math.max(left.version, right.version) + 1,
    changedAt: Number(rows.at(-1)?.received_at ?? state.bookkeeping.observedAt),
    duplicates: left.duplicates + right.duplicates,
    conflicts: left.conflicts + right.conflicts,
  };
  // The observation that joined the two is the one that changed them.
  const position = rows.at(-1)?.position ?? 0;
  await transaction
    .updateTable('observations')
    .set({ version: bookkeeping.version, changed: 1 })
    .where('position', '=', position)
    .execute();
  return {
    state: { ...state, bookkeeping },
    createdAt: kept.createdAt,
    changedBy: { position },
    stored: null,
    shown: 'elsewhere',
    snapshots: [],
  };
}
