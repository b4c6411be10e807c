import { isDeepStrictEqual } from 'node:util';
import { type Kysely, type Transaction } from 'kysely';
import { recordingOf, visiblePart } from '../../recordings/view/recording.js';
import { emptyState, type RecordingState } from '../../recordings/state.js';
import { relist } from '../log/lists.js';
import { writeMetadata } from '../log/metadata.js';
import { foldRow, logOf, markFoldError, stateOf } from '../log/refold.js';
import { recordingColumns } from '../log/rows.js';
import { type Schema } from '../migrations/schema.js';

/** What is kept as it was: counts of what the log does not hold, and what was worked out for one moment only. */
const NOT_REBUILT = ['version', 'explanation', 'nextObservationAt'] as const;

/** A recording that its log does not give as it was kept. */
export interface RebuiltRecording {
  recordingId: string;
  /** The fields of Recording that differ; empty where only what lies behind them does. */
  fields: string[];
}

export interface RebuildOptions {
  /** Writes nothing, and reports the same. */
  dryRun: boolean;
  /** Called for each recording that changed, or would change in a dry run. */
  onChange: (changed: RebuiltRecording) => void;
}

export interface RebuildReport {
  recordings: number;
  changed: number;
}

/**
 * Derives every recording again from its log, one transaction for each. Observations that could not be folded before are
 * tried again. Nothing is published: a recording whose visible part changed has its version raised by one.
 */
export async function rebuildRecordings(
  database: Kysely<Schema>,
  options: RebuildOptions,
): Promise<RebuildReport> {
  const report = { recordings: 0, changed: 0 };
  for (let id = await nextId(database, ''); id !== null; id = await nextId(database, id)) {
    const recordingId = id;
    const changed = await database
      .transaction()
      .execute((transaction) => rebuildOne(transaction, recordingId, options.dryRun));
    report.recordings += 1;
    if (changed === null) continue;
    report.changed += 1;
    options.onChange(changed);
  }
  return report;
}

async function nextId(database: Kysely<Schema>, after: string): Promise<string | null> {
  const row = await database
    .selectFrom('recordings')
    .select('id')
    .where('id', '>', after)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? null;
}

async function rebuildOne(
  transaction: Transaction<Schema>,
  recordingId: string,
  dryRun: boolean,
): Promise<RebuiltRecording | null> {
  const row = await transaction
    .selectFrom('recordings')
    .select(['id', 'state'])
    .where('id', '=', recordingId)
    .executeTakeFirst();
  let isReadable = true;
  const kept = row === undefined ? null : await stateOf(transaction, row, () => (isReadable = false));
  // Another gateway found it to be another one meanwhile.
  if (kept === null) return null;
  const rebuilt = await foldLog(transaction, kept, dryRun);
  if (isReadable && isDeepStrictEqual(kept, JSON.parse(JSON.stringify(rebuilt)))) return null;
  const isVisible = JSON.stringify(visiblePart(kept)) !== JSON.stringify(visiblePart(rebuilt));
  const version = kept.bookkeeping.version + (isVisible ? 1 : 0);
  const state = { ...rebuilt, bookkeeping: { ...rebuilt.bookkeeping, version } };
  if (!dryRun) {
    await transaction
      .updateTable('recordings')
      .set(recordingColumns(state))
      .where('id', '=', recordingId)
      .execute();
    await writeMetadata(transaction, [{ id: recordingId, metadata: state.metadata?.value ?? [] }]);
    await relist(transaction, state);
  }
  return { recordingId, fields: differences(kept, state) };
}

/** The fold of a recording's whole log, in the order it came. */
async function foldLog(
  transaction: Transaction<Schema>,
  kept: RecordingState,
  dryRun: boolean,
): Promise<RecordingState> {
  const { id, appId, channel, uid } = kept;
  const { version, changedAt, duplicates, conflicts } = kept.bookkeeping;
  let state: RecordingState | null = null;
  for await (const row of logOf(transaction, id)) {
    state ??= emptyState({ id, appId, channel, uid, firstSeenAt: Number(row.occurred_at) });
    const folded = foldRow(state, row);
    state = folded.state;
    if (folded.foldError !== row.fold_error && !dryRun)
      await markFoldError(transaction, row.position, folded.foldError);
  }
  const folded = state ?? kept;
  const counted = { version, duplicates, conflicts, ...(changedAt === undefined ? {} : { changedAt }) };
  return { ...folded, bookkeeping: { ...folded.bookkeeping, ...counted } };
}

function differences(kept: RecordingState, rebuilt: RecordingState): string[] {
  const [before, after] = [kept, rebuilt].map(shown);
  return Object.keys(after ?? {}).filter((field) => !isDeepStrictEqual(before?.[field], after?.[field]));
}

function shown(state: RecordingState): Record<string, unknown> {
  let fields: Record<string, unknown>;
  try {
    fields = { ...recordingOf(state) };
  } catch {
    fields = {}; // What an older version kept may lack what this one shows: then every field has changed.
  }
  for (const field of NOT_REBUILT) delete fields[field];
  return fields;
}
