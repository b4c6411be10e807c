import { Worker } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import { within } from '../../within.js';
import {
  type EngineFunctions,
  fromData,
  type Opened,
  type ThreadData,
  type ThreadEvents,
  type ThreadFunctions,
} from './engine-rpc.js';
import { type EngineEvents, type EngineOptions, type StoreEngine } from './engine.js';
import { StoreSlowError, StoreUnavailableError, type UnavailableKind } from '../errors.js';
import { type ReadQueue } from './read-queue.js';

/** Calls a function of the engine by its name. */
type Call = <Name extends keyof EngineFunctions>(
  name: Name,
) => (
  ...parameters: Parameters<EngineFunctions[Name]>
) => Promise<Awaited<ReturnType<EngineFunctions[Name]>>>;

/** The engine as an object again, each function of which is a call to the thread. */
function engineOf({ inputKey, epoch, hasTurns }: Opened, call: Call): StoreEngine {
  return {
    inputKey,
    epoch,
    recordBatch: call('recordBatch'),
    states: call('states'),
    refoldedState: call('refoldedState'),
    recordingIdBySid: call('recordingIdBySid'),
    hasStartIn: call('hasStartIn'),
    recordingPage: call('recordingPage'),
    recordingCount: call('recordingCount'),
    recordingCounts: call('recordingCounts'),
    channelPage: call('channelPage'),
    channelCount: call('channelCount'),
    filePage: call('filePage'),
    fileCount: call('fileCount'),
    problemPage: call('problemPage'),
    problemCount: call('problemCount'),
    auditPage: call('auditPage'),
    unansweredQueries: call('unansweredQueries'),
    eventPage: call('eventPage'),
    eventCount: call('eventCount'),
    event: call('event'),
    snapshotNames: call('snapshotNames'),
    knownSnapshots: call('knownSnapshots'),
    eventsAfter: call('eventsAfter'),
    changesAfter: call('changesAfter'),
    tail: call('tail'),
    head: call('head'),
    resumeEvents: call('resumeEvents'),
    resumeChanges: call('resumeChanges'),
    runningRecordings: call('runningRecordings'),
    currentId: call('currentId'),
    findByResource: call('findByResource'),
    findInPlace: call('findInPlace'),
    findEndedInPlace: call('findEndedInPlace'),
    lastAlive: call('lastAlive'),
    noteAlive: call('noteAlive'),
    liveRecordings: call('liveRecordings'),
    takeDueWatches: call('takeDueWatches'),
    nextWatchAt: call('nextWatchAt'),
    postponeWatch: call('postponeWatch'),
    removeEnded: call('removeEnded'),
    forgetRecording: call('forgetRecording'),
    giveBackSpace: call('giveBackSpace'),
    eventLoopLag: call('eventLoopLag'),
    checkWritable: call('checkWritable'),
    close: call('close'),
    attempts: {
      open: call('attempts.open'),
      renew: call('attempts.renew'),
      refuse: call('attempts.refuse'),
      find: call('attempts.find'),
      findByKey: call('attempts.findByKey'),
      unsettled: call('attempts.unsettled'),
    },
    audit: { keep: call('audit.keep') },
    unanswered: { keep: call('unanswered.keep') },
    acquired: { keep: call('acquired.keep'), find: call('acquired.find') },
    fingerprints: { keep: call('fingerprints.keep'), ofSubjects: call('fingerprints.ofSubjects') },
    leases: {
      take: call('leases.take'),
      join: call('leases.join'),
      confirm: call('leases.confirm'),
      release: call('leases.release'),
      isHeld: call('leases.isHeld'),
      abandoned: call('leases.abandoned'),
    },
    turns: hasTurns ? { reserve: call('turns.reserve'), pause: call('turns.pause') } : null,
  };
}

/**
 * A thread that takes longer to reply is stalled, for example by its disk. Longer than a statement and the wait for a
 * connection may take. Real milliseconds.
 */
const REPLY_TIMEOUT_MS = 20_000;

/** These may take as long as they need: closing ends what is under way, and the outcome of a batch must be known. */
const UNBOUNDED: ReadonlySet<keyof EngineFunctions> = new Set(['close', 'recordBatch']);

export interface ThreadedEngineOptions extends Pick<
  EngineOptions,
  'databaseUrl' | 'databaseUrlFile' | 'appIds' | 'maxUnknownRecordings'
> {
  /** Ends a migration between two of its steps; opening it then fails. */
  signal?: AbortSignal;
}

/**
 * Opens the engine in its own thread. Should the thread fail, which only a fault of ours or a lack of memory makes it
 * do, the process fails as it would have without the thread.
 */
export async function openEngineInThread(
  options: ThreadedEngineOptions,
  events: EngineEvents,
  reads: ReadQueue,
): Promise<StoreEngine> {
  const { databaseUrl, databaseUrlFile, appIds, maxUnknownRecordings, signal } = options;
  const stopping = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const stop = () => void Atomics.store(stopping, 0, 1);
  if (signal?.aborted === true) stop();
  else signal?.addEventListener('abort', stop, { once: true });
  const thread = new Worker(new URL('./engine-thread.js', import.meta.url), {
    workerData: { databaseUrl, databaseUrlFile, appIds, maxUnknownRecordings, stopping } satisfies ThreadData,
  });
  let isAvailable = true;
  let isStalled = false;
  const unavailable = (reason: string, kind: UnavailableKind) =>
    new StoreUnavailableError(new Error(reason), kind);
  const reports: ThreadEvents = {
    ...events,
    onUnavailable(reason, kind) {
      isAvailable = false;
      events.onUnavailable(unavailable(reason, kind));
    },
    onAvailable() {
      isAvailable = true;
      events.onAvailable();
    },
    onSlow: (cause) => events.onSlow(new StoreSlowError(cause)),
  };
  const rpc = createBirpc<ThreadFunctions, ThreadEvents>(reports, {
    post: (message) => thread.postMessage(message),
    on: (listener) =>
      thread.on('message', (message) => {
        recover();
        listener(message);
      }),
    deserialize: fromData,
    timeout: -1,
  });

  function stall(): StoreUnavailableError {
    const error = unavailable(`The database has not answered for ${REPLY_TIMEOUT_MS / 1_000} s.`, 'stalled');
    if (isAvailable && !isStalled) events.onUnavailable(error);
    isStalled = true;
    return error;
  }

  function recover(): void {
    if (isAvailable && isStalled) events.onAvailable();
    isStalled = false;
  }

  const call: Call =
    (name) =>
    (...parameters) =>
      reads.run(name, () => callNow(name, parameters));

  async function callNow<Name extends keyof EngineFunctions>(
    name: Name,
    parameters: Parameters<EngineFunctions[Name]>,
  ): Promise<Awaited<ReturnType<EngineFunctions[Name]>>> {
    const answer = rpc.$call(name, ...parameters);
    if (UNBOUNDED.has(name)) return await answer;
    const given = await within(
      answer.then((value) => ({ value })),
      REPLY_TIMEOUT_MS,
    );
    if (given === null) throw stall();
    return given.value;
  }

  /** While it opens, its failure is one of opening. */
  let failed: ((error: Error) => void) | null = null;
  const failure = new Promise<never>((_resolve, reject) => (failed = reject));
  thread.on('error', (error: Error) => {
    if (failed === null) throw error;
    failed(error);
  });
  // Nothing is left unanswered that was asked before, or is asked later.
  thread.once('exit', () => rpc.$close());
  try {
    const engine = engineOf(await Promise.race([rpc.open(), failure]), call);
    failed = null;
    return {
      ...engine,
      async close() {
        try {
          await engine.close();
        } finally {
          await thread.terminate();
        }
      },
    };
  } catch (error) {
    await thread.terminate();
    throw error;
  }
}
