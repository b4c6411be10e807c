import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { type DatabaseAddress, parseDatabaseUrl } from '../drivers/database-url.js';
import { BackupUnfitError, BackupUnreadableError } from '../errors.js';
import { restorePostgres } from './restore-postgres.js';
import { restoreSqlite } from './restore-sqlite.js';
import { type RestoreOptions, type RestoreSummary } from './restore-summary.js';
import { type StoreAddress } from './store-address.js';

/** How the backups of each database begin: the header of a SQLite file, and the number by which gzip is known. */
const BEGINNINGS = [
  { kind: 'SQLite', beginning: Buffer.from('SQLite format 3\0', 'latin1') },
  { kind: 'PostgreSQL', beginning: Buffer.from([0x1f, 0x8b]) },
] as const;

/** Throws unless there is a file that can be read, and is not a backup of the other kind of database. */
function assertFile(path: string, kind: DatabaseAddress['kind']): void {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const stat = fstatSync(file);
    if (stat.isDirectory()) throw new BackupUnfitError(path, 'it is a folder');
    // It is read more than once.
    if (!stat.isFile()) throw new BackupUnfitError(path, 'it is not a regular file');
    const head = Buffer.alloc(16);
    readSync(file, head);
    const other = BEGINNINGS.find((each) => each.kind !== kind && head.indexOf(each.beginning) === 0);
    if (other !== undefined)
      throw new BackupUnfitError(
        path,
        `it looks like the backup of a store on ${other.kind}, and DATABASE_URL names one on ${kind}`,
      );
  } catch (error) {
    if (error instanceof BackupUnfitError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new BackupUnfitError(path, 'the file does not exist');
    throw new BackupUnreadableError(path, error);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/**
 * Replaces a store by a backup of it, brings it to this version and begins a new epoch, so that cursors from before
 * expire. Whatever interrupts it, the store is the one of before or the restored one. Throws StoreHeldError while a gateway
 * runs on the store, what `examineOwner` does of the store that is there, BackupInvalidError, BackupUnreadableError,
 * BackupUnfitError, StoreFaultError, or StoreUnavailableError; the store is then as it was.
 */
export async function restore(
  store: StoreAddress,
  path: string,
  options: Omit<RestoreOptions, 'appIds'>,
): Promise<RestoreSummary> {
  const address = parseDatabaseUrl(store.databaseUrl);
  assertFile(path, address.kind);
  const owned = { ...options, appIds: store.appIds };
  return address.kind === 'SQLite'
    ? await restoreSqlite(address.path, path, owned)
    : await restorePostgres(address.url, path, owned);
}
