import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { SQLITE_FILES } from '../../../src/store/drivers/sqlite-file.js';
import { temporaryDirectory } from '../processes.js';

export const DATABASES = ['SQLite', 'PostgreSQL'] as const;

export type DatabaseKind = (typeof DATABASES)[number];

export interface TestDatabase {
  kind: DatabaseKind;
  /** As DATABASE_URL takes it. */
  url: string;
  remove(): Promise<void>;
}

/** Runs statements as one who may do everything. */
export async function administer(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** Every row of a database of PostgreSQL, as text. */
export async function storedRows(url: string): Promise<string[]> {
  const texts: string[] = [];
  await administer(url, async (client) => {
    const tables = await client.query<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = 'public'",
    );
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from "${name}" t`);
      texts.push(...rows.map(({ row }) => row));
    }
  });
  return texts;
}

/** Ends the statements that run and look like the pattern, or their connections too; how many there were. */
export async function endStatements(
  url: string,
  pattern: string,
  how: 'pg_cancel_backend' | 'pg_terminate_backend',
): Promise<number> {
  let ended = 0;
  await administer(url, async (client) => {
    const { rowCount } = await client.query(
      `select ${how}(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and state = 'active' and query like $1`,
      [pattern],
    );
    ended = rowCount ?? 0;
  });
  return ended;
}

/** A database on a server of PostgreSQL: empty, or a copy of a template. */
async function createPostgresDatabase(server: string, template: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await administer(server, async (client) => {
    await client.query(`create database ${name} template ${template} strategy file_copy`);
  });
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    kind: 'PostgreSQL',
    url: url.href,
    remove: () =>
      administer(server, async (client) => {
        await client.query(`drop database ${name} with (force)`);
      }),
  };
}

const fileOf = ({ url }: TestDatabase) => url.slice('file:'.length);

function sqliteDatabase(): TestDatabase {
  const directory = temporaryDirectory();
  return {
    kind: 'SQLite',
    url: `file:${join(directory.path, 'gateway.db')}`,
    remove: () => Promise.resolve(directory.remove()),
  };
}

/** An empty database on a server of PostgreSQL; by default the one that the whole run shares. */
export async function postgresDatabase(server: string = inject('postgresUrl')): Promise<TestDatabase> {
  return await createPostgresDatabase(server, 'template1');
}

/** A new, empty database. */
export async function newDatabase(kind: DatabaseKind): Promise<TestDatabase> {
  return kind === 'SQLite' ? sqliteDatabase() : await postgresDatabase();
}

/** A new database that has the tables of this version, and nothing in them. To copy it is much faster than to migrate one. */
export async function migratedDatabase(kind: DatabaseKind): Promise<TestDatabase> {
  const migrated = inject('migrated');
  if (kind === 'PostgreSQL') return await createPostgresDatabase(inject('postgresUrl'), migrated.postgres);
  const database = sqliteDatabase();
  copyFileSync(migrated.file, fileOf(database));
  return database;
}

/** A copy of a database that nothing has open. */
export async function copyOfDatabase(original: TestDatabase): Promise<TestDatabase> {
  if (original.kind === 'PostgreSQL') {
    const url = new URL(original.url);
    return await createPostgresDatabase(inject('postgresUrl'), url.pathname.slice(1));
  }
  const copy = sqliteDatabase();
  for (const suffix of SQLITE_FILES)
    if (existsSync(`${fileOf(original)}${suffix}`))
      copyFileSync(`${fileOf(original)}${suffix}`, `${fileOf(copy)}${suffix}`);
  return copy;
}
