import { join } from 'node:path';
import pg from 'pg';
import { type TestProject } from 'vitest/node';
import { openDatabase } from '../../../src/store/drivers/database.js';
import { migrate } from '../../../src/store/migrations/migrate.js';
import { failOnUnreadable } from '../fail-on-unreadable.js';
import { startPostgresServer } from './postgres-server.js';
import { temporaryDirectory } from '../processes.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL server on which databases can be made. */
    postgresUrl: string;
    /** Databases with the tables of this version and nothing in them, to be copied: a file, and the name of a database. */
    migrated: { file: string; postgres: string };
  }
}

async function migrateDatabase(url: string): Promise<void> {
  const database = openDatabase(url);
  try {
    await migrate(database, { onUnreadable: failOnUnreadable });
  } finally {
    await database.close();
  }
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** One server for the whole run: the one that TEST_DATABASE_URL names, else one that is started here. */
async function runServer(): Promise<{ url: string; close: () => Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL;
  if (given === undefined || given === '') return await startPostgresServer();
  return { url: given, close: () => Promise.resolve() };
}

/** What all tests share of databases. */
export default async function provideDatabases(project: TestProject): Promise<() => Promise<void>> {
  const server = await runServer();
  project.provide('postgresUrl', server.url);

  const postgres = `migrated_${process.pid}`;
  await onServer(server.url, `create database ${postgres}`);
  await migrateDatabase(new URL(`/${postgres}`, server.url).href);
  const directory = temporaryDirectory();
  const file = join(directory.path, 'migrated.db');
  await migrateDatabase(`file:${file}`);
  project.provide('migrated', { file, postgres });
  process.env.TEST_MIGRATED_STORE = file;

  return async () => {
    directory.remove();
    await onServer(server.url, `drop database ${postgres} with (force)`);
    await server.close();
  };
}
