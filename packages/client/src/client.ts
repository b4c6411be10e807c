import { type TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import { type Client, createClient } from 'graphql-ws';
import { ConnectionError, GatewayError, type GraphQLErrorReport, needsNewToken } from './errors.js';

/** The largest time that a query or mutation may take, milliseconds: stopRecording waits up to 25 s. */
const DEFAULT_TIMEOUT_MS = 40_000;

/** Time between pings of a socket, and how long a pong may take before the connection counts as broken. Milliseconds. */
const PING_INTERVAL_MS = 10_000;
const PONG_TIMEOUT_MS = 5_000;

/** A subscription that was not refused for this long after it was sent counts as open. Milliseconds. */
const OPEN_DELAY_MS = 300;

/** Items of a subscription that may wait for their reader. Past it the subscription ends; the log keeps what follows. */
const MAX_WAITING_ITEMS = 1_000;

export interface GatewayClientOptions {
  /** Address of the endpoint, for example `https://recordings.example.com/graphql`; in a browser `/graphql` will do. */
  url: string;
  /** Address for WebSockets. Default: `url` with ws for http. */
  webSocketUrl?: string;
  /**
   * Gives the bearer token for a request or a connection. Called before each, and once more with `renew: true` after the
   * gateway refused one. Default: no token is sent.
   */
  token?: (options: { renew: boolean }) => string | null | Promise<string | null>;
  /** Default: the global one. */
  fetch?: typeof fetch;
  /** The WebSocket class. Default: the global one, which Node has from version 22 on; pass that of `ws` in Node 20. */
  webSocket?: unknown;
  /**
   * Whether documents are named by their ids, for a gateway whose `TRUSTED_DOCUMENTS` has them: those of this package, and others that
   * GraphQL Code Generator's option `persistedDocuments` gave an id. Default: their text is sent.
   */
  trustedDocuments?: boolean;
  /** The largest time that a query or mutation may take, milliseconds. Default 40,000. */
  timeoutMs?: number;
}

export type Document<Data, Variables> = TypedDocumentNode<Data, Variables>;

/** Runs operations against one gateway. All subscriptions share one WebSocket, which is opened when it is needed. */
export interface GatewayClient {
  /** Runs a query or mutation by HTTP. Rejects with GatewayError or ConnectionError. */
  request<Data, Variables>(
    document: Document<Data, Variables>,
    variables: Variables,
    options?: { signal?: AbortSignal },
  ): Promise<Data>;
  /**
   * Runs a subscription once: it ends with the connection, and throws GatewayError or ConnectionError. The watch functions of this
   * package continue after a cut. `onOpen` is called once the connection stands and the gateway has not refused the subscription.
   */
  subscribe<Data, Variables>(
    document: Document<Data, Variables>,
    variables: Variables,
    signal: AbortSignal,
    onOpen?: () => void,
  ): AsyncGenerator<Data>;
  /** Closes the WebSocket. Subscriptions end. */
  close(): Promise<void>;
}

interface Reply<Data> {
  data?: Data | null;
  errors?: readonly GraphQLErrorReport[];
}

function dataOf<Data>({ data, errors }: Reply<Data>): Data {
  if (errors !== undefined && errors.length > 0) throw new GatewayError(errors);
  if (data == null) throw new GatewayError([]);
  return data;
}

function defaultWebSocketUrl(url: string): string {
  const page = (globalThis as { location?: { href: string } }).location?.href;
  const absolute = new URL(url, page);
  absolute.protocol = absolute.protocol === 'https:' ? 'wss:' : 'ws:';
  return absolute.href;
}

function isCloseEvent(value: unknown): value is { code: number; reason: string } {
  return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'number';
}

/** What graphql-ws gives a sink: GraphQL errors, a close event, an Error, or a bare event of a socket that did not open. */
function errorOf(given: unknown): Error {
  if (Array.isArray(given)) return new GatewayError(given as GraphQLErrorReport[]);
  if (isCloseEvent(given)) {
    return new ConnectionError(
      `The connection was closed (${given.code}). ${given.reason}`.trim(),
      given.code,
    );
  }
  return new ConnectionError('The connection could not be opened, or broke.', null, { cause: given });
}

/** The id that GraphQL Code Generator gave a document. */
function idOf(document: object): string | undefined {
  return (document as { __meta__?: { hash?: string } }).__meta__?.hash;
}

export function createGatewayClient(options: GatewayClientOptions): GatewayClient {
  const { url, token = () => null, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const send = options.fetch ?? ((...parameters: Parameters<typeof fetch>) => fetch(...parameters));
  const requestOf = <Data, Variables>(document: Document<Data, Variables>, variables: Variables) => {
    const documentId = options.trustedDocuments === true ? idOf(document) : undefined;
    const named = documentId === undefined ? { query: print(document) } : { documentId, query: '' };
    return { ...named, variables: variables as Record<string, unknown> };
  };
  let renewForSocket = false;
  let socket: Client | null = null;
  let isConnected = false;

  async function post<Data>(body: string, renew: boolean, signal: AbortSignal): Promise<Data> {
    const bearer = await token({ renew });
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
    };
    if (bearer !== null) headers.authorization = `Bearer ${bearer}`;
    let response: Response;
    let text: string;
    try {
      response = await send(url, { method: 'POST', headers, body, signal });
      text = await response.text();
    } catch (error) {
      if (signal.aborted && (signal.reason as Error | undefined)?.name !== 'TimeoutError') throw error;
      throw new ConnectionError('The gateway could not be reached, or did not answer in time.', null, {
        cause: error,
      });
    }
    let reply: Reply<Data>;
    try {
      reply = JSON.parse(text) as Reply<Data>;
    } catch (error) {
      // Not the gateway: a proxy in front of it, or another server.
      throw new ConnectionError(`The reply is not JSON (HTTP ${response.status}).`, response.status, {
        cause: error,
      });
    }
    if (reply.errors === undefined && !response.ok) {
      throw new ConnectionError(`The gateway answered with HTTP ${response.status}.`, response.status);
    }
    return dataOf(reply);
  }

  /** The shared WebSocket. It does not reconnect by itself: that would send old cursors again. */
  function connection(): Client {
    if (socket !== null) return socket;
    let pong: ReturnType<typeof setTimeout> | undefined;
    const created = createClient({
      url: options.webSocketUrl ?? defaultWebSocketUrl(url),
      retryAttempts: 0,
      keepAlive: PING_INTERVAL_MS,
      ...(options.webSocket === undefined ? {} : { webSocketImpl: options.webSocket }),
      connectionParams: async () => {
        const bearer = await token({ renew: renewForSocket });
        renewForSocket = false;
        return bearer === null ? {} : { authorization: `Bearer ${bearer}` };
      },
      on: {
        ping(received) {
          if (!received) pong = setTimeout(() => created.terminate(), PONG_TIMEOUT_MS);
        },
        pong(received) {
          if (received) clearTimeout(pong);
        },
        connected: () => (isConnected = true),
        closed() {
          isConnected = false;
          clearTimeout(pong);
        },
      },
    });
    socket = created;
    return created;
  }

  return {
    async request(document, variables, { signal } = {}) {
      const timeout = AbortSignal.timeout(timeoutMs);
      const limited = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
      const body = JSON.stringify(requestOf(document, variables));
      try {
        return await post(body, false, limited);
      } catch (error) {
        // The refused request was not run, so that a mutation is not run twice.
        if (!needsNewToken(error)) throw error;
        return await post(body, true, limited);
      }
    },
    async *subscribe<Data, Variables>(
      document: Document<Data, Variables>,
      variables: Variables,
      signal: AbortSignal,
      onOpen = () => undefined,
    ) {
      const waiting: Data[] = [];
      let ended: { error: Error | null } | null = null;
      let wake = (): void => undefined;
      const end = (error: Error | null): void => {
        ended ??= { error };
        wake();
      };
      const shared = connection();
      let opening: ReturnType<typeof setTimeout> | undefined;
      const open = (): void => {
        opening ??= setTimeout(onOpen, OPEN_DELAY_MS);
      };
      const leave = shared.on('connected', open);
      if (isConnected) open();
      const unsubscribe = shared.subscribe<Data>(requestOf(document, variables), {
        next(reply) {
          try {
            waiting.push(dataOf(reply as Reply<Data>));
            if (waiting.length > MAX_WAITING_ITEMS) {
              end(new ConnectionError('The reader of the subscription is too slow.', null));
              unsubscribe();
            }
          } catch (error) {
            end(error as Error);
          }
          wake();
        },
        error(given) {
          clearTimeout(opening);
          const error = errorOf(given);
          if (needsNewToken(error)) renewForSocket = true;
          end(error);
        },
        complete: () => end(null),
      });
      const stop = (): void => end(null);
      signal.addEventListener('abort', stop);
      if (signal.aborted) stop();
      try {
        for (;;) {
          const item = waiting.shift();
          if (item !== undefined && !signal.aborted) {
            yield item;
            continue;
          }
          const state = ended as { error: Error | null } | null;
          if (state?.error != null && !signal.aborted) throw state.error;
          if (state !== null) return;
          await new Promise<void>((resolve) => (wake = resolve));
        }
      } finally {
        signal.removeEventListener('abort', stop);
        leave();
        clearTimeout(opening);
        unsubscribe();
      }
    },
    async close() {
      await socket?.dispose();
      socket = null;
    },
  };
}
