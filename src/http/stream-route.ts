import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type FormattedExecutionResult, type GraphQLFormattedError, OperationTypeNode } from 'graphql';
import { type ServerResponse } from 'node:http';
import { type CallerLimits, LimitExceededError } from '../auth/limits/caller-limits.js';
import { type Held } from '../auth/limits/held-amounts.js';
import { type Requester } from '../auth/requester.js';
import { badRequest, requestBusy, retryAfterOf } from '../graphql/errors.js';
import { type Execution, type Operation, QUERIES_AND_MUTATIONS } from '../graphql/execution.js';
import { mapEach } from '../graphql/iterators.js';
import { type DocumentSource, hasId } from '../graphql/trusted-documents.js';
import { type Metrics, observeGauges } from '../telemetry/metrics.js';
import { type Cors } from './access/cors.js';
import { type Authentication } from './authentication.js';

/** Streams at once. */
export const MAX_STREAMS = 1_000;

/** Bytes of events, of all streams, that clients have not taken yet. A stream whose event would exceed this is cut. */
export const MAX_QUEUED_STREAM_BYTES = 64 * 1024 * 1024;

/** A comment is sent this often, so that proxies keep an idle stream open. Real milliseconds. */
const PING_INTERVAL_MS = 12_000;

/** A stream whose client takes nothing for this long is cut. Real milliseconds. */
const STALL_TIMEOUT_MS = 30_000;

const PATH = '/graphql/stream';
const METHODS = 'POST, OPTIONS';

interface StreamParts {
  execution: Execution;
  authentication: Authentication;
  callerLimits: CallerLimits;
  cors: Cors;
  metrics: Metrics;
}

interface StreamRequest {
  source: DocumentSource;
  operationName: string | null;
  variables: Record<string, unknown> | null;
}

export interface StreamRoute {
  register(scope: FastifyInstance, options: object, done: () => void): void;
  /** Ends every stream; clients connect again. */
  close(): void;
}

type Results = AsyncIterator<FormattedExecutionResult>;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The parameters of a request; null if they are not those of GraphQL over HTTP. */
function readRequest(body: unknown): StreamRequest | null {
  if (!isObject(body)) return null;
  const { query = '', operationName = null, variables = null, documentId, extensions = null } = body;
  if (typeof query !== 'string') return null;
  if (extensions !== null && !isObject(extensions)) return null;
  const source = { query, documentId, extensions };
  if (query === '' && !hasId(source)) return null;
  if (operationName !== null && typeof operationName !== 'string') return null;
  if (variables !== null && !isObject(variables)) return null;
  return { source, operationName, variables };
}

async function* only(result: FormattedExecutionResult): AsyncGenerator<FormattedExecutionResult> {
  yield await Promise.resolve(result);
}

/** Resolves once the client's connection has taken it, or has closed. */
function write(response: ServerResponse, text: string): Promise<void> {
  return new Promise((resolve) => response.write(text, () => resolve()));
}

/**
 * GraphQL over server-sent events, one connection for each operation
 * (https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md, distinct connections mode). An event is made only when
 * the client has taken the one before.
 */
export function createStreamRoute({
  execution,
  authentication,
  callerLimits,
  cors,
  metrics,
}: StreamParts): StreamRoute {
  /** The open streams, and what ends each. */
  const open = new Map<ServerResponse, () => void>();
  let queuedBytes = 0;
  observeGauges(metrics.registry, { gateway_streams: () => open.size });

  async function resultsOf(operation: Operation): Promise<Results> {
    const chosen = execution.choose(operation);
    if ('message' in chosen || chosen.operation !== OperationTypeNode.SUBSCRIPTION)
      return only(await execution.execute(operation, QUERIES_AND_MUTATIONS));
    const results = await execution.subscribe(operation);
    if (!(Symbol.asyncIterator in results)) return only(results);
    metrics.subscriptions.inc();
    return mapEach(results, (result) => result, { onEnd: () => metrics.subscriptions.dec() });
  }

  /** Sends the results; without `complete` at the end the client connects again. */
  async function sendAll(response: ServerResponse, results: Results): Promise<void> {
    let isWriting = false;
    const pings = setInterval(() => {
      if (!isWriting) response.write(':\n\n');
    }, PING_INTERVAL_MS);
    try {
      for (let item = await results.next(); item.done !== true; item = await results.next()) {
        const text = `event: next\ndata: ${JSON.stringify(item.value)}\n\n`;
        const bytes = Buffer.byteLength(text);
        if (!open.has(response) || queuedBytes + bytes > MAX_QUEUED_STREAM_BYTES) return;
        queuedBytes += bytes;
        isWriting = true;
        await write(response, text);
        isWriting = false;
        queuedBytes -= bytes;
      }
      if (open.has(response)) await write(response, 'event: complete\ndata:\n\n');
    } finally {
      clearInterval(pings);
      await results.return?.();
    }
  }

  /** `place` is counted for the requester until the stream ends. */
  async function stream(
    { caller }: Requester,
    start: () => Promise<Results>,
    place: Held,
    reply: FastifyReply,
  ): Promise<void> {
    const response = reply.raw;
    reply.hijack();
    // The client has left while its credential was checked.
    if (response.destroyed) return place.release();
    let results: Results | null = null;
    const end = () => {
      open.delete(response);
      void results?.return?.();
      response.end();
    };
    open.set(response, end);
    const unwatch = authentication.authenticator.watch(caller, end);
    response.once('close', () => {
      unwatch();
      place.release();
      end();
    });
    response.setTimeout(STALL_TIMEOUT_MS, () => response.destroy());
    response.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    // Some browsers wait for the first bytes of the body.
    await write(response, ':\n\n');
    results = await start();
    // The client may have left meanwhile.
    if (open.has(response)) await sendAll(response, results);
    else await results.return?.();
    end();
  }

  async function send(
    reply: FastifyReply,
    status: number,
    errors: GraphQLFormattedError[],
  ): Promise<FastifyReply> {
    const retryAfter = retryAfterOf(errors);
    if (retryAfter !== null) void reply.header('retry-after', retryAfter);
    return await reply.code(status).send({ errors });
  }

  async function handle(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    if (request.requester === undefined) throw new Error('The request was not authenticated.');
    const requester: Requester = { ...request.requester, transport: 'sse' };
    const { headers, body } = request;
    const refuse = (status: number, error: Error) =>
      send(reply, status, execution.refuse(requester, [error]));
    if (!/(^|,)\s*(text\/(event-stream|\*)|\*\/\*)/i.test(headers.accept ?? ''))
      return await refuse(406, badRequest('Send Accept: text/event-stream.'));
    const asked = readRequest(body);
    if (asked === null)
      return await refuse(400, badRequest('Send a JSON object with query, and variables as an object.'));
    if (open.size >= MAX_STREAMS) {
      void reply.header('retry-after', '1');
      return await refuse(503, requestBusy('Too many streams are open. Try again later.'));
    }
    const { source, ...rest } = asked;
    const prepared = execution.prepare(source, requester);
    const errors = 'errors' in prepared ? execution.refuse(requester, prepared.errors) : [];
    if (retryAfterOf(errors) !== null) return await send(reply, 429, errors);
    const place = callerLimits.connection(requester);
    if (place instanceof LimitExceededError) return await refuse(429, place);
    const start = () =>
      'errors' in prepared
        ? Promise.resolve(only({ errors }))
        : resultsOf({ requester, document: prepared.document, ...rest });
    return await stream(requester, start, place, reply);
  }

  return {
    register(scope, _options, done) {
      scope.options(PATH, { onRequest: cors.onRequest }, (_request, reply) => cors.preflight(reply, METHODS));
      scope.post(PATH, { onRequest: [cors.onRequest, authentication.onRequest()] }, handle);
      done();
    },
    close() {
      for (const end of [...open.values()]) end();
    },
  };
}
