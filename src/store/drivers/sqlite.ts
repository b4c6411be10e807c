import { accessSync, constants, existsSync, mkdirSync, statSync, utimesSync } from 'node:fs';
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
import { StoreFaultError, type StoreFaultKind, StoreHeldError, StoreUnavailableError } from '../errors.js';
import { faultOf, isBusy } from './sqlite-faults.js';
import { finishReplacement, isReplacementPending, type Replacement } from './sqlite-replacement.js';
import { fromColumn, toColumnValue } from './lossless-text.js';
import { type Schema } from '../migrations/schema.js';
import { createSharedTables } from '../coordination/shared-tables.js';

/** The one file that knows the SQLite driver: its API is that of Node's own `node:sqlite`. */

/** Prepared statements that are kept: the driver frees one only when it is collected as garbage. */
const KEPT_STATEMENTS = 500;

function fromColumns(row: unknown): unknown {
  const columns = row as Record<string, unknown>;
  for (const name in columns) {
    const value = columns[name];
    if (typeof value === 'string') columns[name] = fromColumn(value);
  }
  return columns;
}

/**
 * Throws the error of the operating system if a file, or the folder it would be made in, cannot be written: SQLite says only
 * that it could not open it. The file is not opened for this, as closing it would end every lock that this process has on it.
 */
function assertWritable(path: string): void {
  accessSync(existsSync(path) ? path : dirname(path), constants.W_OK);
}

/**
 * Whether the file system has become read-only: SQLite reports that as an I/O error, and after a fault of the disk the mount
 * may still say that it can be written. Setting the times that the file has changes nothing.
 */
function isReadOnly(path: string): boolean {
  try {
    const target = existsSync(path) ? path : dirname(path);
    const { atime, mtime } = statSync(target);
    utimesSync(target, atime, mtime);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EROFS';
  }
}

/** The fault of the file or the disk that an error reports; null where something else is wrong. */
function fileFault(path: string, error: unknown): StoreFaultKind | null {
  const kind = faultOf(error);
  return kind === 'io' && isReadOnly(path) ? 'read-only' : kind;
}

function forKysely(database: DatabaseSyncInstance, path: string, events: DatabaseEvents): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  const attempt = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      const kind = fileFault(path, error);
      if (kind === null) throw error;
      const unavailable = new StoreUnavailableError(error, kind);
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

interface Holder {
  pid: number;
  host: string;
  since: string;
}

function readHolder(lock: DatabaseSyncInstance): Holder | null {
  try {
    return (lock.prepare('select pid, host, since from holder').get() as Holder | undefined) ?? null;
  } catch {
    return null; // The table does not exist yet: the holder has only begun.
  }
}

function isAlive({ pid, host }: Holder): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Makes a folder and those that it is in. Node's option `recursive` never returns where the file system answers that
 * something does not exist when a folder is made, as /proc does.
 */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process has made it in the meantime.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

export interface HeldSqlite {
  /** The restore that an earlier process began and this one finished; null if there was none. */
  finished: Replacement | null;
  release(): void;
}

/**
 * One process per file: a second database next to the first is held in a write transaction for as long as the process
 * lives. The operating system frees it even on SIGKILL, and others can still read who holds it. A restore that was
 * interrupted is finished first.
 */
export function holdSqlite(path: string): HeldSqlite {
  let lock: DatabaseSyncInstance | undefined;
  try {
    makeFolder(dirname(path));
    for (const each of [`${path}.lock`, path]) assertWritable(each);
    lock = new DatabaseSync(`${path}.lock`);
    lock.exec('pragma busy_timeout = 0');
    lock.exec('begin immediate');
    lock.exec('create table if not exists holder (pid integer, host text, since text)');
    lock.exec('delete from holder');
    // Not a prepared statement: one that is not yet collected would keep the lock after close.
    const host = hostname().replaceAll("'", "''");
    lock.exec(`insert into holder values (${process.pid}, '${host}', '${new Date().toISOString()}')`);
    lock.exec('commit');
    lock.exec('begin immediate');
  } catch (error) {
    const holder = lock === undefined || !isBusy(error) ? null : readHolder(lock);
    lock?.close();
    if (!isBusy(error)) throw new StoreFaultError(path, fileFault(path, error) ?? 'io', error);
    const who =
      holder !== null && isAlive(holder)
        ? `process ${holder.pid} on ${holder.host}, since ${holder.since}`
        : 'another process';
    throw new StoreHeldError(path, who);
  }
  const held = lock;
  const release = () => {
    held.exec('rollback');
    held.close();
  };
  try {
    return { finished: finishReplacement(path), release };
  } catch (error) {
    release();
    throw new StoreFaultError(path, fileFault(path, error) ?? 'io', error);
  }
}

function openFile(path: string): DatabaseSyncInstance {
  let database: DatabaseSyncInstance | undefined;
  try {
    database = new DatabaseSync(path);
    database.exec('pragma journal_mode = wal');
    database.exec('pragma synchronous = full');
    // 64 MiB: pages that are written often move from the log to the file once, and not after every few commits.
    database.exec('pragma wal_autocheckpoint = 16384');
    database.exec('pragma busy_timeout = 5000');
    database.exec('pragma temp_store = memory');
    return database;
  } catch (error) {
    database?.close();
    throw new StoreFaultError(path, fileFault(path, error) ?? 'io', error);
  }
}

/** Opens a store only to read it, next to a gateway that may be running on it. */
export function openSqliteStoreToRead(path: string): DatabaseSyncInstance {
  if (isReplacementPending(path)) holdSqlite(path).release();
  return openReadOnlySqlite(path);
}

/** Opens a file only to read it; other processes may have it open. */
export function openReadOnlySqlite(path: string): DatabaseSyncInstance {
  let database: DatabaseSyncInstance | undefined;
  try {
    database = new DatabaseSync(path, { readOnly: true });
    database.exec('pragma busy_timeout = 5000');
    return database;
  } catch (error) {
    database?.close();
    throw new StoreFaultError(path, fileFault(path, error) ?? 'io', error);
  }
}

/** Opens a file as a durable store: what a transaction committed survives the loss of power. */
export function openSqlite(path: string, events: DatabaseEvents): Database {
  const lock = holdSqlite(path);
  if (lock.finished !== null) events.onRestoreFinished(lock.finished.replaced);
  let database: DatabaseSyncInstance;
  try {
    database = openFile(path);
  } catch (error) {
    lock.release();
    throw error;
  }
  const dialect = new ImmediateSqliteDialect(forKysely(database, path, events), () => database.isTransaction);
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
    // There is one gateway on a file, which knows of its commits, and it holds the file's lock.
    hold: () => Promise.resolve(),
    expectEpoch: () => undefined,
    listen: () => undefined,
    async close() {
      await kysely.destroy();
      lock.release();
    },
  };
}
