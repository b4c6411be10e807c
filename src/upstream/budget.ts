/**
 * Agora allows 10 calls in any sliding second. Each call takes a turn here first; turns are spaced, and the urgent ones
 * come first. Real time, not the gateway's clock: Agora counts in real time.
 */

/** Most urgent first. `start` is the pair of acquire and start. */
export const PRIORITIES = ['stop', 'start', 'update', 'refresh', 'confirmation', 'heartbeat'] as const;

export type Priority = (typeof PRIORITIES)[number];

/** Turns a second, one below what Agora allows, because calls do not travel equally fast. */
export const DEFAULT_CALLS_PER_SECOND = 9;

/** Calls that may wait for a turn at once. */
const MOST_WAITING = 1_000;

/** Pairs whose start has its turn reserved at once: each reservation keeps a turn from all others. */
const MOST_PAIRS = 4;

const WINDOW_MS = 1_000;

/** There was no turn in the time that the caller had. Nothing was sent. */
export class NoTurnError extends Error {
  constructor() {
    super("The budget of calls to Agora is used up, and the call's time ran out before its turn came.");
  }
}

/** Two turns: the first is taken when this is given, the second is kept for the start that follows. */
export interface PairOfTurns {
  /** Takes the second turn, at once. */
  takeSecond(): void;
  /** Gives the second turn back, if it was not taken. */
  release(): void;
}

export interface Budget {
  /** Resolves when the turn has come; rejects with NoTurnError after `waitMs` real milliseconds, or on the signal. */
  turn(priority: Priority, waitMs: number, signal?: AbortSignal): Promise<void>;
  pair(waitMs: number): Promise<PairOfTurns>;
  waiting(): number;
  /** Refuses everything that waits and all that comes. */
  close(): void;
}

interface Waiting {
  priority: number;
  pair: boolean;
  grant: (pair: PairOfTurns) => void;
  refuse: () => void;
}

/** `monotonic` tells real milliseconds from any origin, never backwards. */
export function createBudget(
  monotonic: () => number,
  callsPerSecond: number = DEFAULT_CALLS_PER_SECOND,
): Budget {
  const spacingMs = WINDOW_MS / callsPerSecond;
  const waiting: Waiting[] = [];
  let sent: number[] = [];
  let reserved = 0;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  function reserveSecond(): PairOfTurns {
    let open = true;
    reserved += 1;
    const settle = (take: boolean) => {
      if (!open) return;
      open = false;
      reserved -= 1;
      if (take) sent.push(monotonic());
      pump();
    };
    return { takeSecond: () => settle(true), release: () => settle(false) };
  }

  const single: PairOfTurns = { takeSecond: () => undefined, release: () => undefined };

  /** Milliseconds until a turn (or two) is free; 0 when it is now. */
  function wait(turns: number): number {
    const now = monotonic();
    sent = sent.filter((at) => at > now - WINDOW_MS);
    const last = sent.at(-1);
    const spaced = last === undefined ? 0 : last + spacingMs - now;
    const excess = sent.length + reserved + turns - callsPerSecond;
    if (excess <= 0) return Math.max(0, spaced);
    // Turns that are reserved come free when they are taken or given back, which pumps again.
    const freeing = sent[Math.min(excess, sent.length) - 1];
    return Math.max(spaced, freeing === undefined ? WINDOW_MS : freeing + WINDOW_MS - now, 1);
  }

  function pump(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    while (!closed) {
      const next = waiting.find((candidate) => !candidate.pair || reserved < MOST_PAIRS);
      if (next === undefined) return;
      const delay = wait(next.pair ? 2 : 1);
      if (delay > 0) {
        timer = setTimeout(pump, Math.ceil(delay));
        return;
      }
      waiting.splice(waiting.indexOf(next), 1);
      sent.push(monotonic());
      next.grant(next.pair ? reserveSecond() : single);
    }
  }

  function enter(
    priority: Priority,
    pair: boolean,
    waitMs: number,
    signal?: AbortSignal,
  ): Promise<PairOfTurns> {
    return new Promise((resolve, reject) => {
      if (closed || waiting.length >= MOST_WAITING || signal?.aborted === true) {
        reject(new NoTurnError());
        return;
      }
      const leave = () => {
        const index = waiting.indexOf(entry);
        if (index >= 0) waiting.splice(index, 1);
        entry.refuse();
        pump();
      };
      const deadline = setTimeout(leave, waitMs);
      signal?.addEventListener('abort', leave);
      const settle = () => {
        clearTimeout(deadline);
        signal?.removeEventListener('abort', leave);
      };
      const entry: Waiting = {
        priority: PRIORITIES.indexOf(priority),
        pair,
        grant: (turns) => {
          settle();
          resolve(turns);
        },
        refuse: () => {
          settle();
          reject(new NoTurnError());
        },
      };
      const after = waiting.findIndex((other) => other.priority > entry.priority);
      waiting.splice(after < 0 ? waiting.length : after, 0, entry);
      pump();
    });
  }

  return {
    async turn(priority, waitMs, signal) {
      await enter(priority, false, waitMs, signal);
    },
    pair: (waitMs) => enter('start', true, waitMs),
    waiting: () => waiting.length,
    close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      for (const entry of waiting.splice(0)) entry.refuse();
    },
  };
}
