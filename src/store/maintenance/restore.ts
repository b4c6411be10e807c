import { existsSync } from 'node:fs';
import { parseDatabaseUrl } from '../drivers/database-url.js';
import { BackupInvalidError } from '../errors.js';
import { restorePostgres } from './restore-postgres.js';
import { restoreSqlite } from './restore-sqlite.js';
import { type RestoreOptions, type RestoreSummary } from './restore-summary.js';

/**
 * Replaces a store by a backup of it, brings it to this version and begins a new epoch, so that cursors from before
 * expire. Whatever interrupts it, the store is the one of before or the restored one. Throws StoreHeldError while a gateway
 * runs on the store, BackupInvalidError, StoreNewerError for a backup of a later release, StoreFaultError, or
 * StoreUnavailableError; the store is then as it was.
 */
export async function restore(
  databaseUrl: string,
  path: string,
  options: RestoreOptions,
): Promise<RestoreSummary> {
  if (!existsSync(path)) throw new BackupInvalidError(path, 'the file does not exist');
  const address = parseDatabaseUrl(databaseUrl);
  return address.kind === 'SQLite'
    ? await restoreSqlite(address.path, path, options)
    : await restorePostgres(databaseUrl, path, options);
}
