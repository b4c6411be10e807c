import { type Kysely, sql } from 'kysely';
import { contentKey } from '../log/content-key.js';
import { fillLog } from './fill-log.js';
import { type Up } from './migrations.js';

/** Rows that are read and written at once. */
const PAGE = 1_000;

/** The part of the schema that this migration relies on. Never changed later. */
interface Tables {
  observation_keys: {
    app_id: string;
    key: string;
    hash: string;
    recording_id: string;
  };
  removed_recordings: { id: string; removed_at: number; emptied: number };
  removed_notifications: {
    app_id: string;
    notice_id: string | null;
    content_key: string | null;
    hash: string;
    recording_id: string;
    removed_at: number;
  };
}

/** `notice:ID`, `event:SID:…:TIME`, or `exact:ID:HASH` for one whose noticeId had come before with other content. */
function parseKey(key: string, hash: string): { notice_id: string | null; content_key: string | null } {
  const [kind = ''] = key.split(':', 1);
  const rest = key.slice(kind.length + 1);
  if (kind === 'event') {
    const [, content, time] = /^(.*):([^:]*)$/s.exec(rest) ?? [];
    return { notice_id: null, content_key: `${time}:${content}` };
  }
  return { notice_id: kind === 'exact' ? rest.slice(0, -hash.length - 1) : rest, content_key: null };
}

/** Keeps the keys of recordings that were removed, for the rest of their day. */
async function keepKeysOfRemoved(database: Kysely<Tables>): Promise<void> {
  for (let after = ''; ;) {
    const removed = await database
      .selectFrom('removed_recordings')
      .select(['id', 'removed_at'])
      .where('id', '>', after)
      .orderBy('id')
      .executeTakeFirst();
    if (removed === undefined) return;
    after = removed.id;
    for (let key = ''; ;) {
      const rows = await database
        .selectFrom('observation_keys')
        .select(['app_id', 'key', 'hash', 'recording_id'])
        .where('recording_id', '=', removed.id)
        .where('key', '>', key)
        .orderBy('key')
        .limit(PAGE)
        .execute();
      if (rows.length > 0) {
        await database
          .insertInto('removed_notifications')
          .values(
            rows.map(({ key: text, ...row }) => ({
              ...row,
              ...parseKey(text, row.hash),
              removed_at: Number(removed.removed_at),
            })),
          )
          .execute();
      }
      key = rows.at(-1)?.key ?? key;
      if (rows.length < PAGE) break;
    }
  }
}

/** Deduplicates notifications by two columns of the log instead of separate rows, which halves what is written for each. */
export const knowRepetitionsByTheLog: Up = async (database, { position, shared }, reports) => {
  const { schema } = database;
  const tables = database as Kysely<Tables>;
  await schema.alterTable('observations').addColumn('notice_id', 'text').execute();
  await schema.alterTable('observations').addColumn('content_key', 'text').execute();
  await fillLog(
    database,
    {
      of: { column: 'source', value: 'NOTIFICATION' },
      columns: ['notice_id', 'content_key'],
      valuesOf: (content) =>
        content.kind === 'notification'
          ? [content.notification.noticeId, contentKey(content.notification)]
          : null,
    },
    reports,
  );
  await schema
    .createTable('removed_notifications')
    .addColumn('number', position.type, (column) => position.generated(column.primaryKey()))
    .addColumn('app_id', 'text', (column) => column.notNull())
    .addColumn('notice_id', 'text')
    .addColumn('content_key', 'text')
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('recording_id', 'text', (column) => column.notNull())
    .addColumn('removed_at', 'bigint', (column) => column.notNull())
    .execute();
  await keepKeysOfRemoved(tables);
  for (const table of ['observations', 'removed_notifications']) {
    for (const column of ['notice_id', 'content_key']) {
      await schema
        .createIndex(`${table}_${column}`)
        .on(table)
        .columns(['app_id', column])
        .where(column, 'is not', null)
        .execute();
    }
  }
  await schema
    .createIndex('removed_notifications_removed')
    .on('removed_notifications')
    .column('removed_at')
    .execute();
  // Without statistics on the new columns PostgreSQL may scan the whole log for each batch.
  if (shared) await sql`analyze observations`.execute(database);
  await schema.dropTable('observation_keys').execute();
  await tables.deleteFrom('removed_recordings').where('emptied', '=', 1).execute();
  await schema.dropIndex('removed_recordings_removed').execute();
  await schema.alterTable('removed_recordings').dropColumn('removed_at').execute();
  await schema.alterTable('removed_recordings').dropColumn('emptied').execute();
};
