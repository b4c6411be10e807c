import { type ColumnDefinitionBuilder, type Kysely, type RawBuilder } from 'kysely';
import { type StoreSlowError, type StoreUnavailableError } from '../errors.js';
import { parseDatabaseUrl } from './database-url.js';
import { openPostgres } from './postgres.js';
import { type Schema } from '../migrations/schema.js';
import { openSqlite, openSqliteToRead } from './sqlite.js';
import { type GivenBack } from './sqlite-space.js';

/** A database that is only read. */
export interface ReadableDatabase {
  kysely: Kysely<Schema>;
  /** Whether several gateways can be on it at once. */
  shared: boolean;
  /**
   * Throws StoreUnavailableError or StoreFaultError where a gateway could not work on it although it can be read: something
   * is read-only or not permitted. `isComplete`: no migration must change the tables.
   */
  assertUsable(kysely: Kysely<Schema>, store: { isComplete: boolean }): Promise<void>;
  close(): Promise<void>;
}

/** All that the two databases do differently; everything else is the same over Kysely. */
export interface Database extends ReadableDatabase {
  /**
   * For reads whose cost the caller decides and that may take long: they use separate connections, so that nothing else
   * waits for them. A read that takes too long rejects with StoreSlowError. Absent where reads never delay other work.
   */
  longReads?: Kysely<Schema>;
  /** The type of a number that the database gives to each new row, greater than all before. */
  position: {
    type: 'integer' | 'bigint';
    generated: (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;
  };
  /** Its clock, real Unix milliseconds, read each time it is in a statement. */
  clock: RawBuilder<number>;
  /**
   * Claims the database for as long as it is open: any number of gateways, or one command that must be alone. Throws
   * StoreHeldError where that is not possible.
   */
  hold(as: 'gateway' | 'alone'): Promise<void>;
  /** From now on transactions fail once the store has begun another epoch, and `verify` once something is gone that it has now. */
  expect(epoch: string): Promise<void>;
  /** Throws StoreUnavailableError while the store lacks a table, a column or a right that it had. */
  verify(): Promise<void>;
  /** Runs migrations, which may take longer than anything else. */
  migrating(run: (kysely: Kysely<Schema>) => Promise<void>): Promise<void>;
  /** One short step of giving free space back to the disk. Absent where the database looks after its space itself. */
  giveBack?: () => Promise<GivenBack>;
  /** Calls the listener when another gateway on this database committed something, with no promise for each. */
  listen(listener: () => void): void;
}

/** Events of an open database. Listening is optional. */
export interface DatabaseEvents {
  /** An operation failed because the database cannot be used. */
  onFailure: (error: StoreUnavailableError) => void;
  /** A long read was given up. */
  onSlow: (error: StoreSlowError) => void;
  /** The connection that receives announcements of other gateways was lost; it reconnects, and the log is polled until then. */
  onSilence: (error: Error) => void;
  /** A restore that was interrupted has been finished. Where the store is kept that was there before; null if there was none. */
  onRestoreFinished: (replaced: string | null) => void;
}

const nothing = () => undefined;

const NO_EVENTS: DatabaseEvents = {
  onFailure: nothing,
  onSlow: nothing,
  onSilence: nothing,
  onRestoreFinished: nothing,
};

/**
 * `file:PATH` is SQLite, `postgres://…` PostgreSQL. `urlFile` is the file that the address was read from, in which an operator
 * may replace user and password while the database is open.
 */
export function openDatabase(
  url: string,
  listeners: Partial<DatabaseEvents> = {},
  urlFile: string | null = null,
): Database {
  const events = { ...NO_EVENTS, ...listeners };
  const address = parseDatabaseUrl(url);
  return address.kind === 'PostgreSQL'
    ? openPostgres(address.url, events, urlFile)
    : openSqlite(address.path, events);
}

/** Opens a store only to read it; gateways may be running on it. */
export function openToRead(url: string): ReadableDatabase {
  const address = parseDatabaseUrl(url);
  return address.kind === 'PostgreSQL'
    ? openPostgres(address.url, NO_EVENTS, null)
    : openSqliteToRead(address.path);
}
