import { fastify, type FastifyInstance } from 'fastify';
import { addControlSide } from '../control/control-side.js';
import { type Log } from '../log.js';
import { type SandboxState } from '../tasks/state.js';
import { addStorageSide } from '../storage/storage-side.js';
import { addAgoraSide } from './agora-side.js';
import { hostGuard } from './allowed-hosts.js';
import { readBodiesAsText } from './media-type.js';
import { RateLimit } from './rate-limit.js';

/** Largest request body. */
const MAX_BODY_BYTES = 1024 * 1024;

/** Longest parameter in a path. Resource ids with up to 363 characters have been seen. */
const MAX_PATH_PARAMETER_LENGTH = 2_048;

/** HTTP 421, Misdirected Request. */
const MISDIRECTED = 421;

export interface ServerOptions {
  state: SandboxState;
  callsPerSecond: number;
  /** Host names allowed in addition to those of this machine and of Agora. */
  allowedHosts: readonly string[];
  realNow: () => number;
  log: Log;
}

/** The HTTP server with Agora's side and the control side, not yet listening. */
export function createServer(options: ServerOptions): FastifyInstance {
  const { state, callsPerSecond, allowedHosts, realNow, log } = options;
  const server = fastify({
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: MAX_PATH_PARAMETER_LENGTH },
  });
  readBodiesAsText(server);
  const isAllowedHost = hostGuard(allowedHosts);
  server.addHook('onRequest', async (request, reply) => {
    const { host } = request.headers;
    if (isAllowedHost(host)) return;
    const message = `The sandbox does not serve the host name ${host ?? ''}. Use 127.0.0.1, or add the name to SANDBOX_ALLOWED_HOSTS.`;
    await reply.code(MISDIRECTED).send({ message });
  });
  server.setErrorHandler(async (error: Error & { statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) log('error', 'request.failed', { message: error.message, stack: error.stack });
    const message = status >= 500 ? 'Internal error of the sandbox. See its log.' : error.message;
    await reply.code(status).send({ message });
  });
  const { project, service, faults, calls } = state;
  const rateLimit = new RateLimit(callsPerSecond);
  addAgoraSide(server, { project, service, faults, calls, rateLimit, realNow, log });
  addControlSide(server, state, log);
  addStorageSide(server, state);
  return server;
}
