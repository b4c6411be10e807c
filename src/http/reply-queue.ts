import { type ServerResponse } from 'node:http';
import { type Socket } from 'node:net';

/** Bytes of replies by HTTP, of all connections, that clients have not taken yet. */
export const MAX_QUEUED_REPLY_BYTES = 128 * 1024 * 1024;

/** A reply up to this size is sent however much is queued: health checks, webhooks, and the results of mutations. */
export const SMALL_REPLY_BYTES = 64 * 1024;

/** A connection that takes nothing of its reply for this long is closed. Real milliseconds. */
export const REPLY_STALL_TIMEOUT_MS = 30_000;

export interface ReplyQueueOptions {
  onChange: (bytes: number) => void;
  onStall: () => void;
  /** Default: MAX_QUEUED_REPLY_BYTES. */
  maxBytes?: number;
  /** Default: REPLY_STALL_TIMEOUT_MS. */
  stallTimeoutMs?: number;
}

/** Counts the replies that wait for their clients, so that clients that do not read cannot fill the memory. */
export class ReplyQueue {
  readonly #options: ReplyQueueOptions;
  readonly #ofSocket = new WeakMap<Socket, { bytes: number }>();
  #bytes = 0;

  constructor(options: ReplyQueueOptions) {
    this.#options = options;
  }

  /** Whether a reply of this size may be sent now. */
  accepts(bytes: number): boolean {
    const { maxBytes = MAX_QUEUED_REPLY_BYTES } = this.#options;
    return bytes <= SMALL_REPLY_BYTES || this.#bytes + bytes <= maxBytes;
  }

  /** Counts a reply until it has left, or its connection is closed. */
  add(response: ServerResponse, socket: Socket, bytes: number): void {
    if (socket.destroyed) return;
    const { stallTimeoutMs = REPLY_STALL_TIMEOUT_MS, onStall } = this.#options;
    const queued = this.#queuedOf(socket);
    queued.bytes += bytes;
    this.#change(bytes);
    response.once('finish', () => {
      // Closing the connection has given everything back.
      if (queued.bytes === 0) return;
      queued.bytes -= bytes;
      this.#change(-bytes);
    });
    response.setTimeout(stallTimeoutMs, () => {
      onStall();
      socket.destroy();
    });
  }

  /** One listener for all replies of a connection: those behind the first have no connection yet, and do not hear of its end. */
  #queuedOf(socket: Socket): { bytes: number } {
    const known = this.#ofSocket.get(socket);
    if (known !== undefined) return known;
    const queued = { bytes: 0 };
    this.#ofSocket.set(socket, queued);
    socket.once('close', () => {
      this.#change(-queued.bytes);
      queued.bytes = 0;
    });
    return queued;
  }

  #change(bytes: number): void {
    this.#bytes += bytes;
    this.#options.onChange(this.#bytes);
  }
}
