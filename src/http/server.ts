import { type ApolloServer } from '@apollo/server';
import { fastify } from 'fastify';
import { type Execution } from '../graphql/execution.js';
import { type Intake } from '../intake/intake.js';
import { loadPlayground } from '../pages/playground.js';
import { type Log } from '../telemetry/log.js';
import { type Metrics } from '../telemetry/metrics.js';
import { graphqlRoute } from './graphql-route.js';
import { isLoopbackHost } from './origin.js';
import { pagesRoute } from './pages-route.js';
import { webhookRoute } from './webhook-route.js';
import { attachWebSocket } from './websocket.js';

/** Largest GraphQL request. */
const LARGEST_REQUEST_BYTES = 256 * 1024;

/** Agora asks receivers to keep connections for at least 10 seconds (agora-facts.md, section 1). */
const KEEP_ALIVE_MS = 15_000;

/** Headers and body of a request have to be there within so long. */
const REQUEST_WITHIN_MS = 30_000;

export interface HttpParts {
  apollo: ApolloServer;
  execution: Execution;
  intake: Intake;
  metrics: Metrics;
  log: Log;
  /** Whether the gateway can serve; else why not. */
  readiness: () => { ready: true } | { ready: false; reason: string };
  /** Only requests whose Host is this machine's: for a gateway that plays with the sandbox. */
  loopbackOnly: boolean;
  /** Connections that are still open this long after the close began are cut. Real milliseconds. */
  closeTimeoutMs: number;
}

export interface HttpServer {
  /** Resolves with the address once requests are accepted. */
  listen(host: string, port: number): Promise<string>;
  /** Accepts nothing more, ends what is under way, closes WebSockets with 1001. */
  close(): Promise<void>;
}

/** Every door of the gateway: GraphQL, the webhook, health, metrics and the playground. */
export function createHttpServer(parts: HttpParts): HttpServer {
  const { apollo, execution, intake, metrics, log, readiness, loopbackOnly } = parts;
  const app = fastify({
    bodyLimit: LARGEST_REQUEST_BYTES,
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestTimeout: REQUEST_WITHIN_MS,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
  });
  if (loopbackOnly) {
    app.addHook('onRequest', async (request, reply) => {
      if (isLoopbackHost(request.headers.host)) return;
      await reply.code(403).send({ error: 'In sandbox mode only requests to localhost are answered.' });
    });
  }
  app.setErrorHandler(async (error, request, reply) => {
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
    if (status < 500) return await reply.code(status).send({ error: (error as Error).message });
    log.error({ error, path: request.routeOptions.url }, 'a request failed');
    return await reply.code(500).send({ error: 'Something went wrong in the gateway. Its log says what.' });
  });
  void app.register(graphqlRoute(apollo));
  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const state = readiness();
    return await reply.code(state.ready ? 200 : 503).send(state.ready ? { status: 'ready' } : state);
  });
  app.get('/metrics', async (_request, reply) => {
    return await reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  void app.register(webhookRoute(intake));
  void app.register(pagesRoute(loadPlayground()));
  const webSocket = attachWebSocket(app.server, {
    path: '/graphql',
    execution,
    metrics,
    loopbackOnly,
  });
  return {
    listen: (host, port) => app.listen({ host, port }),
    async close() {
      await webSocket.close();
      const closed = app.close();
      // A connection over which nothing, or half a request, was sent would keep the server open for good.
      const timer = setTimeout(() => app.server.closeAllConnections(), parts.closeTimeoutMs);
      await closed;
      clearTimeout(timer);
    },
  };
}
