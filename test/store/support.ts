import { DatabaseSync } from '@photostructure/sqlite';
import { describe, onTestFinished } from 'vitest';
import { type Observation } from '../../src/recordings/observation.js';
import { type Recorded } from '../../src/store/log/record.js';
import { type StoreAddress } from '../../src/store/maintenance/store-address.js';
import { openStore, type Store, type StoreOptions } from '../../src/store/store.js';
import { APP_ID, attempt, CHANNEL, RESOURCE_ID, SECOND, T0, UID } from '../recordings/observations.js';
import {
  administer,
  type DatabaseKind,
  DATABASES,
  migratedDatabase,
  newDatabase,
  type TestDatabase,
} from '../support/databases/databases.js';

export interface StoreDatabase {
  kind: DatabaseKind;
  url: string;
  /** Opens the database as a gateway does; closed after the test at the latest. */
  open(options?: Partial<StoreOptions>): Promise<Store>;
}

/** The store in a database, as commands of the project name it. */
export const addressOf = ({ url }: Pick<StoreDatabase, 'url'>): StoreAddress => ({
  databaseUrl: url,
  appIds: [APP_ID],
});

/** A database as the store of a test; removed after the test. Ids are minted as new-1, new-2, … over all that open it. */
function forOneTest(database: TestDatabase): StoreDatabase {
  onTestFinished(() => database.remove());
  let minted = 0;
  return {
    ...database,
    async open(options = {}) {
      const store = await openStore({
        databaseUrl: database.url,
        appIds: [APP_ID],
        mintId: () => `new-${(minted += 1)}`,
        mintKey: () => 'key',
        ...options,
      });
      let closing: Promise<void> | null = null;
      const close = () => (closing ??= store.close());
      onTestFinished(close);
      return { ...store, close };
    },
  };
}

/** A separate store for one test, of this version and with nothing in it. */
export async function storeDatabase(kind: DatabaseKind): Promise<StoreDatabase> {
  return forOneTest(await migratedDatabase(kind));
}

/** A separate database for one test, without tables. */
export async function emptyDatabase(kind: DatabaseKind): Promise<StoreDatabase> {
  return forOneTest(await newDatabase(kind));
}

export async function newStore(kind: DatabaseKind = 'SQLite'): Promise<Store> {
  return await (await storeDatabase(kind)).open();
}

/** The parts that a suite uses which must pass on both databases. */
export interface OnDatabase {
  kind: DatabaseKind;
  /** As `storeDatabase`. */
  newDatabase: () => Promise<StoreDatabase>;
  /** As `emptyDatabase`. */
  withoutTables: () => Promise<StoreDatabase>;
  newStore: () => Promise<Store>;
}

/** Runs a suite on SQLite and on PostgreSQL. */
export function onBothDatabases(suite: (on: OnDatabase) => void): void {
  describe.each(DATABASES)('on %s', (kind) => {
    suite({
      kind,
      newDatabase: () => storeDatabase(kind),
      withoutTables: () => emptyDatabase(kind),
      newStore: () => newStore(kind),
    });
  });
}

export interface AttemptOptions {
  /** Seconds after T0. */
  at?: number;
  channel?: string;
  uid?: string;
  startedBy?: string;
}

/** Writes down a start of ours, as it is done before Agora is asked. */
export async function openAttempt(
  store: Store,
  recordingId: string,
  { at = 0, channel = CHANNEL, uid = UID, ...given }: AttemptOptions = {},
): Promise<Observation> {
  const observation = attempt({ at, recordingId, facts: { channel, uid }, ...given });
  await store.attempts.open({
    recordingId,
    appId: APP_ID,
    channel,
    uid,
    resourceId: RESOURCE_ID,
    idempotencyKey: null,
    inputHash: null,
    input: null,
    acquiredAt: T0 + at * SECOND,
    createdAt: T0 + at * SECOND,
    observation,
  });
  return observation;
}

export async function recordAll(store: Store, observations: readonly Observation[]): Promise<Recorded[]> {
  return await Promise.all(observations.map((observation) => store.record(observation)));
}

/** The whole log of a recording, oldest first. */
export async function logOf(store: Store, recordingId: string) {
  const page = await store.eventPage(recordingId, {}, 10_000);
  return page.items.map(({ item }) => item);
}

/** Runs a statement behind the back of the gateway, as a fault or another release would leave the value. */
export async function change({ kind, url }: StoreDatabase, statement: string): Promise<void> {
  if (kind === 'PostgreSQL') {
    await administer(url, async (client) => {
      await client.query(statement);
    });
    return;
  }
  const file = new DatabaseSync(url.slice('file:'.length));
  file.exec(statement);
  file.close();
}
