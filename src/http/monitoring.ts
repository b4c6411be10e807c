import { isIP } from 'node:net';
import {
  fastify,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type onRequestAsyncHookHandler,
} from 'fastify';
import { type Registry } from 'prom-client';
import { parseHost } from '../host-name.js';
import { type Log } from '../telemetry/log.js';
import { createHostCheck, HOST_REFUSALS } from './access/host-check.js';
import { type Listener, type Readiness } from './listener.js';

/** `/healthz` says that the process lives, `/readyz` whether it can serve, or why not. */
export function healthRoutes(readiness: () => Readiness) {
  return (scope: FastifyInstance, _options: object, done: () => void): void => {
    scope.get('/healthz', () => ({ status: 'ok' }));
    scope.get('/readyz', async (_request, reply) => {
      const state = readiness();
      return await reply.code(state.ready ? 200 : 503).send(state.ready ? { status: 'ready' } : state);
    });
    done();
  };
}

/** `/metrics`. `onRequest`: who may read it. */
export function metricsRoute(registry: Registry, onRequest: onRequestAsyncHookHandler) {
  return (scope: FastifyInstance, _options: object, done: () => void): void => {
    scope.get('/metrics', { onRequest }, async (_request, reply) => {
      return await reply.type(registry.contentType).send(await registry.metrics());
    });
    done();
  };
}

const MALFORMED = { error: 'The request is malformed.' };
const NOT_FOUND = { error: 'Not found. This port serves /metrics, /healthz and /readyz.' };

export interface MonitoringParts {
  /** The port of METRICS_PORT, which serves metrics and health from now on. */
  listener: Listener;
  registry: Registry;
  readiness: () => Readiness;
  /** Names under which it answers, besides addresses and names without a dot. */
  allowedHosts: readonly string[];
  log: Log;
  /** Connections that are still open this long after the close began are cut. Real milliseconds. */
  closeTimeoutMs: number;
}

/**
 * Whether a host is an IP address or a name of a local network, by which Prometheus finds gateways. No page can point such a name
 * at another machine (DNS rebinding).
 */
function isLocal(host: string | undefined): boolean {
  const name = parseHost(host ?? '')?.name.replace(/^\[|\]$/g, '');
  return name !== undefined && (isIP(name) !== 0 || !name.includes('.'));
}

/** Serves metrics and health on a separate port. It asks for no credential. */
export async function serveMonitoring(parts: MonitoringParts): Promise<{ close(): Promise<void> }> {
  const { listener, registry, readiness, log, closeTimeoutMs } = parts;
  const checkHost = createHostCheck(parts.allowedHosts);

  async function fail(error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
    const { statusCode = 500 } = error;
    if (statusCode < 500) return await reply.code(statusCode).send(MALFORMED);
    log.error({ error, path: request.routeOptions.url }, 'a request failed');
    return await reply.code(500).send({ error: 'Internal error; see the gateway log.' });
  }

  const app = fastify({
    serverFactory: () => listener.server,
    routerOptions: { ignoreTrailingSlash: true },
    frameworkErrors: (error, request, reply) => void fail(error, request, reply),
  });
  app.setNotFoundHandler(async (_request, reply) => await reply.code(404).send(NOT_FOUND));
  app.setErrorHandler(fail);
  void app.register(healthRoutes(readiness));
  const onRequest: onRequestAsyncHookHandler = async ({ headers: { host } }, reply) => {
    const verdict = isLocal(host) ? 'allowed' : checkHost(host);
    if (verdict === 'allowed') return;
    const { status, error } = HOST_REFUSALS[verdict];
    await reply.code(status).send({ error });
  };
  void app.register(metricsRoute(registry, onRequest));
  await app.ready();
  listener.serve((request, response) => app.routing(request, response));
  return {
    async close() {
      await app.close();
      await listener.close(closeTimeoutMs);
    },
  };
}
