import { type AddressInfo } from 'node:net';
import { type Log } from './log.js';
import { DEFAULT_WEBHOOK_URL } from './notifications/default-webhook-url.js';
import { CALLS_PER_SECOND } from './api/rate-limit.js';
import { createServer } from './api/server.js';
import { SandboxState } from './tasks/state.js';
import { SandboxStore } from './tasks/store.js';

export interface SandboxOptions {
  /** Default 0: any free port. */
  port?: number;
  /** SQLite file that is kept over restarts. Default `:memory:`. */
  dataFile?: string;
  /** Where notifications go. Default: the webhook of a gateway with its default port. */
  webhookUrl?: string;
  /** Signs notifications. Default: one that is made once and kept with the data. */
  webhookSecret?: string;
  /** Sandbox time per real time, above 0 to 10,000. Default: the kept speed, else 1. */
  speed?: number;
  /** Seed of how notifications fare, a whole number. Default: the kept one, else 1. */
  seed?: number;
  /** Calls of the REST API in any sliding second, real time. Default 10, as at Agora. */
  callsPerSecond?: number;
  /** Real Unix milliseconds. Default Date.now. */
  realNow?: () => number;
  /** Default: nothing is logged. */
  log?: Log;
}

export interface Sandbox {
  /** For example `http://127.0.0.1:4001`. */
  url: string;
  /** Stops listening and ends everything under way. Tasks stay in the data file and go on with the next start. */
  close(): Promise<void>;
}

/** The only address the sandbox listens on: it is a toy with an open control side. */
const HOST = '127.0.0.1';

/** Starts a sandbox. Rejects when the port or the data file is in use. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const log = options.log ?? (() => undefined);
  const realNow = options.realNow ?? Date.now;
  const store = new SandboxStore(options.dataFile ?? ':memory:');
  const state = new SandboxState({
    ...{ store, realNow, log },
    webhookUrl: options.webhookUrl ?? DEFAULT_WEBHOOK_URL,
    webhookSecret: options.webhookSecret ?? null,
    speed: options.speed ?? null,
    seed: options.seed ?? null,
  });
  const callsPerSecond = options.callsPerSecond ?? CALLS_PER_SECOND;
  const server = createServer({ state, callsPerSecond, realNow, log });
  const close = async () => {
    state.close();
    await server.close();
    store.close();
  };
  try {
    // First: a call must not come upon tasks that are not there yet.
    state.start();
    await server.listen({ host: HOST, port: options.port ?? 0 });
  } catch (error) {
    await close();
    throw error;
  }
  const { port } = server.server.address() as AddressInfo;
  return { url: `http://${HOST}:${port}`, close };
}
