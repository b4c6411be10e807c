import { type AddressInfo } from 'node:net';
import { type FastifyInstance } from 'fastify';
import { hostGuard } from './api/allowed-hosts.js';
import { CALLS_PER_SECOND } from './api/rate-limit.js';
import { createServer } from './api/server.js';
import { parseAssumptions } from './control/assumptions.js';
import { type Log } from './log.js';
import { DEFAULT_WEBHOOK_URL } from './notifications/default-webhook-url.js';
import { SandboxState } from './tasks/state.js';
import { SandboxStore } from './tasks/store.js';
import { loadCertificate, writeCaFile } from './tls/certificate.js';
import { type HttpsListener, listenHttps } from './tls/https-listener.js';
import { tunnelTo } from './tls/tunnel.js';

export interface SandboxOptions {
  /** Port of HTTP. Default 0: any free port. */
  port?: number;
  /** Port of HTTPS; 0 is any free port. Default: no HTTPS. */
  httpsPort?: number;
  /** Address to listen on. Default `127.0.0.1`. On any other, everyone who reaches it can use the control side. */
  host?: string;
  /** Host names to serve in addition to those of this machine and of Agora, with or without a port. Default: none. */
  allowedHosts?: readonly string[];
  /** SQLite file that is kept over restarts. Default `:memory:`. */
  dataFile?: string;
  /** The receiver of notifications. Default: the webhook of a gateway on its default port. */
  webhookUrl?: string;
  /** Signs notifications. Default: one that is created once and kept with the data. */
  webhookSecret?: string;
  /** Speed of sandbox time as a multiple of real time, above 0 to 10,000. Default: the kept speed, or 1. */
  speed?: number;
  /** Seed of the disturbances of notifications, a whole number. Default: the kept one, or 1. */
  seed?: number;
  /** Calls of the REST API in any sliding second, real time. Default 10, as at Agora. */
  callsPerSecond?: number;
  /** Names of assumptions that are false from the start and after a reset. Default: none. */
  falseAssumptions?: readonly string[];
  /** Real Unix milliseconds. Default Date.now. */
  realNow?: () => number;
  /** Default: nothing is logged. */
  log?: Log;
}

export interface Sandbox {
  /** For example `http://127.0.0.1:4001`. */
  url: string;
  /** For example `https://localhost:4443`; null without HTTPS. */
  httpsUrl: string | null;
  /** Stops listening and ends everything in progress. Tasks stay in the data file and continue with the next start. */
  close(): Promise<void>;
}

const DEFAULT_HOST = '127.0.0.1';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/;

const IN_MEMORY = ':memory:';

/** The host in an address for this machine: a wildcard address is not one. */
function hostInUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return DEFAULT_HOST;
  return host.includes(':') ? `[${host}]` : host;
}

async function openHttps(
  server: FastifyInstance,
  { state, store, options }: { state: SandboxState; store: SandboxStore; options: SandboxOptions },
): Promise<HttpsListener | null> {
  const { httpsPort, host = DEFAULT_HOST, dataFile = IN_MEMORY, allowedHosts = [] } = options;
  if (httpsPort === undefined) return null;
  const now = (options.realNow ?? Date.now)();
  const certificate = await loadCertificate({ store, allowedHosts, now });
  const listener = await listenHttps(server, certificate, { host, port: httpsPort });
  state.https = {
    url: `https://localhost:${listener.port}`,
    caFile: dataFile === IN_MEMORY ? null : writeCaFile(dataFile, certificate),
    ca: certificate.ca,
  };
  return listener;
}

/** Starts a sandbox. Rejects if a port or the data file is in use, or if a name is not that of an assumption. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const log = options.log ?? (() => undefined);
  const realNow = options.realNow ?? Date.now;
  const host = options.host ?? DEFAULT_HOST;
  const falseAssumptions = parseAssumptions((options.falseAssumptions ?? []).join());
  if ('problem' in falseAssumptions) throw new Error(`falseAssumptions: ${falseAssumptions.problem}.`);
  const store = new SandboxStore(options.dataFile ?? IN_MEMORY, log);
  const state = new SandboxState({
    store,
    realNow,
    log,
    webhookUrl: options.webhookUrl ?? DEFAULT_WEBHOOK_URL,
    webhookSecret: options.webhookSecret ?? null,
    speed: options.speed ?? null,
    seed: options.seed ?? null,
    falseAssumptions: falseAssumptions.names,
  });
  const callsPerSecond = options.callsPerSecond ?? CALLS_PER_SECOND;
  const allowedHosts = options.allowedHosts ?? [];
  const server = createServer({ state, callsPerSecond, allowedHosts, realNow, log });
  let https: HttpsListener | null = null;
  const close = async () => {
    state.close();
    await Promise.all([server.close(), https?.close()]);
    store.close();
  };
  try {
    // Before listening: a call must find the kept tasks.
    state.start();
    await server.ready();
    // Before HTTP, which says where HTTPS is: who waits for the first answer finds both.
    https = await openHttps(server, { state, store, options });
    server.server.on('connect', tunnelTo(https, hostGuard(allowedHosts)));
    await server.listen({ host, port: options.port ?? 0 });
  } catch (error) {
    await close();
    throw error;
  }
  if (!LOOPBACK.test(host)) log('warn', 'control.public', { host });
  const { port } = server.server.address() as AddressInfo;
  return { url: `http://${hostInUrl(host)}:${port}`, httpsUrl: state.https?.url ?? null, close };
}
