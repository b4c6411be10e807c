import { join } from 'node:path';
import { afterEach } from 'vitest';
import { type Observation } from '../../src/recordings/observation.js';
import { type Recorded } from '../../src/store/record.js';
import { openStore, type Store, type StoreOptions } from '../../src/store/store.js';
import { APP_ID, attempt, CHANNEL, RESOURCE_ID, SECOND, T0, UID } from '../recordings/observations.js';
import { temporaryDirectory } from '../support/processes.js';

const cleanUps: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

export interface StoreFile {
  path: string;
  /** Opens the file as a gateway does; closed after the test at the latest. */
  open(options?: Partial<StoreOptions>): Promise<Store>;
}

/** A database file of its own for one test. Ids are minted as new-1, new-2, … over all openings of the file. */
export function storeFile(): StoreFile {
  const directory = temporaryDirectory();
  cleanUps.push(() => directory.remove());
  const path = join(directory.path, 'gateway.db');
  let minted = 0;
  return {
    path,
    async open(options = {}) {
      const store = await openStore({
        databaseUrl: `file:${path}`,
        agora: 'agora of the tests',
        mintId: () => `new-${(minted += 1)}`,
        mintKey: () => 'key',
        onFoldError: () => undefined,
        ...options,
      });
      let closing: Promise<void> | null = null;
      const close = () => (closing ??= store.close());
      cleanUps.push(close);
      return { ...store, close };
    },
  };
}

export async function newStore(): Promise<Store> {
  return await storeFile().open();
}

export interface AttemptOptions {
  /** Seconds after T0. */
  at?: number;
  channel?: string;
  uid?: string;
}

/** Writes down a start of ours, as it is done before Agora is asked. */
export async function openAttempt(
  store: Store,
  recordingId: string,
  { at = 0, channel = CHANNEL, uid = UID }: AttemptOptions = {},
): Promise<Observation> {
  const observation = attempt({ at, recordingId, facts: { channel, uid } });
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
