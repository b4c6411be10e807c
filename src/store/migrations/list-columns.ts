import { type Kysely, sql } from 'kysely';
import { worstSeverity } from '../../recordings/problems.js';
import { visiblePart } from '../../recordings/view/recording.js';
import { changedAtOf, type RecordingState } from '../../recordings/state.js';
import { forEachState } from './for-each-state.js';
import { type Up } from './migrations.js';

/** Later than any time: that of a recording that has not ended. */
const NOT_ENDED = 9_007_199_254_740_991;

/** Fills the new columns from what is stored of a recording. */
async function fill(database: Kysely<unknown>, state: RecordingState): Promise<void> {
  const { startedBy, endedAt, endReason, upload, storage, problems, metadata } = visiblePart(state);
  await sql`update recordings set started_by = ${startedBy}, ended_at = ${endedAt ?? NOT_ENDED},
    end_reason = ${endReason}, upload_state = ${upload.state}, storage_profile = ${storage?.profile ?? null},
    problem_severity = ${worstSeverity(problems)}, changed_at = ${changedAtOf(state)}, metadata = ${JSON.stringify(metadata)}
    where id = ${state.id}`.execute(database);
  for (const { key, value } of metadata) {
    await sql`insert into recording_metadata (recording_id, key, value) values (${state.id}, ${key}, ${value})`.execute(
      database,
    );
  }
}

/** What lists of recordings are filtered and ordered by, each in a column. */
export const addListColumns: Up = async (database, { shared }, reports) => {
  const { schema } = database;
  for (const name of ['started_by', 'end_reason', 'upload_state', 'storage_profile', 'problem_severity']) {
    await schema.alterTable('recordings').addColumn(name, 'text').execute();
  }
  for (const [name, value] of [
    ['ended_at', NOT_ENDED],
    ['changed_at', 0],
  ] as const) {
    await schema
      .alterTable('recordings')
      .addColumn(name, 'bigint', (column) => column.notNull().defaultTo(value))
      .execute();
  }
  await schema
    .alterTable('recordings')
    .addColumn('metadata', 'text', (column) => column.notNull().defaultTo('[]'))
    .execute();
  await schema
    .createTable('recording_metadata')
    .addColumn('recording_id', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('recording_metadata_primary', ['recording_id', 'key'])
    .execute();
  await forEachState(database, reports, (state) => fill(database, state));
  const indexes: [string, 'recordings' | 'recording_metadata', string[]][] = [
    ['recordings_ended', 'recordings', ['ended_at', 'id']],
    ['recordings_channel', 'recordings', ['channel', 'id']],
    ['recording_metadata_value', 'recording_metadata', ['key', 'value', 'recording_id']],
  ];
  for (const [name, table, columns] of indexes) {
    await schema.createIndex(name).on(table).columns(columns).execute();
  }
  if (shared) await sql`analyze recordings`.execute(database);
};
