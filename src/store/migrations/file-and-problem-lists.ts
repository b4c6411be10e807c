import { type Kysely, sql, type Transaction } from 'kysely';
import { relist } from '../log/lists.js';
import { stateOf } from '../log/refold.js';
import { type ReportSteps, type Up } from './migrations.js';
import { type Schema } from './schema.js';

/** Recordings that are read at once. */
const PAGE = 500;

/** Lists the files and problems of what is stored. */
async function fill(database: Transaction<Schema>, report: ReportSteps): Promise<void> {
  const { total } = await database
    .selectFrom('recordings')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  let done = 0;
  for (let id = ''; ;) {
    const rows = await database
      .selectFrom('recordings')
      .select(['id', 'state'])
      .where('id', '>', id)
      .orderBy('id')
      .limit(PAGE)
      .execute();
    for (const row of rows) {
      const state = await stateOf(database, row, () => undefined);
      if (state !== null) await relist(database, state);
    }
    id = rows.at(-1)?.id ?? id;
    done += rows.length;
    report(done, Number(total));
    if (rows.length < PAGE) return;
  }
}

/** The files and the problems of all recordings, each in a table, so that they are listed across recordings by an index. */
export const listFilesAndProblems: Up = async (database: Kysely<unknown>, { shared }, report) => {
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
  await fill(database as unknown as Transaction<Schema>, report);
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
