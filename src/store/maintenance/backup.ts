import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { sql } from 'kysely';
import { parseDatabaseUrl } from '../drivers/database-url.js';
import { openToRead, type ReadableDatabase } from '../drivers/database.js';
import {
  BackupExistsError,
  BackupMisplacedError,
  BackupUnderWayError,
  StoreFaultError,
  StoreNewerError,
  StoreUnavailableError,
} from '../errors.js';
import { asStoreFault } from '../drivers/sqlite-faults.js';
import { isNameOfStore } from '../drivers/sqlite-replacement.js';
import { letCopyGiveBack } from '../drivers/sqlite-space.js';
import { assertStore, examineSnapshot, type OwnAppIds } from '../migrations/examine.js';
import { VERSIONS } from '../migrations/migrations.js';
import { writePostgresBackup } from './postgres-backup.js';
import { countRows } from './restore-summary.js';
import { type StoreAddress } from './store-address.js';

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

/** Throws unless the database holds a store of the operator's own, all of whose tables this release knows. */
async function assertBackupPossible(database: ReadableDatabase, appIds: OwnAppIds): Promise<void> {
  const examined = await examineSnapshot(database, appIds);
  assertStore(examined);
  const unknown = examined.applied.find((version) => !VERSIONS.includes(version));
  // A SQLite store is copied as a whole.
  if (unknown !== undefined && database.shared) throw new StoreNewerError(unknown, VERSIONS.at(-1) ?? '');
}

async function copySqlite(
  { kysely }: ReadableDatabase,
  target: string,
): Promise<Pick<BackupSummary, 'recordings' | 'observations'>> {
  // One read transaction: a consistent copy, without the space that deleted rows left.
  try {
    await letCopyGiveBack(kysely);
    await sql`vacuum into ${sql.lit(target)}`.execute(kysely);
  } catch (error) {
    // Any fault but this is one of writing the copy.
    throw error instanceof StoreUnavailableError && error.kind !== 'corrupt' ? error.cause : error;
  }
  const copy = openToRead(`file:${target}`);
  try {
    return await countRows(copy.kysely);
  } finally {
    await copy.close();
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
 * a PostgreSQL store a compressed file in the format of this project. Throws what `examine` does, BackupExistsError,
 * BackupMisplacedError, BackupUnderWayError, StoreFaultError for the store or the file, or StoreUnavailableError.
 */
export async function backUp({ databaseUrl, appIds }: StoreAddress, path: string): Promise<BackupSummary> {
  const address = parseDatabaseUrl(databaseUrl);
  if (address.kind === 'SQLite' && isNameOfStore(address.path, path)) throw new BackupMisplacedError(path);
  const writing = `${path}.incomplete`;
  reserve(writing);
  try {
    if (existsSync(path)) throw new BackupExistsError(path);
    const database = openToRead(databaseUrl);
    try {
      await assertBackupPossible(database, appIds);
      const counts = database.shared
        ? await writePostgresBackup(databaseUrl, writing)
        : await copySqlite(database, writing);
      syncFile(writing);
      renameSync(writing, path);
      syncFile(path);
      return { path, bytes: statSync(path).size, ...counts };
    } finally {
      await database.close();
    }
  } catch (error) {
    rmSync(writing, { force: true });
    throw error instanceof StoreFaultError ? error : asStoreFault(path, error);
  }
}
