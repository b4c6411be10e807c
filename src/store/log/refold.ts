import { type Kysely, type Selectable, type Transaction } from 'kysely';
import * as z from 'zod';
import { fold } from '../../recordings/fold/fold.js';
import { emptyState, type RecordingState } from '../../recordings/state.js';
import { type ObservationsTable, type RecordingsTable, type Schema } from '../migrations/schema.js';
import { type ReportUnreadable } from '../stored-json.js';
import { observationOf } from './rows.js';
import { STATES } from './stored-state.js';

type LogRow = Selectable<ObservationsTable>;

/** Rows of the log that are read together. */
const PAGE = 500;

/** The log of a recording, in its order. */
export async function* logOf(database: Kysely<Schema>, recordingId: string): AsyncGenerator<LogRow> {
  for (let position = 0; ;) {
    const rows = await database
      .selectFrom('observations')
      .selectAll()
      .where('recording_id', '=', recordingId)
      .where('position', '>', position)
      .orderBy('position')
      .limit(PAGE)
      .execute();
    yield* rows;
    if (rows.length < PAGE) return;
    position = rows.at(-1)?.position ?? position;
  }
}

/** The state after a row of the log; the same one, and why, for a row that cannot be folded. */
export function foldRow(
  state: RecordingState,
  row: LogRow,
): { state: RecordingState; foldError: string | null } {
  try {
    return { state: fold(state, observationOf(row).observation), foldError: null };
  } catch (error) {
    return { state, foldError: error instanceof Error ? error.message : String(error) };
  }
}

export async function markFoldError(
  database: Kysely<Schema>,
  position: number,
  foldError: string | null,
): Promise<void> {
  await database
    .updateTable('observations')
    .set({ fold_error: foldError })
    .where('position', '=', position)
    .execute();
}

/** Folds rows of the log, in their order, into a state. A row that cannot be folded is marked, and skipped. */
export async function refold(
  transaction: Transaction<Schema>,
  blank: RecordingState,
  rows: readonly LogRow[],
): Promise<RecordingState> {
  let state = blank;
  for (const row of rows) {
    if (row.fold_error !== null) continue;
    const folded = foldRow(state, row);
    state = folded.state;
    if (folded.foldError !== null) await markFoldError(transaction, row.position, folded.foldError);
  }
  return state;
}

/** What the log does not hold, as far as a state that cannot be read as a whole still says it. */
const COUNTED = z.object({ duplicates: z.int().catch(0), conflicts: z.int().catch(0) });
const NOT_COUNTED = { duplicates: 0, conflicts: 0 };

function countedIn(text: string): z.infer<typeof COUNTED> {
  try {
    return z.object({ bookkeeping: COUNTED }).parse(JSON.parse(text)).bookkeeping;
  } catch {
    return NOT_COUNTED;
  }
}

/** The state of a recording as its log gives it, for a stored state that cannot be read. Writes nothing; null if it is not there. */
export async function refoldRecording(database: Kysely<Schema>, id: string): Promise<RecordingState | null> {
  const row = await database
    .selectFrom('recordings')
    .select(['app_id', 'channel', 'uid', 'created_at', 'version', 'state'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { app_id: appId, channel, uid } = row;
  const blank = (firstSeenAt: number) => emptyState({ id, appId, channel, uid, firstSeenAt });
  let state: RecordingState | null = null;
  let changedAt: number | null = null;
  for await (const entry of logOf(database, id)) {
    state ??= blank(Number(entry.occurred_at));
    if (entry.fold_error === null) state = foldRow(state, entry).state;
    if (entry.changed === 1) changedAt = Number(entry.received_at);
  }
  state ??= blank(Number(row.created_at));
  const bookkeeping = {
    ...state.bookkeeping,
    ...countedIn(row.state),
    ...(changedAt === null ? {} : { changedAt }),
    version: row.version,
  };
  return { ...state, bookkeeping };
}

/** The state of a recording as it is stored or, where that cannot be read, as its log gives it; null if it is not there. */
export async function stateOf(
  database: Kysely<Schema>,
  { id, state }: Pick<RecordingsTable, 'id' | 'state'>,
  report: ReportUnreadable,
): Promise<RecordingState | null> {
  return STATES.readIfPossible(state, id, report) ?? (await refoldRecording(database, id));
}
