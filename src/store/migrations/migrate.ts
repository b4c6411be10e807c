import { type Kysely, type Transaction } from 'kysely';
import { type Database } from '../drivers/database.js';
import { StoreDeadlockError } from '../errors.js';
import { type ReportUnreadable } from '../stored-json.js';
import { examine, type OwnAppIds } from './examine.js';
import { keepTables, NEEDS } from './meta.js';
import { type Schema } from './schema.js';
import { MIGRATIONS, type Migration, VERSIONS } from './migrations.js';
import { isTableOf, TABLES } from './tables.js';

/**
 * A migration of tables that gateways use at the same time can end in a deadlock, which PostgreSQL resolves at the cost of
 * one transaction. After so many the start fails.
 */
const MAX_DEADLOCKS = 20;

/** How far the migration of a store has come. */
export interface MigrationProgress {
  /** The version that is being reached. */
  version: string;
  /** Rows done and in all; both 0 while that is not known. */
  done: number;
  total: number;
}

/** The process is ending. What was not committed is rolled back, and the next start migrates again. */
export class MigrationStoppedError extends Error {
  constructor() {
    super('The migration was stopped, and changed nothing.');
  }
}

/** Tables that belong to migrating itself; the first one is that of the library that did it before. */
interface Versions {
  kysely_migration: { name: string; timestamp: string };
  meta: { key: string; value: string };
}

async function createVersions(database: Kysely<Versions>): Promise<void> {
  await database.schema
    .createTable('kysely_migration')
    .addColumn('name', 'varchar(255)', (column) => column.notNull().primaryKey())
    .addColumn('timestamp', 'varchar(255)', (column) => column.notNull())
    .execute();
}

async function setNeeded(database: Kysely<Versions>, version: string): Promise<void> {
  await database
    .insertInto('meta')
    .values({ key: NEEDS, value: version })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: version }))
    .execute();
}

interface ApplyParts {
  migrations: readonly Migration[];
  appIds: OwnAppIds;
  report: (progress: MigrationProgress) => void;
  onUnreadable: ReportUnreadable;
}

/**
 * Applies the next migration in one transaction, together with the record of it: whatever ends the process, the store has
 * the old version or the new one. Returns whether there was one to apply.
 */
async function applyNext(
  database: Kysely<Versions>,
  on: Pick<Database, 'position' | 'shared' | 'assertUsable'>,
  { migrations, appIds, report, onUnreadable }: ApplyParts,
): Promise<boolean> {
  const apply = async (transaction: Kysely<Versions>) => {
    const examined = await examine(transaction as unknown as Kysely<Schema>, on, appIds);
    const { applied, needed, tables } = examined;
    const next = migrations.find(({ name }) => !applied.includes(name));
    await on.assertUsable(transaction as unknown as Kysely<Schema>, { isComplete: next === undefined });
    if (next === undefined) {
      // A store of before this was recorded.
      const last = MIGRATIONS.findLast(({ name, change }) => change === 'contract' && applied.includes(name));
      if (needed === null && last !== undefined) await setNeeded(transaction, last.name);
      return false;
    }
    if (!tables.has('kysely_migration')) await createVersions(transaction);
    const { name: version } = next;
    report({ version, done: 0, total: 0 });
    const schema = transaction as unknown as Kysely<unknown>;
    const steps = (done: number, total: number) => report({ version, done, total });
    await next.up(schema, on, { steps, unreadable: onUnreadable });
    if (next.change === 'contract') await setNeeded(transaction, version);
    await keepTables(
      transaction as unknown as Kysely<Schema>,
      TABLES.filter((table) => isTableOf(table, [...applied, version], on.shared)).map(({ name }) => name),
    );
    await transaction
      .insertInto('kysely_migration')
      .values({ name: version, timestamp: new Date().toISOString() })
      .execute();
    return true;
  };
  return database.isTransaction ? await apply(database) : await database.transaction().execute(apply);
}

export interface MigrateOptions {
  /** Called for each stored value that cannot be read. The migration continues without it. */
  onUnreadable: ReportUnreadable;
  /** The App IDs to which the store must belong. Default: it may belong to any. */
  appIds?: OwnAppIds;
  /** The version to reach. Default: the latest. */
  to?: string;
  onProgress?: (progress: MigrationProgress) => void;
  /** Asked at each step whether the process is ending. */
  isStopping?: () => boolean;
  /** A transaction that all of it becomes part of. Default: one for each version. */
  within?: Transaction<Schema>;
}

/**
 * Brings a store of any earlier version to this one, or to the version that is named. Throws what `examine` does, before it
 * changes anything, and MigrationStoppedError if the process is ending.
 */
export async function migrate(
  database: Database,
  {
    onUnreadable,
    appIds = null,
    to = VERSIONS.at(-1) ?? '',
    onProgress = () => undefined,
    isStopping = () => false,
    within,
  }: MigrateOptions,
): Promise<void> {
  const until = VERSIONS.indexOf(to);
  if (until < 0) throw new Error(`The store has no version ${to}.`);
  const migrations = MIGRATIONS.slice(0, until + 1);
  const report = (progress: MigrationProgress) => {
    if (isStopping()) throw new MigrationStoppedError();
    onProgress(progress);
  };
  const apply = async (kysely: Kysely<Schema>) => {
    const versions = kysely as unknown as Kysely<Versions>;
    let deadlocks = 0;
    for (let isApplied = true; isApplied;) {
      try {
        isApplied = await applyNext(versions, database, { migrations, appIds, report, onUnreadable });
      } catch (error) {
        // The transaction of the caller is lost as a whole.
        if (!(error instanceof StoreDeadlockError) || within !== undefined) throw error;
        deadlocks += 1;
        if (deadlocks === MAX_DEADLOCKS) throw error;
      }
    }
  };
  await (within === undefined ? database.migrating(apply) : apply(within));
}
