import { openToRead } from '../drivers/database.js';
import { parseDatabaseUrl } from '../drivers/database-url.js';
import { assertSqliteUsable } from '../drivers/sqlite.js';
import { sqliteStoreExists } from '../drivers/sqlite-replacement.js';
import { examineSnapshot, pendingOf } from '../migrations/examine.js';
import { VERSIONS } from '../migrations/migrations.js';
import { type StoreAddress } from './store-address.js';

/** What is known of a store without opening it as a gateway does. */
export interface StoreInspection {
  /** The version that it has; null if it is empty or does not exist yet. */
  version: string | null;
  /** Versions that the next start migrates it through. */
  pending: readonly string[];
}

/**
 * Whether a gateway of this release would start on a store; changes nothing, and gateways may run. Throws what a start would
 * throw, except for what only writing shows, as a full disk.
 */
export async function inspectStore({ databaseUrl, appIds }: StoreAddress): Promise<StoreInspection> {
  const address = parseDatabaseUrl(databaseUrl);
  if (address.kind === 'SQLite' && !sqliteStoreExists(address.path)) {
    assertSqliteUsable(address.path);
    return { version: null, pending: VERSIONS };
  }
  const database = openToRead(databaseUrl);
  try {
    const examined = await examineSnapshot(database, appIds);
    const pending = pendingOf(examined);
    await database.assertUsable(database.kysely, { isComplete: pending.length === 0 });
    return { version: examined.applied.at(-1) ?? null, pending };
  } finally {
    await database.close();
  }
}
