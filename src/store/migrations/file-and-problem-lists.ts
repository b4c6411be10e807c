import { type Kysely, sql, type Transaction } from 'kysely';
import { relist } from '../log/lists.js';
import { forEachState } from './for-each-state.js';
import { type Up } from './migrations.js';
import { type Schema } from './schema.js';

/** The files and the problems of all recordings, each in a table, so that they are listed across recordings by an index. */
export const listFilesAndProblems: Up = async (database: Kysely<unknown>, { shared }, reports) => {
  const { schema } = database;
  // In the order of their bytes on both databases, as the channels of recordings.
  const text = shared ? sql`text collate "C"` : sql`text`;
  await schema
    .createTable('recording_files')
    .addColumn('recording_id', text, (column) => column.notNull())
    .addColumn('file_name', text, (column) => column.notNull())
    .addColumn('app_id', 'text', (column) => column.notNull())
    .addColumn('channel', text, (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('track_type', 'text')
    .addColumn('uid', 'text')
    .addColumn('mixed_all_users', 'integer')
    .addColumn('playable', 'integer')
    .addColumn('started_at', 'bigint')
    .addPrimaryKeyConstraint('recording_files_primary', ['recording_id', 'file_name'])
    .execute();
  await schema
    .createTable('recording_problems')
    .addColumn('recording_id', text, (column) => column.notNull())
    .addColumn('key', text, (column) => column.notNull())
    .addColumn('app_id', 'text', (column) => column.notNull())
    .addColumn('channel', text, (column) => column.notNull())
    .addColumn('code', 'text', (column) => column.notNull())
    .addColumn('agora_code', 'bigint')
    .addColumn('severity', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('message', 'text', (column) => column.notNull())
    .addColumn('event_id', 'text')
    .addPrimaryKeyConstraint('recording_problems_primary', ['recording_id', 'key'])
    .execute();
  await forEachState(database, reports, (state) => relist(database as unknown as Transaction<Schema>, state));
  const indexes: [string, 'recording_files' | 'recording_problems', string[]][] = [
    ['recording_files_at', 'recording_files', ['at', 'recording_id', 'file_name']],
    ['recording_files_name', 'recording_files', ['file_name', 'recording_id']],
    ['recording_files_channel', 'recording_files', ['channel', 'at', 'recording_id', 'file_name']],
    ['recording_problems_at', 'recording_problems', ['at', 'recording_id', 'key']],
    ['recording_problems_channel', 'recording_problems', ['channel', 'at', 'recording_id', 'key']],
  ];
  for (const [name, table, columns] of indexes) {
    await schema.createIndex(name).on(table).columns(columns).execute();
  }
};
