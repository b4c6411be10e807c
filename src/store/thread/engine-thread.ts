import { randomBytes } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import { mintId } from '../../mint-id.js';
import { type ThreadData, type ThreadEvents, type ThreadFunctions, toData } from './engine-rpc.js';
import { openEngine, type StoreEngine } from './engine.js';

/** The thread that runs the engine: it executes the calls of the gateway's thread, and reports events to it. */

/** Every function of the engine by its name, those of its parts with a dot. */
function functionsOf(engine: StoreEngine): ThreadFunctions {
  const functions: ThreadFunctions = {};
  for (const [name, member] of Object.entries(engine) as [string, unknown][]) {
    if (typeof member === 'function') functions[name] = member as ThreadFunctions[string];
    if (typeof member !== 'object' || member === null) continue;
    for (const [own, part] of Object.entries(member as ThreadFunctions)) functions[`${name}.${own}`] = part;
  }
  return functions;
}

const port = parentPort;
if (port === null) throw new Error('This runs as a thread only.');
const functions: ThreadFunctions = {};
const gateway = createBirpc<ThreadEvents, ThreadFunctions>(functions, {
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
      onUnavailable: ({ reason, kind }) => void gateway.onUnavailable.asEvent(reason, kind),
      onAvailable: () => void gateway.onAvailable.asEvent(),
      onSlow: ({ cause }) => void gateway.onSlow.asEvent(cause),
      onSilence: (error) => void gateway.onSilence.asEvent(error),
      onRestoreFinished: (replaced) => void gateway.onRestoreFinished.asEvent(replaced),
    },
  );
  const itsFunctions = functionsOf(engine);
  Object.assign(functions, itsFunctions);
  const { inputKey, epoch } = engine;
  return { inputKey, epoch, functions: Object.keys(itsFunctions) };
};
