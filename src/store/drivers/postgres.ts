import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  type PostgresPool,
  type PostgresPoolClient,
  PostgresDialect,
  type PostgresDialectConfig,
  PostgresDriver,
  type PostgresQueryResult,
  sql,
  type TransactionSettings,
} from 'kysely';
import pg from 'pg';
import { type Database, type DatabaseEvents } from './database.js';
import {
  StoreDeadlockError,
  StoreHeldError,
  StoreSlowError,
  StoreUnavailableError,
  type UnavailableKind,
} from '../errors.js';
import { EPOCH, movedBeyond, NEEDS } from '../migrations/meta.js';
import { fromColumn, toColumnValue } from './lossless-text.js';
import { clientClass, PostgresLogin, withNextLogin } from './postgres-login.js';
import { type Schema } from '../migrations/schema.js';
import { TABLES } from '../migrations/tables.js';

/** The one file that knows the PostgreSQL driver. All times are real milliseconds. */

/** Connections of one gateway, besides the one that listens: for long reads, and for everything else. */
const MAX_LONG_READ_CONNECTIONS = 4;
const MAX_CONNECTIONS = 6;

/** Timeout for opening a connection, or for one to come free. */
export const CONNECT_TIMEOUT_MS = 5_000;

/** A statement that takes longer is ended by the server, and given up a little later if the server says nothing. */
const STATEMENT_TIMEOUT_MS = 10_000;
const REPLY_TIMEOUT_MS = 12_000;

/** A gateway that stalls in the middle of a write keeps the others from writing for at most this time. */
const IDLE_IN_TRANSACTION_MS = 4_000;

const LISTEN_AGAIN_MS = { first: 100, longest: 5_000 };

const CHANNEL = 'recording_log';

/** The lock that every write transaction takes first: any number will do, if all gateways use the same. */
const WRITE_LOCK = 4_711_040_133;

/** The lock that gateways share while they live, and that commands take which must run alone. */
const LIFE_LOCK = 4_711_040_134;

/** SQLSTATE classes of a faulty statement; every other failure is the database's. */
const FAULTS_OF_STATEMENTS = new Set(['21', '22', '23', '2B', '42', '54', '0A']);

export const isFaultOfStatement = (error: unknown) =>
  error instanceof pg.DatabaseError &&
  FAULTS_OF_STATEMENTS.has((error.code ?? '').slice(0, 2)) &&
  FAULTS_OF_SERVER[error.code ?? ''] === undefined;

/** SQLSTATE of an object that cannot be dropped because of others. */
const DEPENDENT_OBJECTS = '2BP01';

/** What keeps a table from being dropped, as the server names it; null for any other error. */
export function dependentsIn(error: unknown): string | null {
  if (!(error instanceof pg.DatabaseError) || error.code !== DEPENDENT_OBJECTS) return null;
  return (error.detail ?? error.message).replaceAll('\n', '; ');
}

/** SQLSTATE of a statement that was ended because it took too long, and what the pool says when no connection came free. */
const QUERY_CANCELED = '57014';
const NO_CONNECTION_FREE = 'timeout exceeded when trying to connect';

/** SQLSTATE of a table or a column that does not exist. */
const UNDEFINED_TABLE = '42P01';
const UNDEFINED_COLUMN = '42703';

/** SQLSTATE of a transaction that was ended so that another one could continue. */
const DEADLOCK_DETECTED = '40P01';

/**
 * SQLSTATEs of lasting faults of the server's disk or files, and of what an administrator has changed
 * (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
const FAULTS_OF_SERVER: Readonly<Record<string, UnavailableKind>> = {
  53100: 'disk-full',
  25006: 'read-only',
  58030: 'io',
  XX001: 'corrupt',
  XX002: 'corrupt',
  42501: 'permission',
  [UNDEFINED_TABLE]: 'schema',
  [UNDEFINED_COLUMN]: 'schema',
  '3F000': 'schema',
};

const kindOf = (error: unknown): UnavailableKind =>
  (error instanceof pg.DatabaseError ? FAULTS_OF_SERVER[error.code ?? ''] : undefined) ?? 'unreachable';

/** Whether the database did too much else, and can be used all the same. */
function isSlow(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return error.code === QUERY_CANCELED;
  return error instanceof Error && error.message === NO_CONNECTION_FREE;
}

/** Maps a failure that is not a fault of the statement to our own error, and reports it. */
type MapFailure = (error: unknown) => StoreUnavailableError | StoreSlowError;

const TYPES: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    // Every bigint of the schema is a time in milliseconds, a position or a count.
    if (oid === Number(pg.types.builtins.INT8)) return Number;
    if (oid === Number(pg.types.builtins.TEXT)) return fromColumn;
    return pg.types.getTypeParser(oid, format ?? 'text') as (value: string) => unknown;
  },
};

interface MetaRow {
  key: string;
  value: string;
}

const READ_META = `select key, value from meta where key in ('${NEEDS}', '${EPOCH}')`;

/** Why the gateway cannot work on a store with these rows any more; null if it can. */
type Moved = (rows: readonly MetaRow[]) => StoreUnavailableError | null;

/** A connection of the pool that turns failures into our own error, and is thrown away when it is of no use any more. */
class Client {
  readonly #client: pg.PoolClient;
  readonly #mapFailure: MapFailure;
  readonly #moved: Moved;
  #failure: StoreUnavailableError | undefined;

  constructor(client: pg.PoolClient, mapFailure: MapFailure, moved: Moved) {
    this.#client = client;
    this.#mapFailure = mapFailure;
    this.#moved = moved;
  }

  async query<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    // After a failure the connection is thrown away: what still waits behind it would wait as long again.
    if (this.#failure !== undefined) throw this.#failure;
    try {
      const result: unknown = await this.#client.query(text, parameters.map(toColumnValue));
      return result as PostgresQueryResult<R>;
    } catch (error) {
      if (isFaultOfStatement(error)) throw error;
      const failure = (await this.#whereMoved(error)) ?? this.#mapFailure(error);
      if (failure instanceof StoreUnavailableError) this.#failure = failure;
      throw failure;
    }
  }

  /** A table or column that is missing may be gone because another gateway has migrated the store. */
  async #whereMoved(error: unknown): Promise<StoreUnavailableError | null> {
    const code = error instanceof pg.DatabaseError ? error.code : undefined;
    if (code !== UNDEFINED_TABLE && code !== UNDEFINED_COLUMN) return null;
    try {
      const { rows } = await this.#client.query<MetaRow>(READ_META);
      return this.#moved(rows);
    } catch {
      return null; // The transaction has failed already, so this cannot be read; its own error is thrown.
    }
  }

  release(): void {
    this.#client.release(this.#failure);
  }
}

function createPool(config: pg.PoolConfig, mapFailure: MapFailure, moved: Moved): PostgresPool {
  const pool = new pg.Pool(config);
  let failures = 0;
  /** How many failures there had been when a connection was made. */
  const madeAfter = new WeakMap<pg.PoolClient, number>();
  // An idle connection that breaks is replaced with the next statement; no caller waits for it.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => madeAfter.set(client, failures));
  const mapAndCount: MapFailure = (error) => {
    const failure = mapFailure(error);
    if (failure instanceof StoreUnavailableError) failures += 1;
    return failure;
  };
  /** A connection from before a failure may keep its cause, such as that all transactions are read-only. */
  async function connectAfterFailures(): Promise<pg.PoolClient> {
    for (;;) {
      const client = await withNextLogin(() => pool.connect());
      if (madeAfter.get(client) === failures) return client;
      client.release(true);
    }
  }
  return {
    async connect() {
      try {
        // Cursors, which the interface has too, are for streams; there are none.
        return new Client(await connectAfterFailures(), mapAndCount, moved) as unknown as PostgresPoolClient;
      } catch (error) {
        throw mapAndCount(error);
      }
    },
    end: () => pool.end(),
  };
}

/** Throws where the store is not what the gateway opened any more. */
type Check = (connection: DatabaseConnection) => Promise<void>;

/**
 * Takes the write lock at the start of each transaction: no other gateway writes until it is committed and visible. The
 * announcement is sent with the commit, so one statement does both.
 */
class LockingDriver extends PostgresDriver {
  readonly #check: Check | null;

  constructor(config: PostgresDialectConfig, check: Check | null) {
    super(config);
    this.#check = check;
  }

  override async beginTransaction(
    connection: DatabaseConnection,
    settings: TransactionSettings,
  ): Promise<void> {
    if (settings.accessMode === 'read only') return await super.beginTransaction(connection, settings);
    const first = `select pg_advisory_xact_lock(${WRITE_LOCK}), pg_notify('${CHANNEL}', '')`;
    await connection.executeQuery(CompiledQuery.raw(`begin; ${first}`));
    try {
      // A separate statement: it must see what was committed while this one waited for the lock.
      await this.#check?.(connection);
    } catch (error) {
      await connection.executeQuery(CompiledQuery.raw('rollback'));
      throw error;
    }
  }
}

class LockingDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig;

  readonly #check: Check | null;

  constructor(config: PostgresDialectConfig, check: Check | null) {
    super(config);
    this.#config = config;
    this.#check = check;
  }

  override createDriver(): Driver {
    return new LockingDriver(this.#config, this.#check);
  }
}

/** Listens on a dedicated connection and reconnects when it is lost; missed announcements then count as one hint. */
function listen(createClient: () => pg.Client, listener: () => void, events: DatabaseEvents) {
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let waitMs = LISTEN_AGAIN_MS.first;
  let heard = false;
  let closed = false;

  function connectLater(error: unknown): void {
    if (closed) return;
    if (heard) events.onSilence(error instanceof Error ? error : new Error(String(error)));
    heard = false;
    timer = setTimeout(() => void connect(), waitMs);
    waitMs = Math.min(waitMs * 2, LISTEN_AGAIN_MS.longest);
  }

  function lose(lost: pg.Client, error: unknown): void {
    if (client !== lost) return;
    client = null;
    // It is lost already: an error while it ends changes nothing.
    lost.end().catch(() => undefined);
    connectLater(error);
  }

  async function listenOn(next: pg.Client): Promise<void> {
    client = next;
    next.on('notification', listener);
    next.on('error', (error) => lose(next, error));
    next.on('end', () => lose(next, new Error('The connection was closed.')));
    try {
      await next.connect();
      await next.query(`select pg_advisory_lock_shared(${LIFE_LOCK})`);
      await next.query(`listen ${CHANNEL}`);
      heard = true;
      waitMs = LISTEN_AGAIN_MS.first;
      listener();
    } catch (error) {
      lose(next, error);
    }
  }

  async function connect(): Promise<void> {
    let next: pg.Client;
    try {
      // A client reads the files that the address names, such as sslrootcert.
      next = createClient();
    } catch (error) {
      connectLater(error);
      return;
    }
    await listenOn(next);
  }

  void connect();
  return async () => {
    closed = true;
    if (timer !== null) clearTimeout(timer);
    const last = client;
    client = null;
    await last?.end();
  };
}

/** A column of a table of the store, and whether this login may read and write the table. */
interface Column {
  table: string;
  name: string;
  permitted: boolean;
}

const nameOf = ({ table, name }: Column) => `${table}.${name}`;

async function columnsOf(database: Kysely<Schema>): Promise<Column[]> {
  const tables = sql.join(TABLES.map(({ name }) => name));
  const { rows } = await sql<Column>`select relname as table, attname as name,
      bool_and(has_table_privilege(attrelid, privilege)) as permitted
    from pg_attribute join pg_class on pg_class.oid = attrelid join pg_namespace on pg_namespace.oid = relnamespace,
      unnest(array['select', 'insert', 'update', 'delete']) as privilege
    where nspname = current_schema() and relname in (${tables}) and attnum > 0 and not attisdropped
    group by relname, attname`.execute(database);
  return rows;
}

const unusable = (kind: UnavailableKind, reason: string) =>
  new StoreUnavailableError(new Error(reason), kind);

function assertPermitted(columns: readonly Column[]): void {
  const denied = columns.find(({ permitted }) => !permitted);
  if (denied !== undefined)
    throw unusable('permission', `this login may not read and write the table ${denied.table}`);
}

interface Rights {
  schema: string | null;
  isReadOnly: boolean;
  mayCreate: boolean;
  /** A table that only another role may change. */
  notOwned: string | null;
}

/** Throws where migrations or a gateway would fail for what an administrator has set. */
async function assertUsable(
  database: Kysely<Schema>,
  { isComplete }: { isComplete: boolean },
): Promise<void> {
  const tables = sql.join(TABLES.map(({ name }) => name));
  const { rows } = await sql<Rights>`select current_schema() as schema,
    pg_is_in_recovery() or current_setting('default_transaction_read_only') = 'on' as "isReadOnly",
    has_schema_privilege(current_schema(), 'create') as "mayCreate",
    (select min(relname) from pg_class join pg_namespace on pg_namespace.oid = relnamespace
      where nspname = current_schema() and relname in (${tables}) and not pg_has_role(relowner, 'usage')) as "notOwned"`.execute(
    database,
  );
  const [rights] = rows;
  if (rights === undefined) throw new Error('PostgreSQL did not say what this login may do.');
  if (rights.isReadOnly) throw unusable('read-only', 'it begins every transaction as a read-only one');
  assertPermitted(await columnsOf(database));
  if (isComplete) return;
  if (rights.schema === null)
    throw unusable('schema', 'no schema of the search_path exists, or is open to this login');
  if (!rights.mayCreate)
    throw unusable('permission', `this login may not create tables in the schema ${rights.schema}`);
  if (rights.notOwned !== null)
    throw unusable('permission', `this login may not change the table ${rights.notOwned}, of another owner`);
}

export function openPostgres(url: string, events: DatabaseEvents, urlFile: string | null): Database {
  const LoginClient = clientClass(new PostgresLogin(url, urlFile));
  const connection: pg.ClientConfig = {
    application_name: 'agora-recording-gateway',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    types: TYPES,
  };
  const mapUnavailable: MapFailure = (error) => {
    const unavailable = new StoreUnavailableError(error, kindOf(error));
    events.onFailure(unavailable);
    return unavailable;
  };
  const mapSlow: MapFailure = (error) => {
    if (!isSlow(error)) return mapUnavailable(error);
    const slow = new StoreSlowError(error);
    events.onSlow(slow);
    return slow;
  };
  const mapDeadlock: MapFailure = (error) =>
    error instanceof pg.DatabaseError && error.code === DEADLOCK_DETECTED
      ? new StoreDeadlockError(error)
      : mapUnavailable(error);
  let epoch: string | null = null;
  let expected: ReadonlySet<string> | null = null;
  /** Another gateway may have migrated the store, or a command may have restored it, since it was opened. */
  const moved: Moved = (rows) => {
    const error = movedBeyond(new Map(rows.map(({ key, value }) => [key, value])), epoch);
    if (error !== null) events.onFailure(error);
    return error;
  };
  const check: Check = async (database) => {
    const { rows } = await database.executeQuery<MetaRow>(CompiledQuery.raw(READ_META));
    const error = moved(rows);
    if (error !== null) throw error;
  };
  const open = (config: pg.PoolConfig, mapFailure = mapUnavailable, checked: Check | null = check) =>
    new Kysely<Schema>({
      dialect: new LockingDialect(
        { pool: createPool({ ...connection, ...config, Client: LoginClient }, mapFailure, moved) },
        checked,
      ),
    });
  const timeouts = {
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: REPLY_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
  };
  const kysely = open({ max: MAX_CONNECTIONS, ...timeouts });
  const longReads = open({ max: MAX_LONG_READ_CONNECTIONS, ...timeouts }, mapSlow);
  const endings: (() => Promise<void>)[] = [];
  return {
    kysely,
    longReads,
    shared: true,
    clock: sql<number>`floor(extract(epoch from clock_timestamp()) * 1000)::bigint`,
    position: { type: 'bigint', generated: (column) => column.generatedAlwaysAsIdentity() },
    async migrating(run) {
      const patient = open({ max: 2 }, mapDeadlock, null);
      try {
        await run(patient);
      } finally {
        await patient.destroy();
      }
    },
    async hold(as) {
      const connect = async () => {
        // If it breaks, the connection that listens holds the lock as well.
        const client = new LoginClient(connection);
        await client.connect();
        return client;
      };
      const lock = as === 'gateway' ? 'pg_try_advisory_lock_shared' : 'pg_try_advisory_lock';
      let isHeld: boolean | undefined;
      try {
        const holder = await withNextLogin(connect);
        endings.push(() => holder.end());
        const { rows } = await holder.query<{ held: boolean }>(`select ${lock}(${LIFE_LOCK}) as held`);
        isHeld = rows[0]?.held;
      } catch (error) {
        throw mapUnavailable(error);
      }
      if (isHeld === true) return;
      const other =
        as === 'gateway' ? 'a command that must run alone (restore, rebuild or new-epoch)' : 'a gateway';
      throw new StoreHeldError('The PostgreSQL store', other);
    },
    assertUsable,
    async expect(begun) {
      expected = new Set((await columnsOf(kysely)).map(nameOf));
      epoch = begun;
    },
    async verify() {
      try {
        const columns = await columnsOf(kysely);
        assertPermitted(columns);
        const found = new Set(columns.map(nameOf));
        const missing = [...(expected ?? [])].find((column) => !found.has(column));
        if (missing !== undefined) throw unusable('schema', `the column ${missing} is missing`);
      } catch (error) {
        if (error instanceof StoreUnavailableError) events.onFailure(error);
        throw error;
      }
    },
    listen(listener) {
      endings.push(listen(() => new LoginClient(connection), listener, events));
    },
    async close() {
      for (const end of endings) await end();
      await longReads.destroy();
      await kysely.destroy();
    },
  };
}
