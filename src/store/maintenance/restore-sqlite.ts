import { createReadStream, createWriteStream, existsSync, realpathSync, rmSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { sql } from 'kysely';
import { openDatabase } from '../drivers/database.js';
import { holdSqlite, openHeldSqlite, openReadOnlySqlite } from '../drivers/sqlite.js';
import { asStoreFault } from '../drivers/sqlite-faults.js';
import { storeFile } from '../drivers/sqlite-file.js';
import { copyOf, filesOf, replaceStore } from '../drivers/sqlite-replacement.js';
import {
  BackupInvalidError,
  BackupUnfitError,
  BackupUnreadableError,
  StoreFaultError,
  StoreUnavailableError,
} from '../errors.js';
import { examineOwner, type OwnAppIds } from '../migrations/examine.js';
import { EPOCH, setMeta } from '../migrations/meta.js';
import { migrate } from '../migrations/migrate.js';
import { syncFile } from './backup.js';
import { asBackupError } from './backup-errors.js';
import { countRows, type RestoreOptions, type RestoreSummary } from './restore-summary.js';

/** The copy with all that belongs to it, of an earlier restore too. */
const filesOfCopy = (store: string) => filesOf(copyOf(store));

function removeCopy(store: string): void {
  for (const file of filesOfCopy(store)) rmSync(file, { force: true });
}

const isCorrupt = (error: unknown) =>
  (error instanceof StoreFaultError || error instanceof StoreUnavailableError) && error.kind === 'corrupt';

/** Throws unless the store that is there may be replaced: it is the operator's own, and no other process has it open. */
async function assertReplaceable(store: string, appIds: OwnAppIds): Promise<void> {
  if (!existsSync(store)) return;
  try {
    const database = openHeldSqlite(store, { onFailure: () => undefined });
    try {
      await database.hold('alone');
      await examineOwner(database.kysely, database, appIds);
    } finally {
      await database.close();
    }
  } catch (error) {
    // A corrupt store is what a backup is for, and it is kept.
    if (!isCorrupt(error)) throw error;
  }
}

async function copyFile(from: string, to: string): Promise<void> {
  try {
    await pipeline(createReadStream(from), createWriteStream(to));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === 'write') throw error;
    throw new BackupUnreadableError(from, error);
  }
}

/** Throws BackupInvalidError unless the copy of a backup is an intact SQLite store. */
function checkCopy(copy: string, backup: string): void {
  let problem: string | null = null;
  try {
    const database = openReadOnlySqlite(copy);
    try {
      const check = database.prepare('pragma integrity_check').all() as { integrity_check: string }[];
      const [first] = check;
      if (first?.integrity_check !== 'ok')
        problem = `its check reports: ${first?.integrity_check ?? 'nothing'}`;
      const table: unknown = database
        .prepare("select 1 from sqlite_master where name = 'kysely_migration'")
        .get();
      if (table === undefined) problem ??= 'it is not a store of this gateway';
    } finally {
      database.close();
    }
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  if (problem !== null) throw new BackupInvalidError(backup, problem);
}

/** Brings the copy to this version and begins the new epoch; afterwards all of it is in its one file. */
async function prepareCopy(
  copy: string,
  { epoch, appIds, onUnreadable }: RestoreOptions,
): Promise<Omit<RestoreSummary, 'replaced'>> {
  const database = openDatabase(`file:${copy}`);
  try {
    await migrate(database, { appIds, onUnreadable });
    await setMeta(database.kysely, EPOCH, epoch);
    const counts = await countRows(database.kysely);
    const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(database.kysely);
    if (rows[0]?.busy !== 0) throw new Error(`Another process uses ${copy}.`);
    return counts;
  } finally {
    await database.close();
  }
}

async function prepare(store: string, backup: string, options: RestoreOptions) {
  const copy = copyOf(store);
  // A backup has no log; a snapshot of a volume may have one.
  for (const suffix of ['', '-wal'])
    if (existsSync(`${backup}${suffix}`)) await copyFile(`${backup}${suffix}`, `${copy}${suffix}`);
  checkCopy(copy, backup);
  try {
    return await prepareCopy(copy, options);
  } catch (error) {
    throw asBackupError(backup, error);
  }
}

/** Until the prepared copy takes the place of the store, in one step, nothing of what the store holds is changed. */
export async function restoreSqlite(
  path: string,
  backup: string,
  options: RestoreOptions,
): Promise<RestoreSummary> {
  const store = storeFile(path);
  if (filesOfCopy(store).some((file) => existsSync(file) && realpathSync(file) === realpathSync(backup)))
    throw new BackupUnfitError(backup, 'files of this name are removed by a restore. Rename it first');
  const lock = holdSqlite(store);
  try {
    await assertReplaceable(store, options.appIds);
    removeCopy(store);
    try {
      const counts = await prepare(store, backup, options);
      syncFile(copyOf(store));
      return { ...counts, ...replaceStore(store, copyOf(store), options.now) };
    } finally {
      // On a full disk the copy is what fills it.
      removeCopy(store);
    }
  } catch (error) {
    throw asStoreFault(store, error);
  } finally {
    lock.release();
  }
}
