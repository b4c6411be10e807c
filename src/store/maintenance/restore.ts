import { closeSync, fstatSync, openSync } from 'node:fs';
import { parseDatabaseUrl } from '../drivers/database-url.js';
import { BackupUnfitError, BackupUnreadableError } from '../errors.js';
import { restorePostgres } from './restore-postgres.js';
import { restoreSqlite } from './restore-sqlite.js';
import { type RestoreOptions, type RestoreSummary } from './restore-summary.js';
import { type StoreAddress } from './store-address.js';

/** Throws unless there is a file that can be read. */
function assertFile(path: string): void {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    if (fstatSync(file).isDirectory()) throw new BackupUnfitError(path, 'it is a folder');
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
  assertFile(path);
  const address = parseDatabaseUrl(store.databaseUrl);
  const owned = { ...options, appIds: store.appIds };
  return address.kind === 'SQLite'
    ? await restoreSqlite(address.path, path, owned)
    : await restorePostgres(address.url, path, owned);
}
