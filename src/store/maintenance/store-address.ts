import { type Database, openDatabase } from '../drivers/database.js';
import { type OwnAppIds } from '../migrations/examine.js';

/** The store that the settings name. */
export interface StoreAddress {
  databaseUrl: string;
  /** The App IDs to which it must belong; null where no Agora project is configured. */
  appIds: OwnAppIds;
}

/**
 * Opens a store for a command and holds it meanwhile: next to gateways, or alone. Throws StoreHeldError where that is not
 * possible.
 */
export async function withStore<T>(
  { databaseUrl }: Pick<StoreAddress, 'databaseUrl'>,
  as: Parameters<Database['hold']>[0],
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const database = openDatabase(databaseUrl);
  try {
    await database.hold(as);
    return await work(database);
  } finally {
    await database.close();
  }
}
