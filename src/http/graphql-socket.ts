import { type Server } from 'graphql-ws';
import pLimit from 'p-limit';
import { type WebSocket } from 'ws';

/** While this much waits to be sent to a client, its messages are not read. Bytes. */
const HIGH_WATER_BYTES = 1024 * 1024;

/** A client for which more than this waits is disconnected. Bytes; a reply of the largest size fits. */
export const MAX_QUEUED_BYTES = 32 * 1024 * 1024;

/** Queries and mutations of one socket that run at once; further ones wait. */
const MAX_RUNNING = 4;

/** Messages of one socket that are being handled; past that no more are read. */
const MAX_HANDLED = 200;

/** A client that does not answer a ping within this time is disconnected. Real milliseconds. */
const KEEP_ALIVE_MS = 12_000;

/** The close frame holds at most 123 bytes of reason. */
const MAX_REASON_BYTES = 123;

/** Close codes of ours; the others are those of the protocol. Clients of graphql-ws reconnect after 1013. */
export const CLOSE_CODES = {
  /** More than MAX_QUEUED_BYTES wait: reconnect, read faster, and continue after the last cursor. */
  tooSlow: 1013,
  internal: 4500,
} as const;

export interface SocketEvents {
  onClose(reason: 'too-slow' | 'internal' | 'silent' | 'other'): void;
  onError(error: unknown): void;
}

/** What the operations of a socket share. */
export interface SocketExtra {
  /** Runs a query or mutation when its turn has come and the client has read most of what it was sent. */
  run<Result>(execute: () => Promise<Result>): Promise<Result>;
}

function shortReason(reason: string): string {
  return Buffer.byteLength(reason) <= MAX_REASON_BYTES ? reason : 'See the close code.';
}

/**
 * Connects one WebSocket to the protocol. Everything that waits for the client counts against one bound: replies, events,
 * errors and pongs alike. A client that does not read is not read either, so it cannot make more wait.
 */
export function openGraphqlSocket(
  server: Server<SocketExtra>,
  socket: WebSocket,
  events: SocketEvents,
): void {
  const limit = pLimit(MAX_RUNNING);
  let waiting: (() => void)[] = [];
  let handled = 0;
  let reason: Parameters<SocketEvents['onClose']>[0] = 'other';

  const isBehind = () => socket.bufferedAmount > HIGH_WATER_BYTES || handled >= MAX_HANDLED;
  /** Reads on once the client has caught up. */
  const balance = () => {
    if (socket.readyState === socket.OPEN && isBehind()) return socket.pause();
    if (socket.isPaused) socket.resume();
    for (const resolve of waiting) resolve();
    waiting = [];
  };
  const caughtUp = () => {
    if (socket.readyState !== socket.OPEN || socket.bufferedAmount <= HIGH_WATER_BYTES)
      return Promise.resolve();
    return new Promise<void>((resolve) => waiting.push(resolve));
  };
  const disconnect = (why: typeof reason, code: number, text: string) => {
    if (socket.readyState !== socket.OPEN) return;
    reason = why;
    socket.resume();
    socket.close(code, text);
    // A client that reads nothing does not read this either.
    if (why === 'too-slow') socket.terminate();
  };
  const send = (data: string) =>
    new Promise<void>((resolve) => {
      if (socket.readyState !== socket.OPEN) return resolve();
      if (socket.bufferedAmount > 0 && socket.bufferedAmount + data.length > MAX_QUEUED_BYTES) {
        disconnect('too-slow', CLOSE_CODES.tooSlow, 'Too much waits to be read');
        return resolve();
      }
      socket.send(data, () => {
        balance();
        // An error means that the client has gone; the socket reports that itself.
        resolve();
      });
      balance();
    });

  let isAlive = true;
  let buffered = 0;
  const pings = setInterval(() => {
    // The pong of a client that is behind is not read; that it takes what waits for it shows that it lives.
    const isReading = socket.isPaused && socket.bufferedAmount < buffered;
    buffered = socket.bufferedAmount;
    if (!isAlive && !isReading) {
      reason = 'silent';
      socket.terminate();
      return;
    }
    isAlive = false;
    socket.ping();
  }, KEEP_ALIVE_MS);
  socket.on('pong', () => (isAlive = true));

  const closed = server.opened(
    {
      protocol: socket.protocol,
      send,
      close: (code, text) => socket.close(code, shortReason(text ?? '')),
      onMessage: (handle) => {
        socket.on('message', (data: Buffer) => {
          handled += 1;
          balance();
          handle(data.toString())
            .catch((error: unknown) => {
              if (socket.readyState !== socket.OPEN) return;
              events.onError(error);
              disconnect('internal', CLOSE_CODES.internal, 'Internal server error');
            })
            .finally(() => {
              handled -= 1;
              balance();
            });
        });
      },
      // Without the payload, which would only make more wait.
      onPing: () => send('{"type":"pong"}'),
    },
    {
      run: (execute) =>
        limit(async () => {
          await caughtUp();
          return await execute();
        }),
    },
  );
  socket.on('error', () => socket.terminate());
  socket.once('close', (code, text) => {
    clearInterval(pings);
    balance();
    events.onClose(reason);
    Promise.resolve(closed(code, text.toString())).catch((error: unknown) => events.onError(error));
  });
}
