import { Kysely } from 'kysely';
import { type Observation } from '../recordings/observation.js';
import { type AliveStore, createAliveStore } from './alive.js';
import { type AttemptStore, createAttemptStore } from './attempts.js';
import { OtherAgoraError } from './errors.js';
import { migrate } from './migrations.js';
import { createBatchQueue } from './queue.js';
import { createReads, type Reads } from './reads.js';
import { recordBatch, type Recorded } from './record.js';
import { type Schema } from './schema.js';
import { openSqlite } from './sqlite.js';

/** Everything the gateway knows, and the one door by which it learns more. */
export interface Store extends Reads, AliveStore {
  /** Takes an observation in. Resolves once it is durable; rejects with StoreBusyError when too much waits. */
  record(observation: Observation): Promise<Recorded>;
  attempts: AttemptStore;
  /** The key with which inputs are hashed: made once, and kept here. */
  inputKey: string;
  /** Puts a watch off, after an attempt that taught nothing, or ends it (null). Gateway time, milliseconds. */
  postponeWatch(recordingId: string, at: number | null): Promise<void>;
  /** Called after each commit, with no promise for each: a hint to read on. */
  onCommit(listener: () => void): () => void;
  /** Observations that wait to be written. */
  waiting(): number;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** `file:PATH`, for SQLite. */
  databaseUrl: string;
  /** Which Agora account the store is for; it refuses another later. */
  agora: string;
  /** Makes the key that is kept in the store for hashing inputs. */
  mintKey: () => string;
  /** Told of each observation that was stored but could not be folded. */
  onFoldError: (recordingId: string, foldError: string) => void;
  /** Makes a new recording's id. */
  mintId: () => string;
}

/** The value kept under a key; the first one offered stays for good. */
async function keep(database: Kysely<Schema>, key: string, offered: string): Promise<string> {
  await database
    .insertInto('meta')
    .values({ key, value: offered })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { value } = await database
    .selectFrom('meta')
    .select('value')
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  return value;
}

async function bindToAgora(database: Kysely<Schema>, agora: string): Promise<void> {
  const kept = await keep(database, 'agora', agora);
  if (kept !== agora) throw new OtherAgoraError(agora, kept);
}

/** Opens the store, brings it to this version, and checks that it belongs to the configured Agora account. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const sqlite = openSqlite(options.databaseUrl.replace(/^file:/, ''));
  const database = new Kysely<Schema>({ dialect: sqlite.dialect });
  const closeDatabase = async () => {
    await database.destroy();
    sqlite.release();
  };
  let inputKey: string;
  try {
    await migrate(database);
    await bindToAgora(database, options.agora);
    inputKey = await keep(database, 'input-key', options.mintKey());
  } catch (error) {
    await closeDatabase();
    throw error;
  }
  const listeners = new Set<() => void>();
  const queue = createBatchQueue<Observation, Recorded>(async (observations) => {
    const recorded = await recordBatch(database, observations, options.mintId);
    for (const { recordingId, foldError } of recorded) {
      if (foldError !== null) options.onFoldError(recordingId, foldError);
    }
    for (const listener of listeners) listener();
    return recorded;
  });
  return {
    ...createReads(database),
    ...createAliveStore(database),
    // Agora sends a notification again; what else we saw, we see once. Its number is bounded by the calls we make.
    record: (observation) => queue.add(observation, observation.source !== 'NOTIFICATION'),
    attempts: createAttemptStore(database),
    inputKey,
    async postponeWatch(recordingId, at) {
      await database.updateTable('recordings').set({ watch_at: at }).where('id', '=', recordingId).execute();
    },
    onCommit(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    waiting: () => queue.size(),
    async close() {
      await queue.close();
      await closeDatabase();
    },
  };
}
