import { type Server } from 'graphql-ws';
import pLimit from 'p-limit';
import { type WebSocket } from 'ws';
import { type Caller } from '../auth/caller.js';
import { type RefusalReason } from '../auth/credential-error.js';
import { type Held } from '../auth/limits/held-amounts.js';
import { type Close, closeOf, CLOSES } from './close-codes.js';
import { Outbox, type OutboxMemory } from './outbox.js';
import { type SharedPayloads } from './shared-payloads.js';
import { type ClientTrace } from '../telemetry/tracing.js';

/** While this much waits to be sent to a client, its messages are not read, and nothing is run for it. Bytes. */
export const HIGH_WATER_BYTES = 1024 * 1024;

/** Queries and mutations of one socket that run at once; further ones wait. */
export const MAX_RUNNING = 3;

/** Events of one socket's subscriptions that are made into messages at once. */
const MAX_PUSHING = 4;

/** Messages of one socket that are being handled; past that no more are read. */
export const MAX_HANDLED = 200;

/** A client that neither answers a ping nor reads within this time is disconnected. Real milliseconds. */
export const KEEP_ALIVE_MS = 12_000;

/** How long a client may take to read and answer a close; its connection is then cut. Real milliseconds. */
export const CLOSE_TIMEOUT_MS = 5_000;

/** Why a socket ended, as `gateway_sockets_closed_total` names it. */
export const CLOSE_REASONS = [
  'too-slow',
  'memory',
  'silent',
  'protocol',
  'internal',
  'shutdown',
  'credential',
  'limit',
  'other',
] as const;

export type CloseReason = (typeof CLOSE_REASONS)[number];

export interface SocketEvents {
  onClose(reason: CloseReason): void;
  /** The client did not answer the close within CLOSE_TIMEOUT_MS. */
  onCloseTimeout(): void;
  onError(error: unknown): void;
}

/** What the operations of a socket share. */
export interface SocketExtra {
  /** Null until connection_init was accepted. */
  caller: Caller | null;
  /** The IP address of the client. */
  address: string;
  /** The trace of the request that opened it; null if that named none. */
  trace: ClientTrace | null;
  /** Counts the socket among those of its address, and from connection_init on among those of its caller. */
  place: Held;
  isOpen(): boolean;
  /** Closes it because its credential is not accepted, or not any more. */
  refuse(reason: RefusalReason): void;
  /** Closes it because its caller has too many connections. */
  refuseMore(): void;
  /** Ends the watch of its credential. */
  unwatch?: () => void;
  /** Runs a query or mutation when its turn has come and the client has read most of what it was sent. */
  run<Result>(execute: () => Promise<Result>): Promise<Result>;
  /** The same for an event of a subscription. */
  push<Result>(execute: () => Promise<Result>): Promise<Result>;
  /** Bytes of the messages that are being handled: those of its running operations, above all. */
  requestBytes(): number;
}

/** What all sockets share. */
interface Shared {
  memory: OutboxMemory;
  payloads: SharedPayloads;
}

export interface GraphqlSocket {
  /** Closes it because the gateway shuts down. */
  close(): void;
}

/** What WebSocket calls a close without a close frame. */
const GONE: Close = { code: 1006, reason: '' };

class SocketClosedError extends Error {
  override name = 'SocketClosedError';
}

/** graphql-ws throws for a message that only servers send. */
function isMalformed(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Unexpected message of type');
}

/**
 * Connects one WebSocket to the protocol. A client that does not read is not read either, and nothing is run for it, so it
 * cannot make more wait.
 */
export function openGraphqlSocket(
  server: Server<SocketExtra>,
  socket: WebSocket,
  { memory, payloads }: Shared,
  client: Pick<SocketExtra, 'address' | 'place' | 'trace'>,
  events: SocketEvents,
): GraphqlSocket {
  const queries = pLimit(MAX_RUNNING);
  const pushes = pLimit(MAX_PUSHING);
  let waiting: (() => void)[] = [];
  let handled = 0;
  let handledBytes = 0;
  let reason: CloseReason = 'other';
  let closeTimer: NodeJS.Timeout | undefined;
  let end: ((close: Close) => void) | null = null;

  const outbox = new Outbox(socket, memory, {
    onExceeded: (bound) => disconnect(bound, bound === 'memory' ? CLOSES.memory : CLOSES.tooSlow),
    onChange: balance,
  });

  function isOpen(): boolean {
    return socket.readyState === socket.OPEN && !outbox.isClosing;
  }

  function isBehind(): boolean {
    return isOpen() && outbox.bytes > HIGH_WATER_BYTES;
  }

  /** Reads on, and lets operations run, once the client has caught up. */
  function balance(): void {
    if (isBehind() || (isOpen() && handled >= MAX_HANDLED)) socket.pause();
    else if (socket.isPaused) socket.resume();
    if (isBehind()) return;
    for (const resolve of waiting) resolve();
    waiting = [];
  }

  async function whenCaughtUp<Result>(execute: () => Promise<Result>): Promise<Result> {
    while (isBehind()) await new Promise<void>((resolve) => waiting.push(resolve));
    if (isOpen()) return await execute();
    // The client has gone, which the socket may report only later.
    end?.(GONE);
    throw new SocketClosedError('The socket has closed.');
  }

  /** Cuts the connection unless the client answers the close. */
  function limitClosing(): void {
    closeTimer ??= setTimeout(() => {
      events.onCloseTimeout();
      socket.terminate();
    }, CLOSE_TIMEOUT_MS);
  }

  function disconnect(why: CloseReason, close: Close): void {
    if (!isOpen()) return;
    reason = why;
    limitClosing();
    end?.(close);
    outbox.close(close.code, close.reason);
    // The client's close frame must still be read.
    socket.resume();
  }

  let isAlive = true;
  let sentFrames = 0;
  const pings = setInterval(() => {
    // The pong of a client that is behind is not read; that it takes what waits for it shows that it lives.
    if (isAlive || outbox.sentFrames > sentFrames) {
      isAlive = false;
      sentFrames = outbox.sentFrames;
      socket.ping();
    } else if (outbox.bytes > 0) {
      disconnect('too-slow', CLOSES.tooSlow);
    } else {
      reason = 'silent';
      socket.terminate();
    }
  }, KEEP_ALIVE_MS);
  socket.on('pong', () => (isAlive = true));

  const extra: SocketExtra = {
    ...client,
    caller: null,
    isOpen,
    refuse: (why) => disconnect('credential', CLOSES[why]),
    refuseMore: () => disconnect('limit', CLOSES.tooMany),
    run: (execute) => queries(() => whenCaughtUp(execute)),
    push: (execute) => pushes(() => whenCaughtUp(execute)),
    requestBytes: () => handledBytes,
  };
  const closed = server.opened(
    {
      protocol: socket.protocol,
      send: (text) => outbox.send(payloads.complete(text)),
      close: (code) => disconnect('protocol', closeOf(code)),
      onMessage: (handle) => {
        socket.on('message', (data: Buffer) => {
          if (!isOpen()) return;
          handled += 1;
          handledBytes += data.length;
          balance();
          handle(data.toString())
            .catch((error: unknown) => {
              if (!isOpen()) return;
              if (isMalformed(error)) return disconnect('protocol', CLOSES.malformed);
              events.onError(error);
              disconnect('internal', CLOSES.internal);
            })
            .finally(() => {
              handled -= 1;
              handledBytes -= data.length;
              balance();
            });
        });
      },
      // Without the payload, which would only make more wait.
      onPing: () => outbox.send('{"type":"pong"}'),
    },
    extra,
  );
  /** Ends its operations, once. */
  end = ({ code, reason: text }) => {
    end = null;
    Promise.resolve(closed(code, text)).catch((error: unknown) => events.onError(error));
  };
  // The connection broke, or ws has closed the socket because a frame is malformed or too large.
  socket.on('error', (error: Error & { code?: string }) => {
    if (error.code?.startsWith('WS_ERR') === true) reason = 'protocol';
    limitClosing();
  });
  socket.once('close', (code, text) => {
    clearInterval(pings);
    clearTimeout(closeTimer);
    end?.({ code, reason: text.toString() });
    outbox.end();
    extra.place.release();
    events.onClose(reason);
  });
  return { close: () => disconnect('shutdown', CLOSES.goingAway) };
}
