import { randomBytes, randomUUID } from 'node:crypto';
import { type Kysely } from 'kysely';
import { type AssumptionName } from '../agora/assumptions.js';
import { type Observation } from '../recordings/observation.js';
import { type AliveStore, createAliveStore } from './alive.js';
import { type AttemptStore, createAttemptStore } from './attempts.js';
import { createAvailability } from './availability.js';
import { createCursors } from './cursor.js';
import { openDatabase } from './database.js';
import { type StoreSlowError, type StoreUnavailableError } from './errors.js';
import { type Leases, openLeases } from './leases.js';
import { identify, type Identity, setMeta } from './meta.js';
import { migrate } from './migrations.js';
import { createBatchQueue } from './queue.js';
import { createReads, type Reads } from './reads.js';
import { recordBatch, type Recorded } from './record.js';
import { removeEnded } from './retention.js';
import { type Schema } from './schema.js';
import { createWatchStore, type WatchStore } from './watches.js';
import { createSharedTurns, type SharedTurns } from './turns.js';

/** Everything the gateway knows, and the one door by which it learns more. */
export interface Store extends Reads, AliveStore, WatchStore {
  /** Takes an observation in. Resolves once it is durable; rejects with StoreBusyError when too much waits. */
  record(observation: Observation): Promise<Recorded>;
  attempts: AttemptStore;
  /** Who of several gateways has what in hand. */
  leases: Leases;
  /** The turns of all gateways on this store; null where there is one gateway only. */
  turns: SharedTurns | null;
  /** The key with which inputs are hashed: made once, and kept here. */
  inputKey: string;
  /**
   * Puts a watch off, after an attempt that taught nothing, or ends it (null). Gateway time, milliseconds. `decidedOn` is
   * observedAt of the state that it was decided from: nothing is put off if more was observed since.
   */
  postponeWatch(recordingId: string, at: number | null, decidedOn?: number): Promise<void>;
  /** Called after commits of this and other gateways, with no promise for each: a hint to read on. */
  onCommit(listener: () => void): () => void;
  /**
   * One small step of the removal of ended recordings that nothing was heard of since `before`, in gateway time. Tells how
   * much it removed; 0 when nothing is left to remove.
   */
  removeEnded(before: number, now: number): Promise<number>;
  /** Observations that wait to be written. */
  waiting(): number;
  /** Whether it can be read and written, as far as is known. */
  isAvailable(): boolean;
  close(): Promise<void>;
}

/** What the store tells of itself; nobody has to listen. */
export interface StoreEvents {
  /** An observation was stored but could not be folded. */
  onFoldError: (recordingId: string, foldError: string) => void;
  /** An observation contradicts what we take to be so. */
  onContradictions: (names: readonly AssumptionName[], recordingId: string) => void;
  /** The database cannot be used. Once for each outage, with what failed first. */
  onUnavailable: (error: StoreUnavailableError) => void;
  /** It can be used again. */
  onAvailable: () => void;
  /** A long read was given up, and failed for whoever asked; all else goes on. */
  onSlow: (error: StoreSlowError) => void;
  /** Other gateways are not heard for a while; the log is read each second all the same. */
  onSilence: (error: Error) => void;
}

export interface StoreOptions extends Partial<StoreEvents> {
  /** `file:PATH` for SQLite, `postgres://…` for PostgreSQL. */
  databaseUrl: string;
  /** Which Agora account the store is for; it refuses another later. */
  agora: string;
  /** Makes the keys that are kept in the store: one for hashing inputs, one that names its epoch. */
  mintKey: () => string;
  /** Makes a new recording's id. */
  mintId: () => string;
}

/** A batch with long file lists takes about as much. */
const PROBE_BYTES = 64 * 1024;

/** Writes more than the space that a full disk may have left; never the same, or it would be written as nothing. */
async function keepProbe(database: Kysely<Schema>): Promise<void> {
  await setMeta(database, 'probe', randomBytes(PROBE_BYTES).toString('base64'));
}

/** Opens the store, brings it to this version, and checks that it belongs to the configured Agora account. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const nothing = () => undefined;
  const {
    onFoldError = nothing,
    onContradictions = nothing,
    onUnavailable = nothing,
    onAvailable = nothing,
    onSlow = nothing,
    onSilence = nothing,
  } = options;
  const database = openDatabase(options.databaseUrl, {
    onFailure: (error) => availability.failed(error),
    onSlow,
    onSilence,
  });
  const availability = createAvailability({
    probe: () => keepProbe(database.kysely),
    onUnavailable,
    onAvailable,
  });
  const { kysely } = database;
  let identity: Identity;
  try {
    await migrate(database);
    identity = await identify(kysely, options.agora, options.mintKey);
  } catch (error) {
    await availability.close();
    await database.close();
    throw error;
  }
  const listeners = new Set<() => void>();
  const hint = () => {
    for (const listener of listeners) listener();
  };
  database.listen(hint);
  const leases = openLeases(database, randomUUID());
  const queue = createBatchQueue<Observation, Recorded>(async (observations) => {
    const recorded = await recordBatch(database, observations, options.mintId, onContradictions);
    for (const { recordingId, foldError } of recorded) {
      if (foldError !== null) onFoldError(recordingId, foldError);
    }
    hint();
    return recorded;
  });
  return {
    ...createReads({ kysely, longReads: database.longReads ?? kysely }, createCursors(identity.epoch)),
    ...createAliveStore(kysely),
    ...createWatchStore(database, leases),
    // Agora sends a notification again; what else we saw, we see once. Its number is bounded by the calls we make.
    record: (observation) => queue.add(observation, observation.source !== 'NOTIFICATION'),
    attempts: createAttemptStore(kysely),
    leases,
    turns: database.shared ? createSharedTurns(database, options.agora) : null,
    inputKey: identity.inputKey,
    removeEnded: (before, now) => removeEnded(database, before, now),
    async postponeWatch(recordingId, at, decidedOn) {
      await kysely
        .updateTable('recordings')
        .set({ watch_at: at })
        .where('id', '=', recordingId)
        .$if(decidedOn !== undefined, (update) => update.where('observed_at', '=', decidedOn ?? 0))
        .execute();
    },
    onCommit(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    waiting: () => queue.size(),
    isAvailable: () => availability.isAvailable(),
    async close() {
      await queue.close();
      await leases.close();
      await availability.close();
      await database.close();
    },
  };
}
