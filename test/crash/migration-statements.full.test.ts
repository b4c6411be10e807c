import { fileURLToPath } from 'node:url';
import { DefaultQueryExecutor, sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/drivers/database.js';
import { migrate } from '../../src/store/migrations/migrate.js';
import { VERSIONS } from '../../src/store/migrations/migrations.js';
import { DATABASES, newDatabase, type TestDatabase } from '../support/databases/databases.js';
import { fillOldStore } from '../support/databases/old-store.js';
import { run, UNBUNDLED } from '../support/processes.js';
import { largeSized, SOAK } from '../support/size.js';
import { failOnUnreadable } from '../support/fail-on-unreadable.js';

/** The latest migrations are killed, as earlier ones do not change any more; at soak size all of them. */
const FIRST = SOAK ? 0 : -4;

/** Kills of each migration on each database. */
const KILLS = largeSized(1, 60);

const ROWS = 50;

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

const HOOK = fileURLToPath(new URL('../support/faults/die-at-statement.mjs', import.meta.url));

const cleanUps: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

type Execute = (this: unknown, ...parameters: unknown[]) => Promise<unknown>;

/** How many statements a migration to the version takes, from whatever the store is at. */
async function countStatements({ url }: TestDatabase, to: string): Promise<number> {
  const base = Object.getPrototypeOf(DefaultQueryExecutor.prototype) as { executeQuery: Execute };
  const { executeQuery } = base;
  let count = 0;
  let untilRecorded = 0;
  base.executeQuery = function (...parameters) {
    count += 1;
    const [{ sql: text }] = parameters as [{ sql: string }];
    if (text.startsWith('insert into "kysely_migration"')) untilRecorded = count;
    return executeQuery.apply(this, parameters);
  };
  const database = openDatabase(url);
  try {
    // As the command does.
    await database.hold('gateway');
    await migrate(database, { onUnreadable: failOnUnreadable, to });
  } finally {
    base.executeQuery = executeQuery;
    await database.close();
  }
  return untilRecorded;
}

interface State {
  /** Null for an empty database. */
  version: string | null;
  rows: number;
}

async function stateOf({ url }: TestDatabase): Promise<State> {
  const database = openDatabase(url);
  try {
    const tables = await database.kysely.introspection.getTables({ withInternalKyselyTables: true });
    if (!tables.some(({ name }) => name === 'kysely_migration')) return { version: null, rows: 0 };
    const read = async (text: string) => {
      const { rows } = await sql.raw<{ value: string | number | null }>(text).execute(database.kysely);
      return rows[0]?.value ?? null;
    };
    const version = (await read('select max(name) as value from kysely_migration')) as string | null;
    const rows = version === null ? 0 : Number(await read('select count(*) as value from observations'));
    return { version, rows };
  } finally {
    await database.close();
  }
}

const MIGRATIONS = VERSIONS.map((version, index) => ({ version, before: VERSIONS[index - 1] ?? null })).slice(
  FIRST,
);

describe.each(DATABASES)('On %s', (kind) => {
  async function storeAt(version: string | null): Promise<TestDatabase> {
    const database = await newDatabase(kind);
    cleanUps.push(() => database.remove());
    // A command makes no store, so the file of an empty one must be there.
    if (version === null) await openDatabase(database.url).close();
    else await fillOldStore(database.url, version, ROWS);
    return database;
  }

  it.each(MIGRATIONS)(
    `the migration to $version that is killed at ${KILLS} of its statements leaves the version before or this one (SEED ${SEED})`,
    async ({ version, before }) => {
      const count = await countStatements(await storeAt(before), version);
      expect(count).toBeGreaterThan(3);
      const rows = before === null ? 0 : ROWS;
      let store = await storeAt(before);
      const outcomes = { before: 0, after: 0 };
      for (let kill = 0; kill < KILLS; kill += 1) {
        // Spread over all statements and the time after the commit; a single kill comes in the middle.
        const within = 0.25 + ((SEED * 0.618) % 1) / 2;
        const at = 1 + Math.floor(((kill + within) / KILLS) * (count + 1));
        const env = { DATABASE_URL: store.url, DIE_AT_STATEMENT: String(at) };
        const command = run(UNBUNDLED.commands, env, undefined, ['--import', HOOK], ['migrate']);
        expect(await command.exited).toBe('SIGKILL');
        const state = await stateOf(store);
        const isBefore = state.version === before;
        expect({ at, state }).toEqual({
          at,
          state: isBefore ? { version: before, rows } : { version, rows },
        });
        expect(isBefore).toBe(at <= count);
        outcomes[isBefore ? 'before' : 'after'] += 1;
        // The next kill must find a store to migrate.
        if (!isBefore) store = await storeAt(before);
      }
      expect(outcomes.before + outcomes.after).toBe(KILLS);
      const finished = run('dist/cli.js', { DATABASE_URL: store.url }, undefined, [], ['migrate']);
      expect(await finished.exited).toBe(0);
      expect(await stateOf(store)).toEqual({ version: VERSIONS.at(-1), rows });
    },
    1_200_000,
  );
});
