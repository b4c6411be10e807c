import { type Environment } from '../settings/environment.js';
import { requireSettings, type Settings } from '../settings/settings.js';
import { parseDatabaseUrl } from '../store/drivers/database-url.js';
import { sqliteStoreExists } from '../store/drivers/sqlite-replacement.js';
import { type StoreAddress } from '../store/maintenance/store-address.js';
import { UsageError } from './arguments.js';

/** The store that the settings name. */
export function storeOf({ databaseUrl, agora }: Settings): StoreAddress {
  return {
    databaseUrl: databaseUrl.reveal(),
    appIds: agora === null ? null : agora.projects.map(({ appId }) => appId),
  };
}

/** The store of the settings, which must exist: a command for operators creates none. */
export function existingStore(environment: Environment): StoreAddress {
  const store = storeOf(requireSettings(environment));
  const address = parseDatabaseUrl(store.databaseUrl);
  if (address.kind === 'SQLite' && !sqliteStoreExists(address.path))
    throw new UsageError(`No store found at ${address.path}. Check DATABASE_URL.`);
  return store;
}
