import { type Kysely } from 'kysely';
import * as z from 'zod';
import { OtherAgoraError, StoreNewerError, StoreUnavailableError } from '../errors.js';
import { parseStored, type ReportUnreadable, StoredValueError } from '../stored-json.js';
import { VERSIONS } from './migrations.js';
import { type Schema } from './schema.js';

/** The value kept under a key; the first one offered stays for good. */
async function keep(database: Kysely<Schema>, key: string, offered: string): Promise<string> {
  await database
    .insertInto('meta')
    .values({ key, value: offered })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { value } = await database
    .selectFrom('meta')
    .select('value')
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  return value;
}

export async function setMeta(database: Kysely<Schema>, key: string, value: string): Promise<void> {
  await database
    .insertInto('meta')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}

/** What the store remembers of itself. */
export interface Identity {
  /** The key with which inputs are hashed. */
  inputKey: string;
  /** Changes when a backup was restored: cursors of before it do not fit. */
  epoch: string;
  /** The name under which all gateways on the store share the budget of calls to Agora. */
  budget: string;
}

export const EPOCH = 'epoch';

/** The oldest version that a gateway must know to work on this store: the latest `contract` migration. */
export const NEEDS = 'needs-version';

/**
 * The tables of the store, as a JSON list, from the release that migrated it last. An earlier release, which does not know
 * all of them, removes them when it restores a backup.
 */
const STORE_TABLES = 'tables';

export async function keepTables(database: Kysely<Schema>, tables: readonly string[]): Promise<void> {
  await setMeta(database, STORE_TABLES, JSON.stringify(tables));
}

/** The tables that the store lists as its own; none if it lists none that can be read. */
export async function listedTables(database: Kysely<Schema>): Promise<string[]> {
  const row = await database
    .selectFrom('meta')
    .select('value')
    .where('key', '=', STORE_TABLES)
    .executeTakeFirst();
  return z.array(z.string()).safeParse(parseStored(row?.value ?? '[]')).data ?? [];
}

/** The error for a store that needs a version which this release does not know; null if it knows it, or none is needed. */
export function newerThanKnown(needed: string | null): StoreNewerError | null {
  return needed === null || VERSIONS.includes(needed)
    ? null
    : new StoreNewerError(needed, VERSIONS.at(-1) ?? '');
}

/** Why a gateway that opened the store in `epoch` cannot work on it any more; null if it can. */
export function movedBeyond(
  meta: ReadonlyMap<string, string>,
  epoch: string | null,
): StoreUnavailableError | null {
  const newer = newerThanKnown(meta.get(NEEDS) ?? null);
  if (newer !== null) return new StoreUnavailableError(newer, 'newer');
  if (epoch === null || meta.get(EPOCH) === epoch) return null;
  const cause = new Error(
    'The store was restored, or has begun a new epoch, while this gateway ran. Restart it.',
  );
  return new StoreUnavailableError(cause, 'new-epoch');
}

/** The position up to which parts of the log are gone, as a number in decimals. */
export const HORIZON = 'horizon';

/** The App IDs of the projects that the store has served, as a JSON list in order. Another form would have another key. */
export const APP_IDS = 'app-ids';

function readAppIds(text: string, report: ReportUnreadable): string[] | null {
  const { success, data } = z.array(z.string()).safeParse(parseStored(text));
  if (success) return data;
  report(
    new StoredValueError({ table: 'meta', column: 'value' }, APP_IDS, 'it is not a JSON list of App IDs'),
  );
  return null;
}

/** Throws OtherAgoraError if a store with these App IDs belongs to other projects only. */
export function assertOwn(appIds: readonly string[], known: readonly string[]): void {
  if (known.length > 0 && !appIds.some((appId) => known.includes(appId)))
    throw new OtherAgoraError(appIds, known);
}

/**
 * The App IDs of the projects that a store with these tables has served: those that it lists, else those that its recordings
 * and starts show.
 */
export async function knownAppIds(
  database: Kysely<Schema>,
  tables: ReadonlySet<string>,
  report: ReportUnreadable,
): Promise<string[]> {
  if (tables.has('meta')) {
    const row = await database
      .selectFrom('meta')
      .select('value')
      .where('key', '=', APP_IDS)
      .executeTakeFirst();
    const listed = row === undefined ? null : readAppIds(row.value, report);
    if (listed !== null) return listed;
  }
  const found = new Set<string>();
  for (const table of ['recordings', 'start_attempts'] as const) {
    if (!tables.has(table)) continue;
    const rows = await database.selectFrom(table).select('app_id').distinct().execute();
    for (const { app_id: appId } of rows) found.add(appId);
  }
  return [...found].sort();
}

const TABLES_OF_PROJECTS: ReadonlySet<string> = new Set(['meta', 'recordings', 'start_attempts']);

/**
 * Binds the store to Agora projects. A store that knows some belongs to every configuration that has one of them, so that
 * projects can be added and removed while customer IDs come and go. Throws OtherAgoraError for any other configuration.
 */
async function claim(
  database: Kysely<Schema>,
  appIds: readonly string[],
  report: ReportUnreadable,
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const known = await knownAppIds(transaction, TABLES_OF_PROJECTS, report);
    assertOwn(appIds, known);
    const value = JSON.stringify([...new Set([...known, ...appIds])].sort());
    const row = await transaction
      .selectFrom('meta')
      .select('value')
      .where('key', '=', APP_IDS)
      .executeTakeFirst();
    if (value !== row?.value) await setMeta(transaction, APP_IDS, value);
  });
}

/** Binds a new store to the configured Agora projects, or checks that a known one belongs to them. */
export async function identify(
  database: Kysely<Schema>,
  appIds: readonly string[],
  mintKey: () => string,
  report: ReportUnreadable,
): Promise<Identity> {
  await claim(database, appIds, report);
  return {
    inputKey: await keep(database, 'input-key', mintKey()),
    epoch: await keep(database, EPOCH, mintKey()),
    // Earlier versions kept a customer ID here, under which their gateways share the budget.
    budget: await keep(database, 'agora', appIds[0] ?? ''),
  };
}
