import { type ApolloServer } from '@apollo/server';
import compress from '@fastify/compress';
import { fastify, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Authenticator } from '../auth/authenticator.js';
import { type CallerLimits } from '../auth/limits/caller-limits.js';
import { type ApolloContext } from '../graphql/apollo.js';
import { type Execution } from '../graphql/execution.js';
import { type Intake } from '../intake/intake.js';
import { type Media } from '../media/media.js';
import { loadConsole } from '../pages/console.js';
import { loadPlayground } from '../pages/playground.js';
import { type Log } from '../telemetry/log.js';
import { type Metrics } from '../telemetry/metrics.js';
import { createRepeatedLog } from '../telemetry/repeated-log.js';
import { startAtZero } from '../telemetry/start-at-zero.js';
import { createCors } from './access/cors.js';
import { type WebhookSources } from './access/webhook-sources.js';
import { createForwarding } from './access/forwarded.js';
import { type AllowedOrigins, createOriginCheck } from './access/origin-check.js';
import { createAuthentication } from './authentication.js';
import { idsOf } from './client-ids.js';
import { graphqlRoute } from './graphql-route.js';
import { createHostCheck, HOST_REFUSALS } from './access/host-check.js';
import { type Listener, type Readiness } from './listener.js';
import { otherMethod } from './methods.js';
import { healthRoutes, metricsRoute } from './monitoring.js';
import { ReplyQueue } from './reply-queue.js';
import { consoleRoute, playgroundRoute } from './pages-route.js';
import { MAX_TOKEN_LENGTH, mediaRoute } from './media-route.js';
import { noSandboxRoute, type Sandbox, sandboxRoute } from './sandbox-route.js';
import { createStreamRoute } from './stream-route.js';
import { webhookRoute } from './webhook-route.js';
import { attachWebSocket } from './websocket.js';

/** Largest GraphQL request. */
const MAX_REQUEST_BYTES = 256 * 1024;

/** Replies from this size on are compressed for clients that accept it; server-sent events never are. Bytes. */
const COMPRESSED_FROM_BYTES = 1024;

/** Up to this size a reply is compressed at once; a larger one in parts, by other threads. Bytes. */
const COMPRESSED_AT_ONCE_BYTES = 16 * 1024;

/** The webhook is protected by its signature, and probes come by address. Both answer under every host name. */
const ANY_HOST = /^\/(webhooks\/agora|healthz|readyz)(\/|\?|$)/;

const HEADERS = {
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

export interface HttpParts {
  apollo: ApolloServer<ApolloContext>;
  authenticator: Authenticator;
  callerLimits: CallerLimits;
  execution: Execution;
  intake: Intake;
  media: Media;
  metrics: Metrics;
  log: Log;
  mintId: () => string;
  /** Where notifications may come from. */
  webhookSources: WebhookSources;
  /** Whether the gateway can serve, or why not. */
  readiness: () => Readiness;
  /** The port, on which the gateway serves from now on. */
  listener: Listener;
  /** Names under which it answers besides those of this machine. */
  allowedHosts: readonly string[];
  /** Origins of other pages that may use GraphQL. */
  allowedOrigins: AllowedOrigins;
  /** Proxies whose X-Forwarded headers count. */
  trustedProxies: readonly string[];
  /** Whether it serves /metrics; otherwise another port does. */
  hasMetrics: boolean;
  /** Whether the playground is served. */
  playground: boolean;
  /** Whether the console is served. */
  console: boolean;
  /** The sandbox that the console may control; null where the gateway runs against Agora. */
  sandbox: Sandbox | null;
  /** Connections that are still open this long after the close began are cut. Real milliseconds. */
  closeTimeoutMs: number;
}

export interface HttpServer {
  /** Stops accepting requests, finishes those in flight, closes WebSockets with 1001. */
  close(): Promise<void>;
}

function statusOf(error: unknown): number {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  return status >= 400 && status < 600 ? status : 500;
}

/** What a client did wrong, in our words: the framework's repeat the request. */
function clientError(status: number, bodyLimit = MAX_REQUEST_BYTES): string {
  if (status === 413) return `The body is larger than ${bodyLimit} bytes.`;
  if (status === 414) return 'The address is too long.';
  if (status === 415) return 'Send application/json.';
  return 'The request is malformed.';
}

/** Replies to requests that Node could not read, by its error codes. */
const UNREAD: Record<string, { status: string; error: string }> = {
  ERR_HTTP_REQUEST_TIMEOUT: { status: '408 Request Timeout', error: 'The request did not arrive in time.' },
  HPE_HEADER_OVERFLOW: {
    status: '431 Request Header Fields Too Large',
    error: 'The headers are too large.',
  },
};

function unreadReply(code = ''): string {
  const { status, error } = UNREAD[code] ?? { status: '400 Bad Request', error: clientError(400) };
  const body = JSON.stringify({ error });
  const headers = { ...HEADERS, 'content-type': 'application/json; charset=utf-8', connection: 'close' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status}\r\n${lines.join('')}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** In place of a large reply while clients leave too much of other replies unread. */
const BUSY = {
  message: 'Too many replies wait for clients that do not read them. Try again in a second.',
  extensions: { code: 'GATEWAY_BUSY' },
};

/** Serves GraphQL, the webhook, health, metrics the playground and the console. */
export async function serveHttp(parts: HttpParts): Promise<HttpServer> {
  const { apollo, execution, authenticator, intake, metrics, log, mintId, readiness, listener } = parts;
  const authentication = createAuthentication({ authenticator, execution, metrics, log });
  const checkHost = createHostCheck(parts.allowedHosts);
  const forwarding = createForwarding(parts.trustedProxies);
  const checkOrigin = createOriginCheck(parts.allowedOrigins);
  const cors = createCors({ check: checkOrigin, execution, metrics, log });
  startAtZero(metrics.hostsRefused, { reason: Object.keys(HOST_REFUSALS) });
  const refusedHosts = createRepeatedLog((fields) => log.warn(fields, 'refused a request by its Host'));

  const serverErrors = createRepeatedLog((fields) => log.error(fields, 'a request got a server error'));
  /** Requests whose server error has a log line. */
  const logged = new WeakSet<FastifyRequest>();

  async function fail(error: unknown, request: FastifyRequest, reply: FastifyReply) {
    const status = statusOf(error);
    // What the framework refuses has passed no hook.
    void reply.headers(HEADERS);
    if (status < 500)
      return await reply.code(status).send({ error: clientError(status, request.routeOptions.bodyLimit) });
    const requestId = request.id;
    logged.add(request);
    log.error({ error, path: request.routeOptions.url, requestId }, 'a request failed');
    return await reply.code(status).send({ error: 'Internal error; see the gateway log.', requestId });
  }

  const app = fastify({
    bodyLimit: MAX_REQUEST_BYTES,
    serverFactory: () => listener.server,
    return503OnClosing: true,
    genReqId: ({ headers }) => idsOf(headers).requestId ?? mintId(),
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: MAX_TOKEN_LENGTH },
    frameworkErrors: (error, request, reply) => void fail(error, request, reply),
    clientErrorHandler: (error, socket) => {
      if (!socket.writable || (error as NodeJS.ErrnoException).code === 'ECONNRESET') return socket.destroy();
      socket.end(unreadReply((error as NodeJS.ErrnoException).code));
    },
  });
  app.addHook('onRequest', async (request, reply) => {
    void reply.headers({ ...HEADERS, 'x-request-id': request.id });
    request.addressed = forwarding(request.raw);
    const { host } = request.addressed;
    const verdict = ANY_HOST.test(request.url) ? 'allowed' : checkHost(host);
    if (verdict === 'allowed') return;
    metrics.hostsRefused.inc({ reason: verdict });
    refusedHosts.note(verdict, { reason: verdict, host });
    const { status, error } = HOST_REFUSALS[verdict];
    await reply.code(status).send({ error });
  });
  const replies = new ReplyQueue({
    onChange: (bytes) => metrics.queuedReplyBytes.set(bytes),
    onStall: () => metrics.repliesStalled.inc(),
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    const bytes = Buffer.isBuffer(payload) || typeof payload === 'string' ? Buffer.byteLength(payload) : 0;
    if (replies.accepts(bytes)) {
      replies.add(reply.raw, request.raw.socket, bytes);
      return done(null, payload);
    }
    metrics.repliesRefused.inc();
    void reply.code(503).removeHeader('content-length').header('retry-after', '1').type('application/json');
    done(null, JSON.stringify({ errors: [BUSY] }));
  });
  // Its hook runs after the one above, which counts a reply as the memory holds it: with its size before compression.
  await app.register(compress, {
    encodings: ['br', 'gzip'],
    threshold: COMPRESSED_FROM_BYTES,
    syncThreshold: COMPRESSED_AT_ONCE_BYTES,
    // A small request could otherwise become a large one.
    globalDecompression: false,
  });
  app.addHook('onResponse', (request, { statusCode: status }, done) => {
    const path = request.routeOptions.url;
    // That the gateway is not ready is logged by what makes it so; and 503 asks the client to send the request again.
    if (status >= 500 && status !== 503 && !logged.has(request))
      serverErrors.note(`${path} ${status}`, { path, status, requestId: request.id });
    done();
  });
  app.setErrorHandler(fail);
  app.setNotFoundHandler(async (request, reply) => {
    const other = otherMethod(request.url, request.method);
    if (other !== null)
      return await reply.code(405).header('allow', other.allow).send({ error: other.error });
    return await reply.code(404).send({ error: 'Not found.' });
  });
  void app.register(graphqlRoute(apollo, cors, authentication));
  const { callerLimits } = parts;
  const streams = createStreamRoute({ execution, authentication, callerLimits, cors, metrics });
  void app.register((scope, options, done) => streams.register(scope, options, done));
  void app.register(healthRoutes(readiness));
  if (parts.hasMetrics)
    void app.register(metricsRoute(metrics.registry, authentication.onRequest('recordings:admin')));
  else {
    app.get('/metrics', async (_request, reply) => {
      return await reply.code(404).send({ error: 'Metrics are served on the port of METRICS_PORT.' });
    });
  }
  void app.register(webhookRoute(intake, parts.webhookSources));
  void app.register(mediaRoute(parts.media));
  if (parts.playground) void app.register(playgroundRoute(loadPlayground()));
  else {
    app.get('/', async (_request, reply) => {
      return await reply
        .code(404)
        .send({ error: 'The playground is off. The setting PLAYGROUND=on serves it.' });
    });
  }
  if (parts.console) void app.register(consoleRoute(loadConsole(), parts.sandbox?.origin ?? null));
  else {
    app.get('/console', async (_request, reply) => {
      return await reply.code(404).send({ error: 'The console is off. The setting CONSOLE=on serves it.' });
    });
  }
  const { sandbox } = parts;
  if (!parts.console) void app.register(noSandboxRoute('console off'));
  else if (sandbox === null) void app.register(noSandboxRoute('no sandbox'));
  else {
    const noteRefusedOrigin = cors.noteRefusal;
    void app.register(
      sandboxRoute({ sandbox, authentication, callerLimits, checkOrigin, noteRefusedOrigin, log }),
    );
  }
  await app.ready();
  listener.serve((request, response) => app.routing(request, response));
  const webSocket = attachWebSocket(listener.server, {
    path: '/graphql',
    execution,
    authentication,
    callerLimits,
    mintId,
    metrics,
    log,
    forwarding,
    checkHost,
    checkOrigin,
    noteRefusedOrigin: cors.noteRefusal,
  });
  return {
    async close() {
      await webSocket.close();
      streams.close();
      await app.close();
      await listener.close(parts.closeTimeoutMs);
      refusedHosts.close();
      cors.close();
      authentication.close();
      serverErrors.close();
      intake.close();
    },
  };
}
