import { type Transaction } from 'kysely';
import { type MetadataEntry } from '../../recordings/metadata.js';
import { visiblePart } from '../../recordings/view/recording.js';
import { type Schema } from '../migrations/schema.js';
import { ENDED_PHASES } from '../reads/reads.js';
import { listSnapshots, relist, writeLists } from './lists.js';
import { type Touched } from './merge.js';
import { writeMetadata } from './metadata.js';
import { type CommittedState, recordingColumns, STEADY_COLUMNS } from './rows.js';
import { type RecordingRow, type RecordStatements } from './statements.js';

/** How a recording ended. */
export interface Ended {
  phase: string;
  endReason: string | null;
}

function hasEnded(phase: string | undefined): boolean {
  return ENDED_PHASES.some((ended) => ended === phase);
}

/** Writes the recordings that a batch touched, after its log, and all that is kept apart of them. */
export async function writeRecordings(
  transaction: Transaction<Schema>,
  statements: RecordStatements,
  recordings: Iterable<Touched>,
): Promise<{ states: CommittedState[]; ended: Ended[] }> {
  const touched = [...recordings];
  const ended: Ended[] = [];
  const moved: RecordingRow[] = [];
  const changed: RecordingRow[] = [];
  const described: { id: string; metadata: MetadataEntry[] }[] = [];
  for (const { state, createdAt, changedBy, stored, shown } of touched) {
    const row = {
      ...recordingColumns(state),
      created_at: createdAt,
      changed_position: changedBy.position ?? 0,
    };
    if (hasEnded(row.phase) && !hasEnded(stored?.phase) && shown !== 'elsewhere')
      ended.push({ phase: row.phase, endReason: row.end_reason ?? null });
    const isMoved = stored !== null && STEADY_COLUMNS.every((column) => stored[column] === row[column]);
    (isMoved ? moved : changed).push(row);
    if (stored?.metadata !== row.metadata)
      described.push({ id: row.id, metadata: state.metadata?.value ?? [] });
  }
  if (moved.length > 0) await transaction.executeQuery(statements.moved.of(moved));
  if (changed.length > 0) await transaction.executeQuery(statements.changed.of(changed));
  await writeMetadata(transaction, described);
  for (const each of touched) await writeFilesAndProblems(transaction, each);
  const states = [...moved, ...changed].map(({ id, sid = null, state, watch_at = null }) => ({
    id,
    sid,
    state,
    watch_at,
  }));
  return { states, ended };
}

async function writeFilesAndProblems(
  transaction: Transaction<Schema>,
  { state, shown, snapshots }: Touched,
): Promise<void> {
  if (shown === 'elsewhere') {
    await relist(transaction, state);
    return;
  }
  if (shown !== null) await writeLists(transaction, shown, visiblePart(state));
  await listSnapshots(transaction, state, snapshots);
}
