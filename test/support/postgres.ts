import { type TestProject } from 'vitest/node';
import { startPostgresServer } from './postgres-server.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL server on which databases can be made. */
    postgresUrl: string;
  }
}

/** One server for the whole run: the one that TEST_DATABASE_URL names, else one that is started here. */
export default async function providePostgres(project: TestProject): Promise<(() => Promise<void>) | void> {
  const given = process.env.TEST_DATABASE_URL;
  if (given !== undefined && given !== '') {
    project.provide('postgresUrl', given);
    return;
  }
  const server = await startPostgresServer();
  project.provide('postgresUrl', server.url);
  return () => server.close();
}
