import { fastify, type FastifyInstance } from 'fastify';
import { addAgoraSide } from './agora-side.js';
import { addControlSide } from '../control/control-side.js';
import { isLoopbackHost } from '../control/guard.js';
import { type Log } from '../log.js';
import { RateLimit } from './rate-limit.js';
import { type SandboxState } from '../tasks/state.js';

/** Largest request body. */
const LARGEST_BODY_BYTES = 1024 * 1024;

/** Longest part of a path: resource ids of up to 363 characters have been seen (agora-facts.md, "Id formats"). */
const LONGEST_PATH_PART = 2_048;

export interface ServerOptions {
  state: SandboxState;
  callsPerSecond: number;
  realNow: () => number;
  log: Log;
}

/** The sandbox's HTTP server with both sides, not yet listening. */
export function createServer({ state, callsPerSecond, realNow, log }: ServerOptions): FastifyInstance {
  const server = fastify({
    bodyLimit: LARGEST_BODY_BYTES,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: LONGEST_PATH_PART },
  });
  // Bodies are read as text whatever they call themselves: each side has its own answer to what it cannot use.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  server.addHook('onRequest', async (request, reply) => {
    if (!isLoopbackHost(request.headers.host)) {
      await reply.code(403).send({ message: 'The sandbox answers on this machine only: use 127.0.0.1.' });
    }
  });
  server.setErrorHandler(async (error: Error & { statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) log('error', 'request.failed', { message: error.message, stack: error.stack });
    await reply.code(status).send({ message: status >= 500 ? 'The sandbox has failed.' : error.message });
  });
  const { project, service, faults, calls } = state;
  const rateLimit = new RateLimit(callsPerSecond);
  addAgoraSide(server, { project, service, faults, calls, rateLimit, realNow, log });
  addControlSide(server, state, log);
  return server;
}
