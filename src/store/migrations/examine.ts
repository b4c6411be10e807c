import { type Kysely, sql } from 'kysely';
import { type Database } from '../drivers/database.js';
import { NotAStoreError, StoreOlderError } from '../errors.js';
import { assertOwn, knownAppIds, newerThanKnown, NEEDS } from './meta.js';
import { VERSIONS } from './migrations.js';
import { type Schema } from './schema.js';
import { isTableOf, TABLES } from './tables.js';

/** What was found in a database. */
export interface Examined {
  /** The tables of the store that are there. */
  tables: ReadonlySet<string>;
  /** The versions that were applied, in order; empty for a database without a store. Later releases may have added some. */
  applied: readonly string[];
  /** The oldest version that a gateway must know; null if none is needed. */
  needed: string | null;
}

/** The App IDs that are configured; null where no Agora project is. */
export type OwnAppIds = readonly string[] | null;

type On = Pick<Database, 'shared'>;

/** Names of tables where the gateway makes its own. Views and what lies in other schemas are not the gateway's. */
const TABLES_OF_POSTGRES = sql<{ name: string }>`select relname as name from pg_class
  join pg_namespace on pg_namespace.oid = relnamespace where nspname = current_schema() and relkind in ('r', 'p')`;
const TABLES_OF_SQLITE = sql<{ name: string }>`select name from sqlite_master where type = 'table'`;

async function appliedTo(database: Kysely<Schema>): Promise<string[]> {
  const { rows } = await sql<{
    name: string;
  }>`select name from kysely_migration order by name`.execute(database);
  return rows.map(({ name }) => name);
}

async function neededBy(database: Kysely<Schema>): Promise<string | null> {
  const row = await database.selectFrom('meta').select('value').where('key', '=', NEEDS).executeTakeFirst();
  return row?.value ?? null;
}

/** Throws where a table of a gateway's name is not that of a store with these versions. */
function assertNoForeignTables(
  tables: ReadonlySet<string>,
  applied: readonly string[],
  { shared }: On,
): void {
  const foreign = TABLES.find((table) => tables.has(table.name) && !isTableOf(table, applied, shared));
  if (foreign !== undefined) throw new NotAStoreError(`its table ${foreign.name} was not made by a gateway`);
}

/**
 * Whose a database is: throws NotAStoreError if tables are in it that a gateway would take for its own, and OtherAgoraError
 * if the store belongs to other Agora projects only. An empty database belongs to anyone, and one whose tables are damaged
 * to those that the rest of them names.
 */
export async function examineOwner(database: Kysely<Schema>, on: On, appIds: OwnAppIds): Promise<Examined> {
  const { rows } = await (on.shared ? TABLES_OF_POSTGRES : TABLES_OF_SQLITE).execute(database);
  const names = new Set(rows.map(({ name }) => name));
  const tables = new Set(TABLES.map(({ name }) => name).filter((name) => names.has(name)));
  const applied = tables.has('kysely_migration') ? await appliedTo(database) : [];
  // The library that migrated before makes its table first.
  const isEmpty = applied.length === 0 && [...tables].every((name) => name === 'kysely_migration');
  if (isEmpty) return { tables, applied, needed: null };
  assertNoForeignTables(tables, applied, on);
  if (appIds !== null) {
    // A list that cannot be read is reported when the gateway claims the store.
    const known = await knownAppIds(database, tables, () => undefined);
    assertOwn(appIds, known);
  }
  return { tables, applied, needed: tables.has('meta') ? await neededBy(database) : null };
}

/**
 * Whether a gateway of this release can work on a database, and who may; the one check of every start and command. Changes
 * nothing. Throws what `examineOwner` does, StoreNewerError, and NotAStoreError for a store that lacks a table.
 */
export async function examine(database: Kysely<Schema>, on: On, appIds: OwnAppIds): Promise<Examined> {
  const examined = await examineOwner(database, on, appIds);
  const newer = newerThanKnown(examined.needed);
  if (newer !== null) throw newer;
  const lacking = TABLES.find(
    (table) => isTableOf(table, examined.applied, on.shared) && !examined.tables.has(table.name),
  );
  if (lacking !== undefined) throw NotAStoreError.lacking(lacking.name);
  return examined;
}

/** The same at one moment, next to gateways that may be migrating it. */
export async function examineSnapshot(
  { kysely, shared }: Pick<Database, 'kysely' | 'shared'>,
  appIds: OwnAppIds,
): Promise<Examined> {
  return await kysely
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((transaction) => examine(transaction, { shared }, appIds));
}

/** Versions of this release that a store does not have yet. */
export function pendingOf({ applied }: Examined): string[] {
  return VERSIONS.filter((name) => !applied.includes(name));
}

/** Throws NotAStoreError for a database that holds no store yet. */
export function assertStore({ applied }: Examined): void {
  if (applied.length === 0) throw NotAStoreError.lacking('kysely_migration');
}

/** Throws StoreOlderError for a store that is to be migrated first. */
export function assertUpToDate(examined: Examined): void {
  const last = pendingOf(examined).at(-1);
  if (last !== undefined) throw new StoreOlderError(examined.applied.at(-1) ?? '', last);
}
