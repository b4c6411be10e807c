import { assertStore, examineSnapshot } from '../migrations/examine.js';
import { EPOCH, setMeta } from '../migrations/meta.js';
import { migrate } from '../migrations/migrate.js';
import { type ReportUnreadable } from '../stored-json.js';
import { type StoreAddress, withStore } from './store-address.js';

/**
 * Begins a new epoch in a store that was restored from a backup: cursors that were given out before expire. Throws what
 * `examine` does, and NotAStoreError for an empty database.
 */
export async function beginEpoch(
  address: StoreAddress,
  epoch: string,
  onUnreadable: ReportUnreadable,
): Promise<void> {
  await withStore(address, 'alone', async (database) => {
    assertStore(await examineSnapshot(database, address.appIds));
    await migrate(database, { appIds: address.appIds, onUnreadable });
    await setMeta(database.kysely, EPOCH, epoch);
  });
}
