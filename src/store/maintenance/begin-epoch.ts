import { openDatabase } from '../drivers/database.js';
import { EPOCH, setMeta } from '../migrations/meta.js';
import { migrate } from '../migrations/migrate.js';
import { type ReportUnreadable } from '../stored-json.js';

/** Begins a new epoch in a store that was restored from a backup: cursors that were given out before expire. */
export async function beginEpoch(
  databaseUrl: string,
  epoch: string,
  onUnreadable: ReportUnreadable,
): Promise<void> {
  const database = openDatabase(databaseUrl);
  try {
    await database.hold('alone');
    await migrate(database, { onUnreadable });
    await setMeta(database.kysely, EPOCH, epoch);
  } finally {
    await database.close();
  }
}
