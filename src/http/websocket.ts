import { type IncomingMessage, type Server } from 'node:http';
import { type Duplex } from 'node:stream';
import { type ExecutionArgs, type ExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { type Execution, type Operation } from '../graphql/execution.js';
import { mapEach } from '../graphql/iterators.js';
import { type Metrics } from '../telemetry/metrics.js';
import { isLoopbackHost, isSameOrigin } from './origin.js';

/** Largest message of a client. */
const LARGEST_MESSAGE_BYTES = 256 * 1024;

/** Sockets at once, and operations on one of them. */
const MOST_SOCKETS = 10_000;
const MOST_OPERATIONS = 100;

/** A client that does not answer the closing of its socket within so long is cut off. */
const CLOSE_WITHIN_MS = 2_000;

/** A client that does not begin within so long is cut off. */
const INIT_WITHIN_MS = 5_000;

export interface WebSocketDoor {
  /** Closes every socket with 1001, going away. */
  close(): Promise<void>;
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

function operationOf(args: ExecutionArgs): Operation {
  return {
    document: args.document,
    operationName: args.operationName ?? null,
    variables: args.variableValues ?? null,
  };
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** GraphQL over WebSocket at /graphql, subprotocol graphql-transport-ws, through the same execute() as HTTP. */
export function attachWebSocket(
  server: Server,
  options: { path: string; execution: Execution; metrics: Metrics; loopbackOnly: boolean },
): WebSocketDoor {
  const { execution, metrics } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_MESSAGE_BYTES,
    handleProtocols: (protocols) =>
      protocols.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) ? GRAPHQL_TRANSPORT_WS_PROTOCOL : false,
  });
  const door = useServer(
    {
      schema: execution.schema,
      connectionInitWaitTimeout: INIT_WITHIN_MS,
      onSubscribe: (context, _id, payload) => {
        if (Object.keys(context.subscriptions).length > MOST_OPERATIONS) {
          return [new GraphQLError(`At most ${MOST_OPERATIONS} operations may run on one socket.`)];
        }
        const prepared = execution.prepare(payload.query);
        if ('errors' in prepared) return asErrors(prepared.errors);
        return {
          schema: execution.schema,
          document: prepared.document,
          operationName: payload.operationName ?? null,
          variableValues: payload.variables ?? null,
        };
      },
      execute: async (args) => asResult(await execution.execute(operationOf(args))),
      subscribe: async (args) => {
        const results = await execution.subscribe(operationOf(args));
        if (!(Symbol.asyncIterator in results)) return asResult(results);
        metrics.subscriptions.inc();
        return mapEach(results, asResult, { onEnd: () => metrics.subscriptions.dec() });
      },
    },
    sockets,
  );

  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // A client that resets the connection meanwhile wants no answer.
    socket.on('error', () => socket.destroy());
    const [pathname] = (request.url ?? '').split('?');
    if (pathname !== options.path) refuse(socket, '404 Not Found');
    else if (options.loopbackOnly && !isLoopbackHost(request.headers.host)) refuse(socket, '403 Forbidden');
    else if (!isSameOrigin(request.headers.origin, request.headers.host)) refuse(socket, '403 Forbidden');
    else if (sockets.clients.size >= MOST_SOCKETS) refuse(socket, '503 Service Unavailable');
    else
      sockets.handleUpgrade(request, socket, head, (client) => sockets.emit('connection', client, request));
  };
  server.on('upgrade', onUpgrade);

  return {
    async close() {
      server.off('upgrade', onUpgrade);
      const timer = setTimeout(() => {
        for (const client of sockets.clients) client.terminate();
      }, CLOSE_WITHIN_MS);
      await door.dispose();
      clearTimeout(timer);
    },
  };
}
