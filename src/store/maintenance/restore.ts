import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { sql } from 'kysely';
import { BackupInvalidError } from '../errors.js';
import { type Database, openDatabase } from '../drivers/database.js';
import { parseDatabaseUrl } from '../drivers/database-url.js';
import { holdSqlite, openReadOnlySqlite } from '../drivers/sqlite.js';
import { asStoreFault } from '../drivers/sqlite-faults.js';
import { EPOCH, setMeta } from '../migrations/meta.js';
import { migrate } from '../migrations/migrate.js';
import { syncFile } from './backup.js';
import { type BackupEntry, readPostgresBackup, type TableStart } from './postgres-backup.js';
import { COORDINATION_TABLES, NUMBERED, TABLES } from './tables.js';

export interface RestoreSummary {
  recordings: number;
  observations: number;
  /** Where the store is that was there before; null where there was none, or where it was replaced in one transaction. */
  replaced: string | null;
}

/** Rows that are written back at once. */
const BATCH = 200;

const SQLITE_FILES = ['', '-wal', '-shm'];

/** Throws BackupInvalidError unless the file is an intact SQLite store. */
function checkSqliteBackup(path: string): void {
  let problem: string | null = null;
  try {
    const database = openReadOnlySqlite(path);
    try {
      const check = database.prepare('pragma integrity_check').all() as { integrity_check: string }[];
      const [first] = check;
      if (first?.integrity_check !== 'ok')
        problem = `its check reports: ${first?.integrity_check ?? 'nothing'}`;
      const tables = database.prepare("select name from sqlite_master where type = 'table'").all() as {
        name: string;
      }[];
      const names = new Set(tables.map(({ name }) => name));
      if (!['kysely_migration', 'meta', 'observations', 'recordings'].every((name) => names.has(name))) {
        problem ??= 'it is not a store of this gateway';
      }
    } finally {
      database.close();
    }
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  if (problem !== null) throw new BackupInvalidError(path, problem);
}

/** The copy of a backup that is checked before it takes the place of the store. */
const restoringOf = (store: string, suffix = '') => `${store}.restoring${suffix}`;

/** Puts a checked copy of the backup in the place of the store. What the store left behind is kept under another name. */
function replaceSqlite(store: string, backup: string, now: Date): string | null {
  const restoring = restoringOf(store);
  for (const suffix of SQLITE_FILES) rmSync(restoringOf(store, suffix), { force: true });
  mkdirSync(dirname(store), { recursive: true });
  copyFileSync(backup, restoring);
  syncFile(restoring);
  checkSqliteBackup(restoring);
  for (const suffix of SQLITE_FILES.slice(1)) rmSync(restoringOf(store, suffix), { force: true });
  const replaced = `${store}.replaced-${now.toISOString().replaceAll(/[:.]/g, '-')}`;
  const wasThere = existsSync(store);
  // The write-ahead log belongs to the old file: SQLite would apply it to whatever stands under the same name.
  for (const suffix of SQLITE_FILES.toReversed()) {
    if (existsSync(`${store}${suffix}`)) renameSync(`${store}${suffix}`, `${replaced}${suffix}`);
  }
  renameSync(restoring, store);
  syncFile(store);
  return wasThere ? replaced : null;
}

/** Throws BackupInvalidError or StoreFaultError, and leaves the store as it was. */
function restoreSqlite(store: string, backup: string, now: Date): string | null {
  const lock = holdSqlite(store);
  try {
    checkSqliteBackup(backup);
    return replaceSqlite(store, backup, now);
  } catch (error) {
    // On a full disk the copy is what fills it.
    for (const suffix of SQLITE_FILES) rmSync(restoringOf(store, suffix), { force: true });
    throw error instanceof BackupInvalidError ? error : asStoreFault(store, error);
  } finally {
    lock.release();
  }
}

async function insert(database: Database['kysely'], { table, columns }: TableStart, rows: BackupEntry[]) {
  if (rows.length === 0) return;
  const names = sql.join(columns.map((column) => sql.ref(column)));
  const values = (rows as (string | null)[][]).map((row) => sql`(${sql.join(row)})`);
  await sql`insert into ${sql.table(table)} (${names}) overriding system value values ${sql.join(values)}`.execute(
    database,
  );
}

/** Writes the tables back in one transaction: a restore that fails or is cut short changes nothing. */
async function writeTables(database: Database['kysely'], path: string): Promise<void> {
  let table: TableStart | null = null;
  let rows: BackupEntry[] = [];
  for await (const entry of readPostgresBackup(path)) {
    if (!Array.isArray(entry)) {
      if (table !== null) await insert(database, table, rows);
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

async function restorePostgres(database: Database, path: string): Promise<void> {
  // Reads the whole file first, so that one that is not intact changes nothing.
  const version = await versionOf(path);
  await database.migrating(async (kysely) => {
    await kysely.transaction().execute(async (transaction) => {
      for (const table of [...TABLES, ...COORDINATION_TABLES]) {
        await sql`drop table if exists ${sql.table(table)} cascade`.execute(transaction);
      }
      await migrate(database, { to: version, within: transaction });
      for (const table of ['kysely_migration', 'meta']) {
        await sql`delete from ${sql.table(table)}`.execute(transaction);
      }
      await writeTables(transaction, path);
      for (const [table, column] of Object.entries(NUMBERED)) {
        await sql`select setval(pg_get_serial_sequence(${sql.lit(table)}, ${sql.lit(column)}),
          (select coalesce(max(${sql.ref(column)}), 0) + 1 from ${sql.table(table)}), false)
          where to_regclass(${sql.lit(table)}) is not null`.execute(transaction);
      }
    });
  });
}

async function countOf(database: Database, table: 'recordings' | 'observations'): Promise<number> {
  const row = await database.kysely
    .selectFrom(table)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/**
 * Replaces a store by a backup of it, brings it to this version and begins a new epoch, so that cursors from before
 * expire. Throws StoreHeldError while a gateway runs on the store.
 */
export async function restore(
  databaseUrl: string,
  path: string,
  { epoch, now }: { epoch: string; now: Date },
): Promise<RestoreSummary> {
  if (!existsSync(path)) throw new BackupInvalidError(path, 'the file does not exist');
  const address = parseDatabaseUrl(databaseUrl);
  const replaced = address.kind === 'SQLite' ? restoreSqlite(address.path, path, now) : null;
  const database = openDatabase(databaseUrl);
  try {
    await database.hold('alone');
    if (address.kind === 'PostgreSQL') await restorePostgres(database, path);
    await migrate(database);
    await setMeta(database.kysely, EPOCH, epoch);
    return {
      recordings: await countOf(database, 'recordings'),
      observations: await countOf(database, 'observations'),
      replaced,
    };
  } finally {
    await database.close();
  }
}
