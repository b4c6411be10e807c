import { copyFileSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { administer, type DatabaseKind, newDatabase, type TestDatabase } from './databases.js';

/** What the API of a release answered about a recording, see test/store/releases/make.mjs. */
export interface ReleasedRecording {
  id: string;
  appId: string;
  channel: string;
  uid: string;
  sid: string | null;
  mode: string;
  phase: string;
  files: { edges: { node: { fileName: string } }[] };
  events: {
    edges: {
      node: { id: string; source: string; type: string; sequence: number | null; occurredAt: string };
    }[];
  };
}

export interface ReleasedStore {
  database: TestDatabase;
  appId: string;
  /** To which the store belonged. */
  customerId: string;
  recordings: ReleasedRecording[];
}

/** The first release whose stores must survive every later one. */
export const BASELINE = 'cf43cf8';

const path = (name: string) => fileURLToPath(new URL(`../../store/releases/${name}`, import.meta.url));

/** A copy of the store that a release left behind. */
export async function releasedStore(release: string, kind: DatabaseKind): Promise<ReleasedStore> {
  const database = await newDatabase(kind);
  if (kind === 'SQLite') {
    copyFileSync(path(`${release}.sqlite.db`), database.url.slice('file:'.length));
  } else {
    const dump = readFileSync(path(`${release}.postgres.sql`), 'utf8');
    await administer(database.url, async (client) => {
      await client.query(dump);
    });
  }
  const expected = readFileSync(path(`${release}.${kind === 'SQLite' ? 'sqlite' : 'postgres'}.json`), 'utf8');
  return { database, ...(JSON.parse(expected) as Omit<ReleasedStore, 'database'>) };
}
