import { copyFileSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { sql } from 'kysely';
import { openDatabase } from '../drivers/database.js';
import { holdSqlite, openReadOnlySqlite } from '../drivers/sqlite.js';
import { asStoreFault } from '../drivers/sqlite-faults.js';
import { replaceStore } from '../drivers/sqlite-replacement.js';
import { BackupInvalidError } from '../errors.js';
import { EPOCH, setMeta } from '../migrations/meta.js';
import { migrate } from '../migrations/migrate.js';
import { syncFile } from './backup.js';
import { countRows, type RestoreOptions, type RestoreSummary } from './restore-summary.js';

/** The copy of a backup that is checked and brought to this version before it takes the place of the store. */
const copyOf = (store: string) => `${store}.restoring`;

/** Removes the copy with all that belongs to it, of an earlier restore too. */
function removeCopy(store: string): void {
  const prefix = basename(copyOf(store));
  for (const name of readdirSync(dirname(store))) {
    if (name.startsWith(prefix)) rmSync(join(dirname(store), name), { force: true });
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
  if (problem !== null) throw new BackupInvalidError(backup, problem);
}

/** Brings the copy to this version and begins the new epoch; afterwards all of it is in its one file. */
async function prepareCopy(
  copy: string,
  { epoch, onUnreadable }: RestoreOptions,
): Promise<Omit<RestoreSummary, 'replaced'>> {
  const database = openDatabase(`file:${copy}`);
  try {
    await migrate(database, { onUnreadable });
    await setMeta(database.kysely, EPOCH, epoch);
    const counts = await countRows(database.kysely);
    const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(database.kysely);
    if (rows[0]?.busy !== 0) throw new Error(`Another process uses ${copy}.`);
    return counts;
  } finally {
    await database.close();
  }
}

/** Until the prepared copy takes the place of the store, in one step, nothing of the store is changed. */
export async function restoreSqlite(
  store: string,
  backup: string,
  options: RestoreOptions,
): Promise<RestoreSummary> {
  const lock = holdSqlite(store);
  const copy = copyOf(store);
  try {
    removeCopy(store);
    // A backup has no log; a snapshot of a volume may have one.
    for (const suffix of ['', '-wal']) {
      if (existsSync(`${backup}${suffix}`)) copyFileSync(`${backup}${suffix}`, `${copy}${suffix}`);
    }
    checkCopy(copy, backup);
    const counts = await prepareCopy(copy, options);
    syncFile(copy);
    return { ...counts, ...replaceStore(store, copy, options.now) };
  } catch (error) {
    throw error instanceof BackupInvalidError ? error : asStoreFault(store, error);
  } finally {
    // On a full disk the copy is what fills it.
    removeCopy(store);
    lock.release();
  }
}
