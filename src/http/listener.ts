import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';

/** Agora asks receivers to keep connections open for at least 10 seconds. */
const KEEP_ALIVE_MS = 15_000;

/** Headers and body of a request must arrive within this time, which is checked at this interval. */
export const REQUEST_TIMEOUT_MS = 30_000;
const REQUEST_CHECK_INTERVAL_MS = 1_000;

/** What a client may do while the gateway starts: ask again after this many seconds. */
const RETRY_AFTER_SECONDS = 1;

export type Readiness = { ready: true } | { ready: false; reason: string };

/**
 * The port, open from the start of the process: a start may take minutes while a store migrates, and health checks must be
 * answered in the meantime.
 */
export interface Listener {
  server: Server;
  /** For example `http://127.0.0.1:4000`. */
  url: string;
  /** Hands all further requests to the gateway. */
  serve(handler: RequestListener): void;
  /** Accepts no more connections; those that are still open after `timeoutMs` are cut. */
  close(timeoutMs: number): Promise<void>;
}

function send(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    ...(status === 503 ? { 'retry-after': String(RETRY_AFTER_SECONDS) } : {}),
  });
  response.end(text);
}

/** Answers health checks while the gateway starts, and asks all other clients to come back. */
function whileStarting(readiness: () => Readiness): RequestListener {
  return (request, response) => {
    const path = request.url?.split('?')[0]?.replace(/\/$/, '');
    if (path === '/healthz') return send(response, 200, { status: 'ok' });
    const state = readiness();
    const reason = state.ready ? 'The gateway is starting.' : state.reason;
    if (path === '/readyz') return send(response, 503, { ready: false, reason });
    send(response, 503, { error: `${reason} Try again.` });
  };
}

function addressOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  if (address === '0.0.0.0' || address === '::') return `http://127.0.0.1:${port}`;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

export async function openListener(options: {
  host: string;
  port: number;
  readiness: () => Readiness;
  /** Default: REQUEST_TIMEOUT_MS. */
  requestTimeoutMs?: number;
}): Promise<Listener> {
  const { host, port, readiness, requestTimeoutMs = REQUEST_TIMEOUT_MS } = options;
  let handler = whileStarting(readiness);
  const server = createServer(
    {
      keepAliveTimeout: KEEP_ALIVE_MS,
      requestTimeout: requestTimeoutMs,
      headersTimeout: requestTimeoutMs,
      connectionsCheckingInterval: REQUEST_CHECK_INTERVAL_MS,
    },
    (request, response) => void handler(request, response),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, resolve);
  });
  return {
    server,
    url: addressOf(server),
    serve: (next) => (handler = next),
    async close(timeoutMs) {
      if (!server.listening) return;
      // A connection over which nothing, or half a request, was sent would keep the server open for good.
      const timer = setTimeout(() => server.closeAllConnections(), timeoutMs);
      await new Promise((resolve) => server.close(resolve));
      clearTimeout(timer);
    },
  };
}
