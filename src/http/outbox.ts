import { type WebSocket } from 'ws';

/**
 * Messages are sent in frames of at most this size, and while this much waits in the connection no further one is handed to
 * it. The rest waits in the outbox, so that a close can overtake it. Bytes.
 */
export const FRAME_BYTES = 64 * 1024;

/** A socket for which more waits than this is closed. Replies of three operations fit. Bytes. */
export const MAX_QUEUED_BYTES = 32 * 1024 * 1024;

/** If more waits than this for all sockets together, those for which most waits are closed. Bytes. */
export const MAX_TOTAL_QUEUED_BYTES = 128 * 1024 * 1024;

interface Message {
  data: Buffer;
  /** Where its next frame begins. */
  offset: number;
  /** Called once it is handed to the operating system, or dropped. */
  done: () => void;
}

export interface OutboxEvents {
  /** More waits than the socket may keep, or than all may: the socket must close. */
  onExceeded(bound: 'too-slow' | 'memory'): void;
  /** Something was queued, sent or dropped. */
  onChange(): void;
}

/** Everything that waits to be sent to one client: replies, events, errors and pongs alike. */
export class Outbox {
  readonly #socket: WebSocket;
  readonly #memory: OutboxMemory;
  readonly #events: OutboxEvents;
  #waiting: Message[] = [];
  #waitingBytes = 0;
  #sentFrames = 0;
  #isClosing = false;

  constructor(socket: WebSocket, memory: OutboxMemory, events: OutboxEvents) {
    this.#socket = socket;
    this.#memory = memory;
    this.#events = events;
  }

  /** Bytes that wait here and in the connection, as it was when something last changed or was read. */
  get bytes(): number {
    return this.#waitingBytes + this.#socket.bufferedAmount;
  }

  /** How many frames the operating system has taken. */
  get sentFrames(): number {
    return this.#sentFrames;
  }

  get isClosing(): boolean {
    return this.#isClosing || this.#socket.readyState !== this.#socket.OPEN;
  }

  /** Resolves once the message is handed to the operating system, or once it never will be. */
  send(text: string): Promise<void> {
    if (this.isClosing) return Promise.resolve();
    return new Promise((resolve) => {
      const data = Buffer.from(text);
      this.#waiting.push({ data, offset: 0, done: resolve });
      this.#waitingBytes += data.length;
      this.#flush();
      // A message that waits alone is sent whatever its size.
      if (this.bytes > MAX_QUEUED_BYTES && this.bytes > data.length) this.#events.onExceeded('too-slow');
    });
  }

  #flush(): void {
    let [message] = this.#waiting;
    while (message !== undefined && this.#socket.bufferedAmount < FRAME_BYTES) {
      const { data, offset, done } = message;
      const end = Math.min(offset + FRAME_BYTES, data.length);
      const isLast = end === data.length;
      message.offset = end;
      this.#waitingBytes -= end - offset;
      if (isLast) this.#waiting.shift();
      // An error means that the client has gone; the socket reports that itself.
      this.#socket.send(data.subarray(offset, end), { binary: false, fin: isLast }, () => {
        this.#sentFrames += 1;
        if (isLast) done();
        this.#flush();
      });
      [message] = this.#waiting;
    }
    this.#account();
  }

  #account(): void {
    this.#memory.set(this, this.bytes);
    this.#events.onChange();
  }

  /** Drops what waits and sends a close behind what the connection has already. */
  close(code: number, reason: string): void {
    if (this.#isClosing) return;
    this.#isClosing = true;
    this.#drop();
    this.#socket.close(code, reason);
    this.#account();
  }

  #drop(): void {
    const dropped = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    for (const { done } of dropped) done();
    this.#account();
  }

  exceeded(): void {
    this.#events.onExceeded('memory');
  }

  terminate(): void {
    this.#socket.terminate();
  }

  /** The socket has closed. */
  end(): void {
    this.#isClosing = true;
    this.#drop();
    this.#memory.remove(this);
  }
}

/** What waits for all sockets together. */
export class OutboxMemory {
  readonly #maxBytes: number;
  readonly #bytes = new Map<Outbox, number>();
  #total = 0;
  #isRelieving = false;

  constructor(maxBytes = MAX_TOTAL_QUEUED_BYTES) {
    this.#maxBytes = maxBytes;
  }

  /** Bytes. */
  get total(): number {
    return this.#total;
  }

  set(outbox: Outbox, bytes: number): void {
    this.#total += bytes - (this.#bytes.get(outbox) ?? 0);
    this.#bytes.set(outbox, bytes);
    if (this.#total > this.#maxBytes && !this.#isRelieving) this.#relieve();
  }

  remove(outbox: Outbox): void {
    this.#total -= this.#bytes.get(outbox) ?? 0;
    this.#bytes.delete(outbox);
  }

  /** Closes the sockets for which most waits; those that are closing already, and whose client does not read, end first. */
  #relieve(): void {
    this.#isRelieving = true;
    for (const outbox of [...this.#bytes.keys()].filter(({ isClosing }) => isClosing)) {
      outbox.terminate();
      this.remove(outbox);
    }
    const largest = [...this.#bytes.entries()].sort(([, left], [, right]) => right - left);
    for (const [outbox] of largest) {
      if (this.#total <= this.#maxBytes) break;
      outbox.exceeded();
    }
    this.#isRelieving = false;
  }
}
