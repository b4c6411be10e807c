import { randomBytes, randomUUID } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type Kysely } from 'kysely';
import { type AssumptionName } from '@agora-recording-gateway/agora/assumptions';
import { type Observation } from '../../recordings/observation.js';
import { type RecordingState } from '../../recordings/state.js';
import { type AliveStore, createAliveStore } from '../coordination/alive.js';
import { type AuditStore, createAuditStore } from '../log/audit.js';
import { createUnansweredQueryStore, type UnansweredQueryStore } from '../log/unanswered-queries.js';
import { type AcquiredStore, createAcquiredStore } from '../starts/acquired.js';
import { type AttemptStore, createAttemptStore } from '../starts/attempts.js';
import { createFingerprintStore, type FingerprintStore } from '../log/fingerprints.js';
import { createAvailability } from '../drivers/availability.js';
import { createCursors } from '../reads/cursor.js';
import { openDatabase } from '../drivers/database.js';
import { type GivenBack } from '../drivers/sqlite-space.js';
import { type StoreSlowError, type StoreUnavailableError } from '../errors.js';
import { type Leases, openLeases } from '../coordination/leases.js';
import { identify, type Identity, setMeta } from '../migrations/meta.js';
import { migrate, type MigrationProgress } from '../migrations/migrate.js';
import { createReads, type Reads } from '../reads/reads.js';
import { type Committed, recordBatch } from '../log/record.js';
import { refoldRecording } from '../log/refold.js';
import { type StoredValueError } from '../stored-json.js';
import { forgetRecording, type Removed, removeEnded } from '../maintenance/retention.js';
import { type Schema } from '../migrations/schema.js';
import { recordStatements } from '../log/statements.js';
import { createSharedTurns, type SharedTurns } from '../coordination/turns.js';
import { createWatchStore, type WatchStore } from '../coordination/watches.js';

/**
 * All operations on the database. It may run in a separate thread: every call resolves later, and what it takes and
 * gives is data.
 */
export interface StoreEngine extends Reads, AliveStore, WatchStore {
  /** Records a batch in one transaction: all of it, or nothing. Each observation of a batch has a different id. */
  recordBatch: (observations: readonly Observation[]) => Promise<Committed>;
  /** The state of a recording as its log gives it, where the stored one cannot be read; null if it is not there. */
  refoldedState(id: string): Promise<RecordingState | null>;
  attempts: AttemptStore;
  acquired: AcquiredStore;
  audit: AuditStore;
  unanswered: UnansweredQueryStore;
  /** Fingerprints of the secrets that were sent to Agora. */
  fingerprints: FingerprintStore;
  /** Who of several gateways has what in hand. */
  leases: Leases;
  /** The turns of all gateways on this store; null where there is one gateway only. */
  turns: SharedTurns | null;
  /** The key with which inputs are hashed: made once, and kept here. */
  inputKey: string;
  /** Changes when a backup was restored: cursors of before it do not fit. */
  epoch: string;
  /** One small step of the removal of ended recordings without an observation since `before`, in gateway time. */
  removeEnded(before: number, now: number): Promise<Removed>;
  /**
   * Removes one recording that has ended and of which nothing more is expected. Returns whether it did; its log follows with
   * the steps of `removeEnded`.
   */
  forgetRecording(id: string, now: number): Promise<boolean>;
  /** One short step of giving the space of what was removed back to the disk. */
  giveBackSpace(): Promise<GivenBack>;
  /** How late the event loop of the engine's thread was since this was last asked. */
  eventLoopLag(): Promise<EventLoopLag>;
  /** Resolves if something can be written; rejects with StoreUnavailableError otherwise. */
  checkWritable(): Promise<void>;
  close(): Promise<void>;
}

/** Seconds. */
export interface EventLoopLag {
  p99: number;
  max: number;
}

/** Events of the engine. */
export interface EngineEvents {
  /** Another gateway committed something: a hint to read on, with no promise for each. */
  onCommit: () => void;
  /** While it opens: how far the migration of the store has come. */
  onMigration: (progress: MigrationProgress) => void;
  /** An observation contradicts what we take to be so. */
  onContradictions: (names: readonly AssumptionName[], recordingId: string) => void;
  /** A value in the database could not be read, and the work continues without it. Names where it stands; never quotes it. */
  onUnreadable: (problem: string) => void;
  /** The database cannot be used. When an outage begins, and when the kind of its fault changes. */
  onUnavailable: (error: StoreUnavailableError) => void;
  /** It can be used again. */
  onAvailable: () => void;
  /** A long read was given up, and failed for its caller; everything else continues. */
  onSlow: (error: StoreSlowError) => void;
  /** Other gateways are not heard for a while; the log is read each second all the same. */
  onSilence: (error: Error) => void;
  /**
   * While it opens: a restore that was interrupted has been finished. Where the store is kept that was there before; null if
   * there was none.
   */
  onRestoreFinished: (replaced: string | null) => void;
}

export interface EngineOptions {
  /** `file:PATH` for SQLite, `postgres://…` for PostgreSQL. */
  databaseUrl: string;
  /** The file that it comes from, in which user and password may be replaced. */
  databaseUrlFile?: string | null;
  /** The App IDs that are configured. A store that has served other projects only is refused. */
  appIds: readonly string[];
  /** Recordings that notifications of unknown ones may add to a project in an hour; null, the default, for any number. */
  maxUnknownRecordings?: number | null;
  /** Whether the process is ending, which ends a migration between two of its steps. Default: it is not. */
  isStopping?: () => boolean;
  /** Makes the keys that are kept in the store: one for hashing inputs, one that names its epoch. */
  mintKey: () => string;
  /** Makes a new recording's id. */
  mintId: () => string;
}

/** How often the lag of the event loop is sampled. Real milliseconds. */
const LAG_RESOLUTION_MS = 20;

const NANOSECONDS = 1e9;

/** A batch with long file lists takes about as much. */
const PROBE_BYTES = 64 * 1024;

/** Writes more than the space that a full disk may have left; never the same, or it would be written as nothing. */
async function keepProbe(database: Kysely<Schema>): Promise<void> {
  const value = randomBytes(PROBE_BYTES).toString('base64');
  // In a transaction, which also checks that the store is still the one that was opened.
  await database.transaction().execute((transaction) => setMeta(transaction, 'probe', value));
}

/** Opens the database, brings it to this version, and checks that it belongs to the configured Agora projects. */
export async function openEngine(options: EngineOptions, events: EngineEvents): Promise<StoreEngine> {
  const { onCommit, onContradictions, onUnavailable, onAvailable, onSlow, onSilence, onRestoreFinished } =
    events;
  const onUnreadable = ({ message }: StoredValueError) => events.onUnreadable(message);
  const listeners = {
    onFailure: (error: StoreUnavailableError) => availability.failed(error),
    onSlow,
    onSilence,
    onRestoreFinished,
  };
  const database = openDatabase(options.databaseUrl, listeners, options.databaseUrlFile);
  const availability = createAvailability({
    async probe() {
      await keepProbe(database.kysely);
      await database.verify();
    },
    onUnavailable,
    onAvailable,
  });
  const { kysely } = database;
  let identity: Identity;
  try {
    await database.hold('gateway');
    await migrate(database, {
      onUnreadable,
      appIds: options.appIds,
      onProgress: events.onMigration,
      ...(options.isStopping === undefined ? {} : { isStopping: options.isStopping }),
    });
    identity = await identify(kysely, options.appIds, options.mintKey, onUnreadable);
    await database.expect(identity.epoch);
  } catch (error) {
    await availability.close();
    await database.close();
    throw error;
  }
  const { inputKey, epoch, budget } = identity;
  database.listen(onCommit);
  const leases = openLeases(database, randomUUID());
  const statements = recordStatements(kysely);
  const delays = monitorEventLoopDelay({ resolution: LAG_RESOLUTION_MS });
  delays.enable();
  const { mintId, maxUnknownRecordings = null } = options;
  const recording = { mintId, onContradictions, onUnreadable, statements, maxUnknownRecordings };
  return {
    ...createReads(
      { kysely, longReads: database.longReads ?? kysely },
      createCursors({ key: inputKey, epoch }),
      onUnreadable,
    ),
    ...createAliveStore(kysely),
    ...createWatchStore(database, leases, onUnreadable),
    inputKey,
    epoch,
    async recordBatch(observations) {
      const committed = await recordBatch(database, observations, recording);
      return committed;
    },
    attempts: createAttemptStore(kysely),
    acquired: createAcquiredStore(kysely),
    audit: createAuditStore(kysely),
    unanswered: createUnansweredQueryStore(kysely),
    fingerprints: createFingerprintStore(kysely),
    leases,
    turns: database.shared ? createSharedTurns(database, budget) : null,
    eventLoopLag() {
      const lag = { p99: delays.percentile(99) / NANOSECONDS, max: delays.max / NANOSECONDS };
      delays.reset();
      return Promise.resolve(lag);
    },
    checkWritable: () => keepProbe(kysely),
    removeEnded: (before, now) => removeEnded(database, before, now, onUnreadable),
    forgetRecording: (id, now) => forgetRecording(database, id, now, onUnreadable),
    giveBackSpace: () => database.giveBack?.() ?? Promise.resolve({ bytes: 0, stuckBytes: 0 }),
    refoldedState: (id) => refoldRecording(kysely, id),
    async close() {
      delays.disable();
      await leases.close();
      await availability.close();
      await database.close();
    },
  };
}
