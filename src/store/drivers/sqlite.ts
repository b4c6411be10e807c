import { existsSync, mkdirSync, statSync, utimesSync } from 'node:fs';
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
  type TransactionSettings,
} from 'kysely';
import { type Database, type DatabaseEvents, type ReadableDatabase } from './database.js';
import {
  LockFileError,
  StoreFaultError,
  type StoreFaultKind,
  StoreHeldError,
  StoreUnavailableError,
} from '../errors.js';
import { assertWritable, lockOf, storeFile, watchPaths } from './sqlite-file.js';
import { faultOf, isBusy } from './sqlite-faults.js';
import { giveBack } from './sqlite-space.js';
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

/** Throws once the files that are open are not those of the store any more. */
type Guard = () => void;

/** Does what uses the database; reports a fault of the file or the disk, and throws it as our own error. */
type Attempt = <T>(work: () => T) => T;

function attemptOn(
  database: DatabaseSyncInstance,
  path: string,
  events: Pick<DatabaseEvents, 'onFailure'>,
  guard: Guard,
): Attempt {
  return (work) => {
    // A transaction that has begun is refused when it is to be committed.
    if (!database.isTransaction) guard();
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
}

function forKysely(database: DatabaseSyncInstance, attempt: Attempt): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
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
  readonly #guard: Guard;

  constructor(database: SqliteDatabase, inTransaction: () => boolean, guard: Guard) {
    super({ database });
    this.#inTransaction = inTransaction;
    this.#guard = guard;
  }

  override async beginTransaction(
    connection: DatabaseConnection,
    settings?: TransactionSettings,
  ): Promise<void> {
    const begin = settings?.accessMode === 'read only' ? 'begin' : 'begin immediate';
    await connection.executeQuery(CompiledQuery.raw(begin));
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    this.#guard();
    await super.commitTransaction(connection);
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // A full disk makes SQLite roll back by itself. The cause is thrown already, and must not be hidden by this.
    if (this.#inTransaction()) await super.rollbackTransaction(connection);
  }
}

class ImmediateSqliteDialect extends SqliteDialect {
  readonly #driver: Driver;

  constructor(database: SqliteDatabase, inTransaction: () => boolean, guard: Guard) {
    super({ database });
    this.#driver = new ImmediateDriver(database, inTransaction, guard);
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

/** The error for operators, where the store or its folder is at fault. */
const faultAt = (path: string, error: unknown) =>
  new StoreFaultError(path, fileFault(path, error) ?? 'io', error);

/** The error where the lock could not be taken. */
function lockError(store: string, lock: DatabaseSyncInstance | undefined, error: unknown): Error {
  if (lock !== undefined && isBusy(error)) {
    const holder = readHolder(lock);
    const who =
      holder !== null && isAlive(holder)
        ? `process ${holder.pid} on ${holder.host}, since ${holder.since}`
        : 'another process';
    return new StoreHeldError(store, who);
  }
  const kind = fileFault(lockOf(store), error);
  if (kind === 'disk-full' || kind === 'read-only') return new StoreFaultError(lockOf(store), kind, error);
  return new LockFileError(lockOf(store), error);
}

/**
 * One process per file: a second database next to the first is held in a write transaction for as long as the process
 * lives. The operating system frees it even on SIGKILL, and others can still read who holds it. A restore that was
 * interrupted is finished first.
 */
export function holdSqlite(path: string): HeldSqlite {
  const store = storeFile(path);
  try {
    makeFolder(dirname(store));
  } catch (error) {
    throw faultAt(store, error);
  }
  assertSqliteUsable(store);
  let lock: DatabaseSyncInstance | undefined;
  try {
    lock = new DatabaseSync(lockOf(store));
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
    const failure = lockError(store, lock, error);
    lock?.close();
    throw failure;
  }
  const held = lock;
  const release = () => {
    held.exec('rollback');
    held.close();
  };
  try {
    return { finished: finishReplacement(store), release };
  } catch (error) {
    release();
    throw faultAt(store, error);
  }
}

function openFile(path: string): DatabaseSyncInstance {
  let database: DatabaseSyncInstance | undefined;
  try {
    const isEmpty = !existsSync(path) || statSync(path).size === 0;
    database = new DatabaseSync(path);
    // Only an empty file takes it; the store of an earlier release takes it with a backup that is restored.
    if (isEmpty) database.exec('pragma auto_vacuum = incremental');
    database.exec('pragma journal_mode = wal');
    database.exec('pragma synchronous = full');
    // 64 MiB: pages that are written often move from the log to the file once, and not after every few commits.
    database.exec('pragma wal_autocheckpoint = 16384');
    database.exec('pragma busy_timeout = 5000');
    database.exec('pragma temp_store = memory');
    return database;
  } catch (error) {
    database?.close();
    throw faultAt(path, error);
  }
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
    throw faultAt(path, error);
  }
}

function kyselyOf(database: DatabaseSyncInstance, attempt: Attempt, guard: Guard): Kysely<Schema> {
  const adapted = forKysely(database, attempt);
  return new Kysely({
    dialect: new ImmediateSqliteDialect(adapted, () => database.isTransaction, guard),
  });
}

/** Throws StoreFaultError where a gateway could not write the store, its log or its lock. */
export function assertSqliteUsable(path: string): void {
  const store = storeFile(path);
  try {
    assertWritable(store);
  } catch (error) {
    throw faultAt(store, error);
  }
}

/** Throws LockFileError where a gateway could not take the lock of a store for what is in its file. */
function assertLockReadable(store: string): void {
  if (!existsSync(lockOf(store))) return;
  let lock: DatabaseSyncInstance | undefined;
  try {
    lock = new DatabaseSync(lockOf(store), { readOnly: true });
    lock.exec('select count(*) from sqlite_master');
  } catch (error) {
    // Its holder is writing it; or a holder was killed at that, which the next one repairs.
    if (!isBusy(error) && faultOf(error) !== 'read-only') throw new LockFileError(lockOf(store), error);
  } finally {
    lock?.close();
  }
}

/** Opens a store only to read it, next to a gateway that may be running on it. */
export function openSqliteToRead(path: string): ReadableDatabase {
  const store = storeFile(path);
  if (isReplacementPending(store)) holdSqlite(store).release();
  const database = openReadOnlySqlite(store);
  const guard = () => undefined;
  const kysely = kyselyOf(database, attemptOn(database, store, { onFailure: () => undefined }, guard), guard);
  return {
    kysely,
    shared: false,
    assertUsable() {
      assertSqliteUsable(store);
      assertLockReadable(store);
      return Promise.resolve();
    },
    close: () => kysely.destroy(),
  };
}

/**
 * Throws StoreHeldError if another process has the file open, although the lock of the store is free: its lock file was
 * removed. Only the last connection to a file can end its log.
 */
function assertAlone(database: DatabaseSyncInstance, path: string): void {
  try {
    database.exec('pragma journal_mode = delete');
    database.exec('pragma journal_mode = wal');
  } catch (error) {
    throw isBusy(error)
      ? new StoreHeldError(
          path,
          'another process that has it open: a backup, or a gateway whose lock file was removed',
        )
      : faultAt(path, error);
  }
}

/** How often the paths of an open store are looked at while nothing is written. Real milliseconds. */
const LOOK_INTERVAL_MS = 1_000;

/** Opens the store whose lock this process has. A transaction that it committed survives the loss of power. */
export function openHeldSqlite(store: string, events: Pick<DatabaseEvents, 'onFailure'>): Database {
  const database = openFile(store);
  const movedPath = watchPaths([store, lockOf(store)]);
  let moved: StoreUnavailableError | null = null;
  const guard = () => {
    if (moved !== null) throw moved;
    const path = movedPath();
    if (path === null) return;
    moved = new StoreUnavailableError(
      new Error(`${path} was moved, replaced or removed while the gateway ran.`),
      'moved',
    );
    events.onFailure(moved);
    throw moved;
  };
  let looking: NodeJS.Timeout | undefined;
  const look = () => {
    try {
      guard();
    } catch {
      clearInterval(looking); // It is reported, and lasts.
    }
  };
  const attempt = attemptOn(database, store, events, guard);
  const kysely = kyselyOf(database, attempt, guard);
  return {
    kysely,
    shared: false,
    clock: sql<number>`cast(unixepoch('subsec') * 1000 as integer)`,
    position: { type: 'integer', generated: (column) => column.autoIncrement() },
    async migrating(run) {
      await run(kysely);
      await createSharedTables(kysely.schema, { temporary: true });
    },
    // There is one gateway on a file, which knows of its commits.
    hold(as) {
      if (as === 'alone') assertAlone(database, store);
      else looking = setInterval(look, LOOK_INTERVAL_MS);
      return Promise.resolve();
    },
    assertUsable: () => Promise.resolve(assertSqliteUsable(store)),
    expect: () => Promise.resolve(),
    verify: () => Promise.resolve(),
    giveBack: () => giveBack(kysely, (statement) => attempt(() => database.exec(statement))),
    listen: () => undefined,
    async close() {
      clearInterval(looking);
      await kysely.destroy();
    },
  };
}

/** Takes the lock of a store, and opens it. */
export function openSqlite(path: string, events: DatabaseEvents): Database {
  const lock = holdSqlite(path);
  try {
    if (lock.finished !== null) events.onRestoreFinished(lock.finished.replaced);
    const database = openHeldSqlite(storeFile(path), events);
    return {
      ...database,
      async close() {
        await database.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
