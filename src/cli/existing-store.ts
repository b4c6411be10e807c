import { type Environment } from '../settings/environment.js';
import { requireSettings } from '../settings/settings.js';
import { parseDatabaseUrl } from '../store/drivers/database-url.js';
import { sqliteStoreExists } from '../store/drivers/sqlite-replacement.js';
import { UsageError } from './arguments.js';

/** DATABASE_URL of a store that exists: a command for operators creates none. */
export function existingStore(environment: Environment): string {
  const url = requireSettings(environment).databaseUrl.reveal();
  const address = parseDatabaseUrl(url);
  if (address.kind === 'SQLite' && !sqliteStoreExists(address.path))
    throw new UsageError(`No store found at ${address.path}. Check DATABASE_URL.`);
  return url;
}
