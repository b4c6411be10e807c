import { sql } from 'kysely';
import { openDatabase } from '../drivers/database.js';
import { parseDatabaseUrl } from '../drivers/database-url.js';
import { openSqliteStoreToRead } from '../drivers/sqlite.js';
import { sqliteStoreExists } from '../drivers/sqlite-replacement.js';
import { asStoreFault } from '../drivers/sqlite-faults.js';
import { newerThanKnown, NEEDS } from '../migrations/meta.js';
import { VERSIONS } from '../migrations/migrations.js';

/** What is known of a store without opening it as a gateway does. */
export interface StoreInspection {
  /** The version that it has; null if it is empty or does not exist yet. */
  version: string | null;
  /** Versions that the next start migrates it through. */
  pending: readonly string[];
}

interface Rows {
  applied: readonly string[];
  needed: string | null;
}

const NOTHING: Rows = { applied: [], needed: null };

const APPLIED = 'select name from kysely_migration order by name';
const NEEDED = `select value from meta where key = '${NEEDS}'`;

function readSqlite(path: string): Rows {
  if (!sqliteStoreExists(path)) return NOTHING;
  const database = openSqliteStoreToRead(path);
  try {
    const tables = database.prepare(`select name from sqlite_master where name = 'kysely_migration'`).all();
    if (tables.length === 0) return NOTHING;
    const applied = database.prepare(APPLIED).all() as { name: string }[];
    const [needed] = (applied.length === 0 ? [] : database.prepare(NEEDED).all()) as { value: string }[];
    return { applied: applied.map(({ name }) => name), needed: needed?.value ?? null };
  } catch (error) {
    throw asStoreFault(path, error);
  } finally {
    database.close();
  }
}

async function readPostgres(url: string): Promise<Rows> {
  const database = openDatabase(url);
  try {
    const read = async <R>(text: string) => (await sql.raw<R>(text).execute(database.kysely)).rows;
    const [table] = await read<{ name: string | null }>(`select to_regclass('kysely_migration') as name`);
    if (table?.name == null) return NOTHING;
    const applied = await read<{ name: string }>(APPLIED);
    const [needed] = applied.length === 0 ? [] : await read<{ value: string }>(NEEDED);
    return { applied: applied.map(({ name }) => name), needed: needed?.value ?? null };
  } finally {
    await database.close();
  }
}

/**
 * Whether a gateway of this release can work on a store; changes nothing, and gateways may run. Throws StoreNewerError,
 * StoreFaultError or StoreUnavailableError.
 */
export async function inspectStore(databaseUrl: string): Promise<StoreInspection> {
  const address = parseDatabaseUrl(databaseUrl);
  const { applied, needed } =
    address.kind === 'PostgreSQL' ? await readPostgres(address.url) : readSqlite(address.path);
  const newer = newerThanKnown(needed);
  if (newer !== null) throw newer;
  return { version: applied.at(-1) ?? null, pending: VERSIONS.filter((name) => !applied.includes(name)) };
}
