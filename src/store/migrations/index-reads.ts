import { sql } from 'kysely';
import { type Up } from './migrations.js';

/**
 * An index for each way in which recordings are read: by sid whatever the App ID, by the beginning of a channel's name, and in
 * the order of their changes. Each takes the place of one that served less, so that writing costs the same.
 */
export const indexReads: Up = async (database, { shared }) => {
  const { schema } = database;
  for (const name of ['recordings_sid', 'recordings_place', 'recordings_changed']) {
    await schema.dropIndex(name).execute();
  }
  // Ordered by bytes, as SQLite orders texts: another order does not keep the names with one beginning together.
  if (shared) await sql`alter table recordings alter column channel type text collate "C"`.execute(database);
  await schema.createIndex('recordings_sid').on('recordings').columns(['sid', 'app_id']).unique().execute();
  await schema
    .createIndex('recordings_place')
    .on('recordings')
    .columns(['channel', 'app_id', 'uid', 'started_at'])
    .execute();
  await schema
    .createIndex('recordings_changed')
    .on('recordings')
    .columns(['changed_position', 'id'])
    .execute();
  // Without statistics on the new indexes PostgreSQL may scan the whole table.
  if (shared) await sql`analyze recordings`.execute(database);
};
