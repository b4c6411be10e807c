import { type IncomingMessage, type Server } from 'node:http';
import { type Duplex } from 'node:stream';
import {
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
} from 'graphql';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL, makeServer } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { type CallerLimits, LimitExceededError } from '../auth/limits/caller-limits.js';
import { type Requester } from '../auth/requester.js';
import { CredentialError } from '../auth/credential-error.js';
import { badInput, unauthenticated } from '../graphql/errors.js';
import { type Execution, type Operation, QUERIES_AND_MUTATIONS } from '../graphql/execution.js';
import { mapEach } from '../graphql/iterators.js';
import { type Log } from '../telemetry/log.js';
import { type Metrics, observeGauges } from '../telemetry/metrics.js';
import { createRepeatedLog } from '../telemetry/repeated-log.js';
import { startAtZero } from '../telemetry/start-at-zero.js';
import { type Cors } from './access/cors.js';
import { type Addressed, type ReadForwarding } from './access/forwarded.js';
import { ORIGIN_REFUSED, type OriginCheck } from './access/origin-check.js';
import { type Authentication } from './authentication.js';
import { CLOSE_REASONS, type GraphqlSocket, openGraphqlSocket, type SocketExtra } from './graphql-socket.js';
import { HOST_REFUSALS, type HostVerdict } from './access/host-check.js';
import { ignoreUpgrade } from './ignore-upgrade.js';
import { idsOf } from './client-ids.js';
import { OutboxMemory } from './outbox.js';
import { SharedPayloads } from './shared-payloads.js';

/** Largest message of a client. Bytes. */
export const MAX_MESSAGE_BYTES = 256 * 1024;

/** Sockets at once, and operations on one of them. */
export const MAX_SOCKETS = 10_000;
export const MAX_OPERATIONS = 100;

/** Messages that the running operations of one socket came in; more operations are refused. Bytes. */
export const MAX_REQUEST_BYTES = 4 * 1024 * 1024;

/** At shutdown, a client that does not answer the close within this time is cut off. Real milliseconds. */
const SHUTDOWN_CLOSE_TIMEOUT_MS = 2_000;

/** A client that does not send connection_init within this time is disconnected. Real milliseconds. */
export const INIT_TIMEOUT_MS = 5_000;

export interface WebSocketHandle {
  /** Closes every socket with 1001, going away. */
  close(): Promise<void>;
}

export interface WebSocketOptions {
  path: string;
  execution: Execution;
  authentication: Authentication;
  callerLimits: CallerLimits;
  mintId: () => string;
  metrics: Metrics;
  log: Log;
  forwarding: ReadForwarding;
  checkHost: (host: string | undefined) => HostVerdict;
  checkOrigin: OriginCheck;
  noteRefusedOrigin: Cors['noteRefusal'];
}

/** graphql-ws asks its errors for their JSON; ours are formatted already. */
function asErrors(errors: readonly GraphQLFormattedError[]): GraphQLError[] {
  return errors.map((error) =>
    Object.assign(new GraphQLError(error.message, { extensions: error.extensions }), { toJSON: () => error }),
  );
}

function asResult(result: { errors?: readonly GraphQLFormattedError[] }): ExecutionResult {
  return result.errors === undefined
    ? (result as ExecutionResult)
    : { ...result, errors: asErrors(result.errors) };
}

/** A subscription that could not begin, or that an error ends: graphql-ws sends it as `error`. */
class SubscriptionFailedError extends Error {
  readonly errors: readonly GraphQLFormattedError[];

  constructor(errors: readonly GraphQLFormattedError[]) {
    super('The subscription has failed.');
    this.errors = errors;
  }
}

/** The result of an event. Throws SubscriptionFailedError for what is not one. */
function eventOf(result: FormattedExecutionResult): ExecutionResult {
  if (!('data' in result)) throw new SubscriptionFailedError(result.errors ?? []);
  return asResult(result);
}

/** What one operation of a socket carries from its start to its execution. */
interface Started {
  extra: SocketExtra;
  requester: Requester;
}

function operationOf(args: ExecutionArgs): Operation {
  const { requester } = args.contextValue as Started;
  return {
    requester,
    document: args.document,
    operationName: args.operationName ?? null,
    variables: args.variableValues ?? null,
  };
}

interface Refusal {
  reason: string;
  status: string;
  error: string;
  /** Seconds. */
  retryAfter?: number;
}

const REFUSALS = {
  path: { reason: 'path', status: '404 Not Found', error: 'GraphQL is at /graphql.' },
  malformed: { reason: 'host', status: '400 Bad Request', error: HOST_REFUSALS.malformed.error },
  foreign: { reason: 'host', status: '421 Misdirected Request', error: HOST_REFUSALS.foreign.error },
  origin: {
    reason: 'origin',
    status: '403 Forbidden',
    error: ORIGIN_REFUSED,
  },
  subprotocol: {
    reason: 'subprotocol',
    status: '400 Bad Request',
    error: `The WebSocket subprotocol must be ${GRAPHQL_TRANSPORT_WS_PROTOCOL}.`,
  },
  limit: {
    reason: 'limit',
    status: '429 Too Many Requests',
    error: 'This address has as many WebSockets and streams open as one client may. Try again later.',
  },
  full: {
    reason: 'full',
    status: '503 Service Unavailable',
    error: 'Too many sockets are open. Retry later.',
  },
} satisfies Record<string, Refusal>;

function refuse(socket: Duplex, { status, error, retryAfter }: Refusal): void {
  const body = JSON.stringify({ error });
  const retry = retryAfter === undefined ? '' : `Retry-After: ${retryAfter}\r\n`;
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `${retry}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/** The bounds on the operations of one socket, as `gateway_socket_operations_refused_total` names them. */
const OPERATION_BOUNDS = ['count', 'bytes'] as const;

interface OperationBound {
  name: (typeof OPERATION_BOUNDS)[number];
  error: string;
}

/** The bound of one socket that an operation exceeds, if any. */
function operationBound(operations: number, requestBytes: number): OperationBound | null {
  if (operations > MAX_OPERATIONS)
    return { name: 'count', error: `At most ${MAX_OPERATIONS} operations may run on one socket.` };
  if (requestBytes > MAX_REQUEST_BYTES) {
    const error = `The operations that run on one socket may have at most ${MAX_REQUEST_BYTES} bytes together.`;
    return { name: 'bytes', error };
  }
  return null;
}

/** The operations of a socket, through the same execution as those of HTTP. */
function createProtocol(
  { execution, authentication, callerLimits, mintId, metrics }: WebSocketOptions,
  payloads: SharedPayloads,
) {
  const { authenticator } = authentication;
  return makeServer<Record<string, unknown>, SocketExtra>({
    schema: execution.schema,
    connectionInitWaitTimeout: INIT_TIMEOUT_MS,
    onConnect: async ({ connectionParams, extra }) => {
      const caller = await authentication.callerOf(connectionParams?.authorization, 'websocket');
      if (caller instanceof CredentialError) {
        extra.refuse(caller.reason);
        return false;
      }
      if (!extra.isOpen()) return false;
      if (caller.name !== null) {
        const place = callerLimits.connection({ caller, address: extra.address });
        if (place instanceof LimitExceededError) {
          extra.refuseMore();
          return false;
        }
        extra.place.release();
        extra.place = place;
      }
      extra.caller = caller;
      extra.unwatch = authenticator.watch(caller, (reason) => extra.refuse(reason));
      return true;
    },
    onClose: ({ extra }) => extra.unwatch?.(),
    onSubscribe: ({ subscriptions, extra }, _id, payload) => {
      const { caller, address, trace } = extra;
      if (caller === null) throw new Error('An operation came before connection_init was accepted.');
      const ids = idsOf(payload.extensions ?? {});
      const requester: Requester = {
        caller,
        address,
        transport: 'websocket',
        requestId: ids.requestId ?? mintId(),
        trace: ids.trace ?? trace,
      };
      const refused = (...errors: readonly unknown[]) => asErrors(execution.refuse(requester, errors));
      const withdrawn = authenticator.refusal(caller);
      if (withdrawn !== null) {
        extra.refuse(withdrawn);
        return refused(unauthenticated(new CredentialError(withdrawn)));
      }
      const bound = operationBound(Object.keys(subscriptions).length, extra.requestBytes());
      if (bound !== null) {
        metrics.socketOperationsRefused.inc({ bound: bound.name });
        return refused(badInput(bound.error));
      }
      const prepared = execution.prepare(payload, requester);
      if ('errors' in prepared) return refused(...prepared.errors);
      const operationName = payload.operationName ?? null;
      const chosen = execution.choose({ document: prepared.document, operationName });
      if ('message' in chosen) return refused(chosen);
      return {
        schema: execution.schema,
        document: prepared.document,
        operationName,
        variableValues: payload.variables ?? null,
        contextValue: { extra, requester } satisfies Started,
      };
    },
    execute: async (args) =>
      await (args.contextValue as Started).extra.run(async () =>
        asResult(await execution.execute(operationOf(args), QUERIES_AND_MUTATIONS)),
      ),
    subscribe: async (args) => {
      const { extra } = args.contextValue as Started;
      const results = await execution.subscribe(operationOf(args), (run) => extra.push(run));
      if (!(Symbol.asyncIterator in results)) return mapEach([results].values(), eventOf);
      metrics.subscriptions.inc();
      return mapEach(results, eventOf, { onEnd: () => metrics.subscriptions.dec() });
    },
    // Its text is written once for all who are sent the same result.
    onNext: (_context, _id, _payload, _args, result) =>
      payloads.placeholder(result) as unknown as ExecutionResult,
    onError: (_context, _id, _payload, [error]) =>
      error?.originalError instanceof SubscriptionFailedError ? error.originalError.errors : undefined,
  });
}

/** GraphQL over WebSocket at /graphql, subprotocol graphql-transport-ws. */
export function attachWebSocket(server: Server, options: WebSocketOptions): WebSocketHandle {
  const { metrics, log, forwarding, checkHost, checkOrigin, callerLimits } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    handleProtocols: () => GRAPHQL_TRANSPORT_WS_PROTOCOL,
  });
  const payloads = new SharedPayloads();
  const protocol = createProtocol(options, payloads);
  const refused = createRepeatedLog((fields) => log.warn(fields, 'refused a WebSocket'));
  const failed = createRepeatedLog((fields) => log.error(fields, 'handling a WebSocket message failed'));
  const memory = new OutboxMemory();
  const opened = new Set<GraphqlSocket>();
  observeGauges(metrics.registry, { gateway_sockets_queued_bytes: () => memory.total });
  const reasons = Object.values(REFUSALS).map(({ reason }) => reason);
  startAtZero(metrics.socketsRefused, { reason: reasons });
  startAtZero(metrics.socketsClosed, { reason: CLOSE_REASONS });
  startAtZero(metrics.socketOperationsRefused, { bound: OPERATION_BOUNDS });

  function refusalOf(request: IncomingMessage, addressed: Addressed): Refusal | null {
    const [pathname] = (request.url ?? '').split('?');
    if (pathname !== options.path) return REFUSALS.path;
    const verdict = checkHost(addressed.host);
    if (verdict !== 'allowed') return REFUSALS[verdict];
    if (checkOrigin(request.headers.origin, addressed) === 'foreign') return REFUSALS.origin;
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
    if (!offered.includes(GRAPHQL_TRANSPORT_WS_PROTOCOL)) return REFUSALS.subprotocol;
    return sockets.clients.size < MAX_SOCKETS ? null : REFUSALS.full;
  }

  function open(client: WebSocket, from: Pick<SocketExtra, 'address' | 'place' | 'trace'>): void {
    metrics.sockets.inc();
    const socket = openGraphqlSocket(protocol, client, { memory, payloads }, from, {
      onClose: (reason) => {
        opened.delete(socket);
        metrics.sockets.dec();
        metrics.socketsClosed.inc({ reason });
      },
      onCloseTimeout: () => metrics.socketCloseTimeouts.inc(),
      onError: (error) => failed.note('error', { error }),
    });
    opened.add(socket);
  }

  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (request.headers.upgrade?.toLowerCase() !== 'websocket')
      return ignoreUpgrade(server, request, socket, head);
    // A client that resets the connection in the meantime expects no answer.
    socket.on('error', () => socket.destroy());
    const addressed = forwarding(request);
    let refusal = refusalOf(request, addressed);
    if (refusal === null) {
      const { address } = addressed;
      const place = callerLimits.connection({ address });
      if (!(place instanceof LimitExceededError)) {
        // Also where the handshake fails.
        socket.once('close', () => place.release());
        const { trace } = idsOf(request.headers);
        return sockets.handleUpgrade(request, socket, head, (client) =>
          open(client, { address, place, trace }),
        );
      }
      refusal = { ...REFUSALS.limit, retryAfter: place.retryAfter };
    }
    const { reason } = refusal;
    const { host } = addressed;
    metrics.socketsRefused.inc({ reason });
    if (refusal === REFUSALS.origin) options.noteRefusedOrigin('websocket', request.headers.origin, host);
    else refused.note(reason, { reason, host });
    refuse(socket, refusal);
  };
  server.on('upgrade', onUpgrade);

  return {
    async close() {
      server.off('upgrade', onUpgrade);
      const timer = setTimeout(() => {
        for (const client of sockets.clients) client.terminate();
      }, SHUTDOWN_CLOSE_TIMEOUT_MS);
      const all = [...sockets.clients].map(
        (client) => new Promise((resolve) => client.once('close', resolve)),
      );
      for (const socket of opened) socket.close();
      await Promise.all(all);
      clearTimeout(timer);
      refused.close();
      failed.close();
    },
  };
}
