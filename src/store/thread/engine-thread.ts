import { randomBytes } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import { mintId } from '../../mint-id.js';
import {
  type EngineFunctions,
  type ThreadData,
  type ThreadEvents,
  type ThreadFunctions,
  toData,
} from './engine-rpc.js';
import { openEngine, type StoreEngine } from './engine.js';

/** The thread that runs the engine: it executes the calls of the gateway's thread, and reports events to it. */

/** The functions of an engine, by the names under which the gateway's thread calls them. */
function functionsOf(engine: StoreEngine): EngineFunctions {
  const { attempts, acquired, audit, unanswered, fingerprints, leases } = engine;
  const turns = () => {
    if (engine.turns === null) throw new Error('A store for one gateway has no shared turns.');
    return engine.turns;
  };
  return {
    recordBatch: (...given) => engine.recordBatch(...given),
    states: (...given) => engine.states(...given),
    refoldedState: (...given) => engine.refoldedState(...given),
    recordingIdBySid: (...given) => engine.recordingIdBySid(...given),
    hasStartIn: (...given) => engine.hasStartIn(...given),
    recordingPage: (...given) => engine.recordingPage(...given),
    recordingCount: (...given) => engine.recordingCount(...given),
    recordingCounts: (...given) => engine.recordingCounts(...given),
    channelPage: (...given) => engine.channelPage(...given),
    channelCount: (...given) => engine.channelCount(...given),
    filePage: (...given) => engine.filePage(...given),
    fileCount: (...given) => engine.fileCount(...given),
    problemPage: (...given) => engine.problemPage(...given),
    problemCount: (...given) => engine.problemCount(...given),
    auditPage: (...given) => engine.auditPage(...given),
    unansweredQueries: (...given) => engine.unansweredQueries(...given),
    eventPage: (...given) => engine.eventPage(...given),
    eventCount: (...given) => engine.eventCount(...given),
    event: (...given) => engine.event(...given),
    snapshotNames: (...given) => engine.snapshotNames(...given),
    knownSnapshots: (...given) => engine.knownSnapshots(...given),
    eventsAfter: (...given) => engine.eventsAfter(...given),
    changesAfter: (...given) => engine.changesAfter(...given),
    tail: (...given) => engine.tail(...given),
    head: (...given) => engine.head(...given),
    resumeEvents: (...given) => engine.resumeEvents(...given),
    resumeChanges: (...given) => engine.resumeChanges(...given),
    runningRecordings: (...given) => engine.runningRecordings(...given),
    currentId: (...given) => engine.currentId(...given),
    findByResource: (...given) => engine.findByResource(...given),
    findInPlace: (...given) => engine.findInPlace(...given),
    findEndedInPlace: (...given) => engine.findEndedInPlace(...given),
    lastAlive: (...given) => engine.lastAlive(...given),
    noteAlive: (...given) => engine.noteAlive(...given),
    liveRecordings: (...given) => engine.liveRecordings(...given),
    takeDueWatches: (...given) => engine.takeDueWatches(...given),
    nextWatchAt: (...given) => engine.nextWatchAt(...given),
    postponeWatch: (...given) => engine.postponeWatch(...given),
    removeEnded: (...given) => engine.removeEnded(...given),
    forgetRecording: (...given) => engine.forgetRecording(...given),
    giveBackSpace: (...given) => engine.giveBackSpace(...given),
    eventLoopLag: (...given) => engine.eventLoopLag(...given),
    checkWritable: (...given) => engine.checkWritable(...given),
    close: (...given) => engine.close(...given),
    'attempts.open': (...given) => attempts.open(...given),
    'attempts.renew': (...given) => attempts.renew(...given),
    'attempts.refuse': (...given) => attempts.refuse(...given),
    'attempts.find': (...given) => attempts.find(...given),
    'attempts.findByKey': (...given) => attempts.findByKey(...given),
    'attempts.unsettled': (...given) => attempts.unsettled(...given),
    'audit.keep': (...given) => audit.keep(...given),
    'unanswered.keep': (...given) => unanswered.keep(...given),
    'acquired.keep': (...given) => acquired.keep(...given),
    'acquired.find': (...given) => acquired.find(...given),
    'fingerprints.keep': (...given) => fingerprints.keep(...given),
    'fingerprints.ofSubjects': (...given) => fingerprints.ofSubjects(...given),
    'leases.take': (...given) => leases.take(...given),
    'leases.join': (...given) => leases.join(...given),
    'leases.confirm': (...given) => leases.confirm(...given),
    'leases.release': (...given) => leases.release(...given),
    'leases.isHeld': (...given) => leases.isHeld(...given),
    'leases.abandoned': (...given) => leases.abandoned(...given),
    'turns.reserve': (...given) => turns().reserve(...given),
    'turns.pause': (...given) => turns().pause(...given),
  };
}

const port = parentPort;
if (port === null) throw new Error('This runs as a thread only.');
const functions: Partial<ThreadFunctions> = {};
const gateway = createBirpc<ThreadEvents, Partial<ThreadFunctions>>(functions, {
  post: (message) => port.postMessage(message),
  on: (listener) => port.on('message', listener),
  serialize: toData,
  timeout: -1,
});

functions.open = async () => {
  const { stopping, ...data } = workerData as ThreadData;
  const engine = await openEngine(
    {
      ...data,
      isStopping: () => Atomics.load(stopping, 0) === 1,
      mintId,
      mintKey: () => randomBytes(32).toString('hex'),
    },
    {
      onCommit: () => void gateway.onCommit.asEvent(),
      onContradictions: (...found) => void gateway.onContradictions.asEvent(...found),
      onMigration: (progress) => void gateway.onMigration.asEvent(progress),
      onUnreadable: (problem) => void gateway.onUnreadable.asEvent(problem),
      onUnavailable: ({ reason, kind }) => void gateway.onUnavailable.asEvent(reason, kind),
      onAvailable: () => void gateway.onAvailable.asEvent(),
      onSlow: ({ cause }) => void gateway.onSlow.asEvent(cause),
      onSilence: (error) => void gateway.onSilence.asEvent(error),
      onRestoreFinished: (replaced) => void gateway.onRestoreFinished.asEvent(replaced),
    },
  );
  Object.assign(functions, functionsOf(engine));
  const { inputKey, epoch, turns } = engine;
  return { inputKey, epoch, hasTurns: turns !== null };
};
