import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  SqliteDialect,
  type SqliteDatabase,
  type SqliteStatement,
  SqliteDriver,
  sql,
} from 'kysely';
import { type Database, type DatabaseEvents } from './database.js';
import { StoreHeldError, StoreUnavailableError } from '../errors.js';
import { fromColumn, toColumnValue } from './lossless-text.js';
import { type Schema } from '../migrations/schema.js';
import { createSharedTables } from '../coordination/shared-tables.js';

/** The one file that knows the SQLite driver: its API is that of Node's own `node:sqlite`. */

/** Prepared statements that are kept: the driver frees one only when it is collected as garbage. */
const KEPT_STATEMENTS = 500;

/** What SQLite answers where the file or the disk is at fault, not the statement (sqlite.org/rescode.html). */
const FAULTS_OF_THE_FILE = new Set([
  5, // busy
  6, // locked
  7, // out of memory
  8, // read-only
  10, // input or output failed
  11, // malformed
  13, // disk full
  14, // cannot be opened
  15, // the locking protocol failed
  26, // not a database
]);

function asUnavailable(error: unknown): StoreUnavailableError | null {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) : 0;
  // Extended codes have the primary one in their lowest byte.
  return FAULTS_OF_THE_FILE.has(code & 0xff) ? new StoreUnavailableError(error) : null;
}

function fromColumns(row: unknown): unknown {
  const columns = row as Record<string, unknown>;
  for (const name in columns) {
    const value = columns[name];
    if (typeof value === 'string') columns[name] = fromColumn(value);
  }
  return columns;
}

function forKysely(database: DatabaseSyncInstance, events: DatabaseEvents): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  const attempt = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      const unavailable = asUnavailable(error);
      if (unavailable === null) throw error;
      events.onFailure(unavailable);
      throw unavailable;
    }
  };
  return {
    close: () => {
      kept.clear();
      database.close();
    },
    prepare: (sql) => {
      const known = kept.get(sql);
      if (known !== undefined) return known;
      const statement = attempt(() => database.prepare(sql));
      const adapted: SqliteStatement = {
        reader: statement.columns().length > 0,
        all: (parameters) =>
          attempt(() => (statement.all(...parameters.map(toColumnValue)) as unknown[]).map(fromColumns)),
        run: (parameters) => attempt(() => statement.run(...parameters.map(toColumnValue))),
        iterate: (parameters) => statement.iterate(...parameters) as IterableIterator<unknown>,
      };
      const oldest = kept.keys().next();
      if (kept.size >= KEPT_STATEMENTS && oldest.done !== true) kept.delete(oldest.value);
      kept.set(sql, adapted);
      return adapted;
    },
  };
}

/** Takes the write lock at the start of each transaction, so that nothing is read that another writer could change. */
class ImmediateDriver extends SqliteDriver {
  readonly #inTransaction: () => boolean;

  constructor(database: SqliteDatabase, inTransaction: () => boolean) {
    super({ database });
    this.#inTransaction = inTransaction;
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // A full disk makes SQLite roll back by itself. The cause is thrown already, and must not be hidden by this.
    if (this.#inTransaction()) await super.rollbackTransaction(connection);
  }
}

class ImmediateSqliteDialect extends SqliteDialect {
  readonly #driver: Driver;

  constructor(database: SqliteDatabase, inTransaction: () => boolean) {
    super({ database });
    this.#driver = new ImmediateDriver(database, inTransaction);
  }

  override createDriver(): Driver {
    return this.#driver;
  }
}

/**
 * One process per file: a second database beside the first is held in a write transaction for as long as the process
 * lives. The operating system frees it even on SIGKILL, and others can still read who holds it.
 */
function hold(path: string): DatabaseSyncInstance {
  const lock = new DatabaseSync(`${path}.lock`);
  try {
    lock.exec('pragma busy_timeout = 0');
    lock.exec('begin immediate');
    lock.exec('create table if not exists holder (pid integer, host text, since text)');
    lock.exec('delete from holder');
    // No prepared statement: one that is not yet collected would keep the lock after close.
    const host = hostname().replaceAll("'", "''");
    lock.exec(`insert into holder values (${process.pid}, '${host}', '${new Date().toISOString()}')`);
    lock.exec('commit');
    lock.exec('begin immediate');
    return lock;
  } catch (error) {
    const holder = readHolder(lock);
    lock.close();
    if (holder === null) throw error;
    throw new StoreHeldError(path, holder);
  }
}

function readHolder(lock: DatabaseSyncInstance): string | null {
  try {
    const row = lock.prepare('select pid, host, since from holder').get() as
      { pid: number; host: string; since: string } | undefined;
    return row === undefined ? null : `process ${row.pid} on ${row.host}, since ${row.since}`;
  } catch {
    return null; // The table is not there yet: the failure had another cause, which the caller reports.
  }
}

/** Opens a file as a durable store: what a transaction committed survives the loss of power. */
export function openSqlite(path: string, events: DatabaseEvents): Database {
  mkdirSync(dirname(path), { recursive: true });
  const lock = hold(path);
  const database = new DatabaseSync(path);
  database.exec('pragma journal_mode = wal');
  database.exec('pragma synchronous = full');
  // 64 MiB: pages that are written again and again go from the log to the file once, and not after each few commits.
  database.exec('pragma wal_autocheckpoint = 16384');
  database.exec('pragma busy_timeout = 5000');
  database.exec('pragma temp_store = memory');
  const dialect = new ImmediateSqliteDialect(forKysely(database, events), () => database.isTransaction);
  const kysely = new Kysely<Schema>({ dialect });
  return {
    kysely,
    shared: false,
    clock: sql<number>`cast(unixepoch('subsec') * 1000 as integer)`,
    position: { type: 'integer', generated: (column) => column.autoIncrement() },
    async migrating(run) {
      await run(kysely);
      await createSharedTables(kysely.schema, { temporary: true });
    },
    // There is one gateway on a file, and it knows of its own commits.
    listen: () => undefined,
    async close() {
      await kysely.destroy();
      // Frees the file for another process.
      lock.exec('rollback');
      lock.close();
    },
  };
}
