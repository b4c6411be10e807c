import { type SecretFingerprint } from '@agora-recording-gateway/agora/redaction/fingerprint';
import { type Observation } from '../recordings/observation.js';
import { type FingerprintStore, type MessageSubject } from './log/fingerprints.js';
import { createCursors } from './reads/cursor.js';
import { openEngineInThread, type ThreadedEngineOptions } from './thread/engine-in-thread.js';
import { type EngineEvents, type EngineOptions, openEngine, type StoreEngine } from './thread/engine.js';
import { createModelledReads, type ModelledReads } from './modelled-reads.js';
import { createBatchQueue } from './log/queue.js';
import { type Recorded } from './log/record.js';
import { type RemovalCause } from './maintenance/retention.js';
import { type LeaseEvents, reportLeases, type ReportedLeases } from './coordination/reported-leases.js';
import { type LeasedOperation } from './coordination/leases.js';
import { traced } from '../telemetry/tracing.js';
import { createRecordingLoad } from './recording-load.js';
import { type ReportUnreadable } from './stored-json.js';
import { createReadQueue, type ReadQueue } from './thread/read-queue.js';

/** Everything the gateway knows, and the one door by which it learns more. */
export interface Store
  extends
    Omit<
      StoreEngine,
      'recordBatch' | 'epoch' | 'fingerprints' | 'leases' | 'giveBackSpace' | keyof ModelledReads
    >,
    ModelledReads {
  /** Whether other gateways write, too. */
  isShared: boolean;
  fingerprints: Pick<FingerprintStore, 'keep'> & {
    /** The fingerprints of all secrets that a message about the subject may echo; null: about no channel. */
    of(subject: MessageSubject | null): Promise<SecretFingerprint[]>;
    /** The same for notifications, of which many come at once. Rejects with StoreBusyError when too many wait. */
    ofNotification(subject: MessageSubject): Promise<SecretFingerprint[]>;
  };
  leases: ReportedLeases;
  /** As of the engine. Returns the bytes given back; 0 when nothing is left to give back. */
  giveBackSpace(): Promise<number>;
  /** How many leases this gateway holds, by operation. */
  heldLeases(): ReadonlyMap<LeasedOperation, number>;
  /** Takes an observation in. Resolves once it is durable; rejects with StoreBusyError when too much waits. */
  record(observation: Observation): Promise<Recorded>;
  /** The cursor after which events, or the changes of recordings, continue from a position in the log. */
  eventCursor(position: number): string;
  changeCursor(position: number): string;
  /** Called after commits of this and other gateways, with no promise for each: a hint to read on. */
  onCommit(listener: () => void): () => void;
  /** For who reads a value of the store that it cannot read: the log names each once. */
  reportUnreadable: ReportUnreadable;
  /** Observations that wait to be written. */
  waiting(): number;
  /** Long reads that wait for their turn. */
  readsWaiting(): number;
  /** Whether so much is being recorded that subscriptions must leave time for it. */
  isUnderLoad(): boolean;
  /** Whether it can be read and written, as far as is known. */
  isAvailable(): boolean;
}

/** What the store reports about itself. Every listener is optional. */
export interface StoreEvents extends Omit<EngineEvents, 'onCommit'>, LeaseEvents {
  /** An observation was stored but could not be folded. */
  onFoldError: (recordingId: string, foldError: string) => void;
  /** A batch was committed, with how many observations, and how long that took in seconds; `late`: see `Committed`. */
  onCommitted: (observations: number, seconds: number, late: number) => void;
  /** A recording has ended with the commit of a batch. */
  onEnded: (phase: string, endReason: string | null) => void;
  /** Recordings were removed: for their age, or by a command. */
  onRemoved: (recordings: number, cause: RemovalCause) => void;
  /** Free space of the database was given back to the disk. Bytes. */
  onGivenBack: (bytes: number) => void;
  /** So much is free that the database cannot give back, since an earlier release made it. Bytes. */
  onStuckSpace: (bytes: number) => void;
}

async function createStore(
  open: (events: EngineEvents, reads: ReadQueue) => Promise<StoreEngine>,
  report: Partial<StoreEvents>,
): Promise<Store> {
  const listeners = new Set<() => void>();
  let available = true;
  const load = createRecordingLoad(() => performance.now());
  const reads = createReadQueue();
  const announce = () => {
    for (const listener of listeners) listener();
  };
  const events: EngineEvents = {
    onCommit: announce,
    onMigration: (progress) => report.onMigration?.(progress),
    onContradictions: (names, recordingId) => report.onContradictions?.(names, recordingId),
    onUnreadable: (problem) => report.onUnreadable?.(problem),
    onUnavailable(error) {
      available = false;
      report.onUnavailable?.(error);
    },
    onAvailable() {
      available = true;
      report.onAvailable?.();
    },
    onSlow: (error) => report.onSlow?.(error),
    onSilence: (error) => report.onSilence?.(error),
    onRestoreFinished: (replaced) => report.onRestoreFinished?.(replaced),
  };
  const reportUnreadable: ReportUnreadable = ({ message }) => events.onUnreadable(message);
  const whole = await open(events, reads);
  const { recordBatch, epoch, ...engine } = whole;
  const { reads: modelled, commit } = createModelledReads(
    whole,
    { isAvailable: () => available, monotonic: () => performance.now() },
    reportUnreadable,
    (recordings, cause) => {
      report.onRemoved?.(recordings, cause);
      announce();
    },
  );
  const cursors = createCursors({ key: whole.inputKey, epoch });
  const queue = createBatchQueue<Observation, Recorded>(async (observations) => {
    load.begin(observations.length);
    const began = performance.now();
    const { recorded, ended, late } = await commit(() => recordBatch(observations));
    report.onCommitted?.(observations.length, (performance.now() - began) / 1_000, late);
    for (const { phase, endReason } of ended) report.onEnded?.(phase, endReason);
    for (const { recordingId, foldError } of recorded) {
      if (foldError !== null) report.onFoldError?.(recordingId, foldError);
    }
    announce();
    return recorded;
  });
  const { fingerprints, audit } = engine;
  // While one read is under way the next ones gather.
  const lookups = createBatchQueue<MessageSubject, SecretFingerprint[]>((subjects) =>
    fingerprints.ofSubjects(subjects),
  );
  return {
    ...engine,
    ...modelled,
    ...reportLeases(whole, report),
    audit: {
      async keep(...parameters) {
        await audit.keep(...parameters);
        announce();
      },
    },
    isShared: engine.turns !== null,
    async giveBackSpace() {
      const { bytes, stuckBytes } = await engine.giveBackSpace();
      if (bytes > 0) report.onGivenBack?.(bytes);
      if (stuckBytes > 0) report.onStuckSpace?.(stuckBytes);
      return bytes;
    },
    fingerprints: {
      keep: (...parameters) => fingerprints.keep(...parameters),
      of: async (subject) => (await fingerprints.ofSubjects([subject]))[0] ?? [],
      ofNotification: (subject) => lookups.add(subject, false),
    },
    // Agora sends a notification again; what else we saw, we see once. Its number is bounded by the calls we make.
    record: (observation) =>
      traced('commit', { attributes: { 'observation.source': observation.source } }, () =>
        queue.add(observation, observation.source !== 'NOTIFICATION'),
      ),
    eventCursor: (position) => cursors.encode('event', position),
    changeCursor: (position) => cursors.encode('change', position),
    onCommit(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    reportUnreadable,
    waiting: () => queue.size(),
    readsWaiting: () => reads.waiting(),
    isUnderLoad: () => load.isHigh(),
    isAvailable: () => available,
    async close() {
      available = false;
      // At once, so that neither accepts anything more while the other one ends.
      await Promise.all([lookups.close(), queue.close()]);
      await engine.close();
    },
  };
}

export type StoreOptions = EngineOptions & Partial<StoreEvents>;

/** Opens the store where it is called. */
export function openStore(options: StoreOptions): Promise<Store> {
  return createStore((events) => openEngine(options, events), options);
}

/**
 * Opens the store in its own thread: while it waits for the disk, or finds out whether a batch was committed, everything
 * else continues.
 */
export function openThreadedStore(options: ThreadedEngineOptions & Partial<StoreEvents>): Promise<Store> {
  return createStore((events, reads) => openEngineInThread(options, events, reads), options);
}
