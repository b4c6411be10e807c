import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { BackupExistsError, BackupUnderWayError, NotAStoreError, StoreFaultError } from '../errors.js';
import { parseDatabaseUrl } from '../drivers/database-url.js';
import { openReadOnlySqlite, openSqliteStoreToRead } from '../drivers/sqlite.js';
import { asStoreFault, faultOf } from '../drivers/sqlite-faults.js';
import { writePostgresBackup } from './postgres-backup.js';
import { ESSENTIAL_TABLES } from './tables.js';

/** What a backup holds. */
export interface BackupSummary {
  path: string;
  bytes: number;
  recordings: number;
  observations: number;
}

/** Makes what was written to a file, and its name, survive the loss of power. */
export function syncFile(path: string): void {
  for (const each of [path, dirname(path)]) {
    const file = openSync(each, 'r');
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }
}

function backUpSqlite(source: string, target: string): { recordings: number; observations: number } {
  const database = openSqliteStoreToRead(source);
  try {
    for (const table of ESSENTIAL_TABLES) {
      const found: unknown = database.prepare('select 1 from sqlite_master where name = ?').get(table);
      if (found === undefined) throw new NotAStoreError(table);
    }
    // One read transaction: a consistent copy, without the space that deleted rows left.
    database.exec(`vacuum into '${target.replaceAll("'", "''")}'`);
  } catch (error) {
    // Any other fault is one of writing the copy.
    if (faultOf(error) === 'corrupt') throw new StoreFaultError(source, 'corrupt', error);
    throw error;
  } finally {
    database.close();
  }
  const copy = openReadOnlySqlite(target);
  const count = (table: string) =>
    (copy.prepare(`select count(*) as count from ${table}`).get() as { count: number }).count;
  try {
    return { recordings: count('recordings'), observations: count('observations') };
  } finally {
    copy.close();
  }
}

/** Makes the file that a backup is written to, which no other backup may be writing. */
function reserve(path: string): void {
  try {
    closeSync(openSync(path, 'wx'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw new BackupUnderWayError(path);
    throw asStoreFault(path, error);
  }
}

/**
 * Writes a consistent copy of a store to a new file, while gateways may run on it. A SQLite store becomes a SQLite file,
 * a PostgreSQL store a compressed file in the format of this project. Throws BackupExistsError,
 * BackupUnderWayError, NotAStoreError, StoreFaultError for the store or the file, or StoreUnavailableError.
 */
export async function backUp(databaseUrl: string, path: string): Promise<BackupSummary> {
  const writing = `${path}.incomplete`;
  reserve(writing);
  try {
    if (existsSync(path)) throw new BackupExistsError(path);
    const address = parseDatabaseUrl(databaseUrl);
    const counts =
      address.kind === 'PostgreSQL'
        ? await writePostgresBackup(address.url, writing)
        : backUpSqlite(address.path, writing);
    syncFile(writing);
    renameSync(writing, path);
    syncFile(path);
    return { path, bytes: statSync(path).size, ...counts };
  } catch (error) {
    rmSync(writing, { force: true });
    throw error instanceof StoreFaultError ? error : asStoreFault(path, error);
  }
}
