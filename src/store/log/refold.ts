import { type Selectable, type Transaction } from 'kysely';
import { fold } from '../../recordings/fold/fold.js';
import { type RecordingState } from '../../recordings/state.js';
import { type ObservationsTable, type Schema } from '../migrations/schema.js';
import { observationOf } from './rows.js';

/** Folds rows of the log, in their order, into a state. A row that cannot be folded is marked, and skipped. */
export async function refold(
  transaction: Transaction<Schema>,
  blank: RecordingState,
  rows: readonly Selectable<ObservationsTable>[],
): Promise<RecordingState> {
  let state = blank;
  for (const row of rows) {
    if (row.fold_error !== null) continue;
    try {
      state = fold(state, observationOf(row).observation);
    } catch (error) {
      const foldError = error instanceof Error ? error.message : String(error);
      await transaction
        .updateTable('observations')
        .set({ fold_error: foldError })
        .where('position', '=', row.position)
        .execute();
    }
  }
  return state;
}
