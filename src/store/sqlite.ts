import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  SqliteDialect,
  type SqliteDatabase,
  type SqliteStatement,
  SqliteDriver,
} from 'kysely';
import { StoreHeldError } from './errors.js';

/** The one file that knows the SQLite driver: its API is that of Node's own `node:sqlite`. */

/** Prepared statements that are kept: the driver frees one only when it is collected as garbage. */
const KEPT_STATEMENTS = 200;

function forKysely(database: DatabaseSyncInstance): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    close: () => {
      kept.clear();
      database.close();
    },
    prepare: (sql) => {
      const known = kept.get(sql);
      if (known !== undefined) return known;
      const statement = database.prepare(sql);
      const adapted: SqliteStatement = {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...parameters) as unknown[],
        run: (parameters) => statement.run(...parameters),
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
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

class ImmediateSqliteDialect extends SqliteDialect {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    super({ database });
    this.#database = database;
  }

  override createDriver(): Driver {
    return new ImmediateDriver({ database: this.#database });
  }
}

export interface SqliteStore {
  dialect: SqliteDialect;
  /** Frees the file for another process. After the dialect was closed. */
  release(): void;
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
export function openSqlite(path: string): SqliteStore {
  const inMemory = path === ':memory:';
  if (!inMemory) mkdirSync(dirname(path), { recursive: true });
  const lock = inMemory ? null : hold(path);
  const database = new DatabaseSync(path);
  database.exec('pragma journal_mode = wal');
  database.exec('pragma synchronous = full');
  database.exec('pragma busy_timeout = 5000');
  return {
    dialect: new ImmediateSqliteDialect(forKysely(database)),
    release: () => {
      lock?.exec('rollback');
      lock?.close();
    },
  };
}
