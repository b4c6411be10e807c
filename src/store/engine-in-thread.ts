import { Worker } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import { fromData, type ThreadData, type ThreadEvents, type ThreadFunctions } from './engine-rpc.js';
import { type EngineEvents, type StoreEngine } from './engine.js';
import { StoreSlowError, StoreUnavailableError } from './errors.js';

/** What opening it gives back: what is no function, and the names of all that are. */
type Opened = Pick<StoreEngine, 'inputKey' | 'epoch'> & { functions: string[] };

type Call = (...parameters: unknown[]) => Promise<unknown>;

/** The engine as an object again; a dot in a name stands for a part of it. */
function engineOf({ functions, ...data }: Opened, call: (name: string) => Call): StoreEngine {
  const engine: Record<string, unknown> = { turns: null, ...data };
  for (const name of functions) {
    const [first = '', own] = name.split('.');
    if (own === undefined) engine[first] = call(name);
    else engine[first] = { ...(engine[first] as object | null), [own]: call(name) };
  }
  return engine as unknown as StoreEngine;
}

/**
 * Opens the engine in a thread of its own. Should the thread fail, which only a fault of ours or a lack of memory makes it
 * do, the process fails as it would have without the thread.
 */
export async function openEngineInThread(options: ThreadData, events: EngineEvents): Promise<StoreEngine> {
  const { databaseUrl, agora } = options;
  const thread = new Worker(new URL('./engine-thread.js', import.meta.url), {
    workerData: { databaseUrl, agora } satisfies ThreadData,
  });
  const told: ThreadEvents = {
    ...events,
    onUnavailable: (reason) => events.onUnavailable(new StoreUnavailableError(new Error(reason))),
    onSlow: (cause) => events.onSlow(new StoreSlowError(cause)),
  };
  const rpc = createBirpc<ThreadFunctions, ThreadEvents>(told, {
    post: (message) => thread.postMessage(message),
    on: (listener) => thread.on('message', listener),
    deserialize: fromData,
    timeout: -1,
  });
  const ended = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
  const call =
    (name: string): Call =>
    (...parameters) =>
      rpc.$call(name, ...(parameters as never[]));
  try {
    const engine = engineOf((await call('open')()) as Opened, call);
    return {
      ...engine,
      async close() {
        await engine.close();
        await thread.terminate();
        await ended;
      },
    };
  } catch (error) {
    await thread.terminate();
    throw error;
  }
}
