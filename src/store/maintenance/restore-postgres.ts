import { type Kysely, sql } from 'kysely';
import { type Database } from '../drivers/database.js';
import { dependentsIn, isFaultOfStatement } from '../drivers/postgres.js';
import { BackupInvalidError, StoreBuiltUponError } from '../errors.js';
import { examineOwner } from '../migrations/examine.js';
import { EPOCH, listedTables, NEEDS, newerThanKnown, setMeta } from '../migrations/meta.js';
import { migrate } from '../migrations/migrate.js';
import { VERSIONS } from '../migrations/migrations.js';
import { type Schema } from '../migrations/schema.js';
import { isTableOf, TABLES } from '../migrations/tables.js';
import { asBackupError, needsLaterRelease } from './backup-errors.js';
import { readPostgresBackup, type Row, type TableStart } from './postgres-backup.js';
import { countRows, type RestoreOptions, type RestoreSummary } from './restore-summary.js';
import { withStore } from './store-address.js';

/** Rows that are written back at once. */
const BATCH = 200;

/** What a backup says about the store that it was made from. */
interface Contents {
  /** The version that the content is written back to, and all before it. */
  versions: readonly string[];
  /** A version that only a later release knows; null if there is none. */
  unknown: string | null;
}

/** Reads the whole file, so that one that is not intact changes nothing. */
async function readContents(path: string): Promise<Contents> {
  const applied: string[] = [];
  let needed: string | null = null;
  let start: TableStart | null = null;
  for await (const entry of readPostgresBackup(path)) {
    if (!Array.isArray(entry)) start = entry;
    else {
      const value = (column: string) => entry[start?.columns.indexOf(column) ?? -1] ?? '';
      if (start?.table === 'kysely_migration') applied.push(value('name'));
      if (start?.table === 'meta' && value('key') === NEEDS) needed = value('value');
    }
  }
  const newer = newerThanKnown(needed);
  if (newer !== null) throw asBackupError(path, newer);
  const versions = VERSIONS.slice(0, 1 + VERSIONS.findLastIndex((version) => applied.includes(version)));
  if (versions.length === 0)
    throw new BackupInvalidError(path, 'it does not say which version of the store it is');
  const lacking = versions.find((version) => !applied.includes(version));
  if (lacking !== undefined) throw new BackupInvalidError(path, `it lacks the version ${lacking}`);
  return { versions, unknown: applied.find((version) => !VERSIONS.includes(version)) ?? null };
}

/** Writes the rows of one table, in batches. */
class TableWriter {
  readonly #database: Kysely<Schema>;
  readonly #path: string;
  readonly #start: TableStart;
  /** The columns that the table has; those of a later release are left out. */
  readonly #known: readonly boolean[];
  #rows: Row[] = [];

  constructor(database: Kysely<Schema>, path: string, start: TableStart, columns: ReadonlySet<string>) {
    this.#database = database;
    this.#path = path;
    this.#start = start;
    this.#known = start.columns.map((column) => columns.has(column));
  }

  /** Whether nothing is lost of a row by writing it. */
  holds(row: Row): boolean {
    return row.every((value, index) => value === null || this.#known[index] === true);
  }

  async write(row: Row): Promise<void> {
    this.#rows.push(row);
    if (this.#rows.length === BATCH) await this.flush();
  }

  async flush(): Promise<void> {
    const rows = this.#rows.splice(0);
    if (rows.length === 0) return;
    const { table } = this.#start;
    const ofTable = <T>(values: readonly T[]) => values.filter((_, index) => this.#known[index]);
    const names = sql.join(ofTable(this.#start.columns).map((column) => sql.ref(column)));
    const values = sql.join(rows.map((row) => sql`(${sql.join(ofTable(row))})`));
    const insert = sql`insert into ${sql.table(table)} (${names}) overriding system value values ${values}`;
    try {
      await insert.execute(this.#database);
    } catch (error) {
      throw isFaultOfStatement(error)
        ? new BackupInvalidError(this.#path, `a row does not fit the table ${table}`)
        : error;
    }
  }
}

async function columnsOf(database: Kysely<Schema>, table: string): Promise<Set<string>> {
  const { rows } = await sql<{ name: string }>`select attname as name from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and not attisdropped`.execute(database);
  return new Set(rows.map(({ name }) => name));
}

/** The tables that a backup of a store with these versions holds. */
const tablesOf = (versions: readonly string[]) =>
  TABLES.filter((table) => table.isKept && isTableOf(table, versions, true));

/** Writes the tables back. What only a later release knows must hold nothing, so that nothing is lost. */
async function writeTables(
  database: Kysely<Schema>,
  path: string,
  { versions, unknown }: Contents,
): Promise<void> {
  const missing = new Set(tablesOf(versions).map(({ name }) => name));
  const unknownContent = (what: string) =>
    unknown === null
      ? new BackupInvalidError(path, `it holds ${what}, which a store of its version does not have`)
      : needsLaterRelease(path, `version ${unknown} of the store`);
  let table = '';
  let writer: TableWriter | null = null;
  for await (const entry of readPostgresBackup(path)) {
    if (!Array.isArray(entry)) {
      await writer?.flush();
      ({ table } = entry);
      const isKnown = missing.delete(table);
      writer = isKnown ? new TableWriter(database, path, entry, await columnsOf(database, table)) : null;
    } else if (writer === null) throw unknownContent(`the table ${table}`);
    else if (!writer.holds(entry)) throw unknownContent(`a column of the table ${table}`);
    else await writer.write(entry);
  }
  await writer?.flush();
  const [lacking] = missing;
  if (lacking !== undefined) throw new BackupInvalidError(path, `it lacks the table ${lacking}`);
}

/** Makes the database number the next row after all that were written back. */
async function continueNumbering(database: Kysely<Schema>, table: string, column: string): Promise<void> {
  await sql`select setval(pg_get_serial_sequence(${sql.lit(table)}, ${sql.lit(column)}),
    (select coalesce(max(${sql.ref(column)}), 0) + 1 from ${sql.table(table)}), false)`.execute(database);
}

/** Removes the tables of the store that is there: those that `examineOwner` has found to be its own, and those it lists. */
async function dropTables(database: Kysely<Schema>, tables: ReadonlySet<string>): Promise<void> {
  if (tables.size === 0) return;
  const { rows } = await sql<{ name: string }>`select current_schema() as name`.execute(database);
  const schema = rows[0]?.name ?? '';
  const names = sql.join([...tables].map((table) => sql.id(schema, table)));
  try {
    await sql`drop table if exists ${names}`.execute(database);
  } catch (error) {
    const dependents = dependentsIn(error);
    throw dependents === null ? error : new StoreBuiltUponError(dependents);
  }
}

async function replaceContent(
  database: Database,
  path: string,
  { epoch, appIds, onUnreadable }: RestoreOptions,
): Promise<void> {
  const contents = await readContents(path);
  await database.migrating(async (kysely) => {
    await kysely.transaction().execute(async (transaction) => {
      const { tables } = await examineOwner(transaction, database, appIds);
      const listed = tables.has('meta') ? await listedTables(transaction) : [];
      await dropTables(transaction, new Set([...tables, ...listed]));
      await migrate(database, { onUnreadable, to: contents.versions.at(-1) ?? '', within: transaction });
      for (const table of ['kysely_migration', 'meta'])
        await sql`delete from ${sql.table(table)}`.execute(transaction);
      await writeTables(transaction, path, contents);
      // A later release applies its own versions to the restored store again.
      await sql`delete from kysely_migration where name not in (${sql.join([...contents.versions])})`.execute(
        transaction,
      );
      for (const { name, numbered } of tablesOf(contents.versions))
        if (numbered !== undefined) await continueNumbering(transaction, name, numbered);
      try {
        await migrate(database, { onUnreadable, within: transaction, appIds });
      } catch (error) {
        throw asBackupError(path, error);
      }
      await setMeta(transaction, EPOCH, epoch);
    });
  });
}

/** Replaces the content of the database in one transaction, which also brings it to this version and begins the new epoch. */
export async function restorePostgres(
  databaseUrl: string,
  path: string,
  options: RestoreOptions,
): Promise<RestoreSummary> {
  return await withStore({ databaseUrl }, 'alone', async (database) => {
    await replaceContent(database, path, options);
    return { ...(await countRows(database.kysely)), replaced: null };
  });
}
