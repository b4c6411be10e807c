import { sql } from 'kysely';
import { type Database, openDatabase } from '../drivers/database.js';
import { BackupInvalidError } from '../errors.js';
import { EPOCH, setMeta } from '../migrations/meta.js';
import { migrate } from '../migrations/migrate.js';
import { type BackupEntry, readPostgresBackup, type TableStart } from './postgres-backup.js';
import { countRows, type RestoreOptions, type RestoreSummary } from './restore-summary.js';
import { COORDINATION_TABLES, NUMBERED, TABLES } from './tables.js';

/** Rows that are written back at once. */
const BATCH = 200;

async function insert(database: Database['kysely'], { table, columns }: TableStart, rows: BackupEntry[]) {
  if (rows.length === 0) return;
  const names = sql.join(columns.map((column) => sql.ref(column)));
  const values = (rows as (string | null)[][]).map((row) => sql`(${sql.join(row)})`);
  await sql`insert into ${sql.table(table)} (${names}) overriding system value values ${sql.join(values)}`.execute(
    database,
  );
}

/** The tables of the store's version that a backup must hold. */
async function tablesOf(database: Database['kysely']): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select relname as name from pg_class
    where relnamespace = to_regnamespace(current_schema()) and relname in (${sql.join([...TABLES])})`.execute(
    database,
  );
  return rows.map(({ name }) => name);
}

/** Writes the tables back in one transaction: a restore that fails or is cut short changes nothing. */
async function writeTables(database: Database['kysely'], path: string): Promise<void> {
  let table: TableStart | null = null;
  let rows: BackupEntry[] = [];
  const missing = new Set(await tablesOf(database));
  for await (const entry of readPostgresBackup(path)) {
    if (!Array.isArray(entry)) {
      if (table !== null) await insert(database, table, rows);
      missing.delete(entry.table);
      if (!(TABLES as readonly string[]).includes(entry.table)) {
        throw new BackupInvalidError(path, `it holds the table ${entry.table}, which a later release wrote`);
      }
      [table, rows] = [entry, []];
    } else if (table === null) throw new BackupInvalidError(path, 'it begins with a row');
    else {
      rows.push(entry);
      if (rows.length < BATCH) continue;
      await insert(database, table, rows);
      rows = [];
    }
  }
  if (table !== null) await insert(database, table, rows);
  const [lacking] = missing;
  if (lacking !== undefined) throw new BackupInvalidError(path, `it lacks the table ${lacking}`);
}

/** The version of the store that a backup was made from. */
async function versionOf(path: string): Promise<string> {
  let table = '';
  let name = -1;
  let version: string | null = null;
  for await (const entry of readPostgresBackup(path)) {
    if (!Array.isArray(entry)) {
      table = entry.table;
      name = entry.columns.indexOf('name');
    } else if (table === 'kysely_migration') {
      const applied = entry[name] ?? '';
      if (version === null || applied > version) version = applied;
    }
  }
  if (version === null)
    throw new BackupInvalidError(path, 'it does not say which version of the store it is');
  return version;
}

/** Makes the database number the next row after all that were written back; an earlier version may not have the table. */
async function continueNumbering(database: Database['kysely'], table: string, column: string): Promise<void> {
  const existing = await sql<{ name: string | null }>`select to_regclass(${sql.lit(table)}) as name`.execute(
    database,
  );
  if (existing.rows[0]?.name == null) return;
  await sql`select setval(pg_get_serial_sequence(${sql.lit(table)}, ${sql.lit(column)}),
    (select coalesce(max(${sql.ref(column)}), 0) + 1 from ${sql.table(table)}), false)`.execute(database);
}

async function replaceContent(
  database: Database,
  path: string,
  { epoch, onUnreadable }: RestoreOptions,
): Promise<void> {
  // Reads the whole file first, so that one that is not intact changes nothing.
  const version = await versionOf(path);
  await database.migrating(async (kysely) => {
    await kysely.transaction().execute(async (transaction) => {
      for (const table of [...TABLES, ...COORDINATION_TABLES]) {
        await sql`drop table if exists ${sql.table(table)} cascade`.execute(transaction);
      }
      await migrate(database, { onUnreadable, to: version, within: transaction });
      for (const table of ['kysely_migration', 'meta']) {
        await sql`delete from ${sql.table(table)}`.execute(transaction);
      }
      await writeTables(transaction, path);
      for (const [table, column] of Object.entries(NUMBERED))
        await continueNumbering(transaction, table, column);
      await migrate(database, { onUnreadable, within: transaction });
      await setMeta(transaction, EPOCH, epoch);
    });
  });
}

/** Replaces the content of the database in one transaction, which also brings it to this version and begins the new epoch. */
export async function restorePostgres(
  databaseUrl: string,
  path: string,
  options: RestoreOptions,
): Promise<RestoreSummary> {
  const database = openDatabase(databaseUrl);
  try {
    await database.hold('alone');
    await replaceContent(database, path, options);
    return { ...(await countRows(database.kysely)), replaced: null };
  } finally {
    await database.close();
  }
}
