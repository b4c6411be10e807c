import { FairQueue, type Owner } from './fair-queue.js';
import { createRate } from './rate.js';

/**
 * Agora allows 10 calls in any sliding second. Each call takes a turn here first; turns are spaced, the urgent ones come
 * first, and among the equally urgent they go round the projects and their recordings. Real time, not the gateway's
 * clock: Agora counts in real time.
 */

/** Most urgent first. `start` is the pair of acquire and start. */
export const PRIORITIES = ['stop', 'start', 'update', 'refresh', 'confirmation', 'heartbeat'] as const;

export type Priority = (typeof PRIORITIES)[number];

/** Turns a second, one below what Agora allows, because calls do not travel equally fast. */
export const DEFAULT_CALLS_PER_SECOND = 9;

/** Calls that may wait for a turn at once. One more makes the least urgent of them give way, if it is less urgent. */
export const MOST_WAITING = 1_000;

/** Pairs whose start has its turn reserved at once: each reservation keeps a turn from all others. */
const MOST_PAIRS = 4;

/** However many urgent calls there are, one turn in so many goes to one that is overdue. */
const TURNS_TO_OVERDUE = 5;

/** So long a call waits before it counts as overdue. */
export const OVERDUE_MS = 2_000;

const WINDOW_MS = 1_000;

/** There was no turn in the time that the caller had. Nothing was sent. */
export class NoTurnError extends Error {
  constructor() {
    super("The budget of calls to Agora is used up, and the call's time ran out before its turn came.");
  }
}

export interface TurnRequest {
  priority: Priority;
  /** How long the caller waits, real milliseconds. */
  waitMs: number;
  /** Whose turn it is, for fairness: those without an owner share one place. */
  owner?: Partial<Owner>;
  /** Ends the wait. */
  signal?: AbortSignal;
}

/** Two turns: the first is taken when this is given, the second is kept for the start that follows. */
export interface PairOfTurns {
  /** Takes the second turn, at once. */
  takeSecond(): void;
  /** Gives the second turn back, if it was not taken. */
  release(): void;
}

export interface Budget {
  /** Resolves when the turn has come; rejects with NoTurnError after `waitMs`, on the signal, or when too many wait. */
  turn(request: TurnRequest): Promise<void>;
  pair(request: Omit<TurnRequest, 'priority'>): Promise<PairOfTurns>;
  /** Agora answered 429 to a call that was sent at the given monotonic time, and may have said how long to wait. */
  refused(sentAt: number, retryAfterMs: number | null): void;
  waiting(): number;
  /** Turns a second at the moment: fewer than at first after Agora refused calls. */
  callsPerSecond(): number;
  /** Refuses everything that waits and all that comes. */
  close(): void;
}

interface Waiting {
  priority: number;
  pair: boolean;
  since: number;
  grant: (pair: PairOfTurns) => void;
  refuse: () => void;
}

/** `monotonic` tells real milliseconds from any origin, never backwards. */
export function createBudget(
  monotonic: () => number,
  callsPerSecond: number = DEFAULT_CALLS_PER_SECOND,
): Budget {
  const rate = createRate(monotonic, callsPerSecond);
  const queues = PRIORITIES.map(() => new FairQueue<Waiting>());
  let sent: number[] = [];
  let granted = 0;
  let reserved = 0;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  const waiting = () => queues.reduce((sum, queue) => sum + queue.size, 0);
  const mayGo = ({ pair }: Waiting) => !pair || reserved < MOST_PAIRS;

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
    const perSecond = rate.perSecond();
    sent = sent.filter((at) => at > now - WINDOW_MS);
    const last = sent.at(-1);
    const spaced = last === undefined ? 0 : last + WINDOW_MS / perSecond - now;
    const paused = rate.pausedUntil() - now;
    const excess = sent.length + reserved + turns - perSecond;
    if (excess <= 0) return Math.max(0, spaced, paused);
    // Turns that are reserved come free when they are taken or given back, which pumps again.
    const freeing = sent[Math.min(Math.ceil(excess), sent.length) - 1];
    return Math.max(spaced, paused, freeing === undefined ? WINDOW_MS : freeing + WINDOW_MS - now, 1);
  }

  function overdue(): { owner: Owner; item: Waiting } | null {
    const before = monotonic() - OVERDUE_MS;
    let longest: { owner: Owner; item: Waiting } | null = null;
    for (const queue of queues) {
      const found = queue.peek((item) => mayGo(item) && item.since <= before);
      if (found !== null && (longest === null || found.item.since < longest.item.since)) longest = found;
    }
    return longest;
  }

  function next(): { owner: Owner; item: Waiting } | null {
    const forOverdue = granted % TURNS_TO_OVERDUE === TURNS_TO_OVERDUE - 1 ? overdue() : null;
    if (forOverdue !== null) return forOverdue;
    for (const queue of queues) {
      const found = queue.peek(mayGo);
      if (found !== null) return found;
    }
    return null;
  }

  function pump(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    while (!closed) {
      const chosen = next();
      if (chosen === null) return;
      const { owner, item } = chosen;
      const delay = wait(item.pair ? 2 : 1);
      if (delay > 0) {
        timer = setTimeout(pump, Math.ceil(delay));
        return;
      }
      queues[item.priority]?.serve(owner, item);
      sent.push(monotonic());
      granted += 1;
      item.grant(item.pair ? reserveSecond() : single);
    }
  }

  /** Makes room for one more; false if none of those that wait is less urgent, or of a project that asks for more. */
  function makeRoom(priority: number, appId: string): boolean {
    if (waiting() < MOST_WAITING) return true;
    for (let other = queues.length - 1; other >= priority; other -= 1) {
      const queue = queues[other];
      const last = queue?.last();
      if (queue === undefined || last == null) continue;
      if (other === priority && queue.sizeOf(last.owner.appId) <= queue.sizeOf(appId) + 1) return false;
      queue.remove(last.owner, last.item);
      last.item.refuse();
      return true;
    }
    return false;
  }

  function enter(
    { priority, waitMs, owner: given, signal }: TurnRequest,
    pair: boolean,
  ): Promise<PairOfTurns> {
    const owner: Owner = { appId: given?.appId ?? '', recording: given?.recording ?? '' };
    const index = PRIORITIES.indexOf(priority);
    return new Promise((resolve, reject) => {
      if (closed || signal?.aborted === true || !makeRoom(index, owner.appId)) {
        reject(new NoTurnError());
        return;
      }
      const leave = () => {
        queues[index]?.remove(owner, entry);
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
        priority: index,
        pair,
        since: monotonic(),
        grant: (turns) => {
          settle();
          resolve(turns);
        },
        refuse: () => {
          settle();
          reject(new NoTurnError());
        },
      };
      queues[index]?.add(owner, entry);
      pump();
    });
  }

  return {
    async turn(request) {
      await enter(request, false);
    },
    pair: (request) => enter({ ...request, priority: 'start' }, true),
    refused(sentAt, retryAfterMs) {
      rate.refused(sentAt, retryAfterMs);
      pump();
    },
    waiting,
    callsPerSecond: () => rate.perSecond(),
    close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      for (const queue of queues) {
        for (const entry of queue.drain()) entry.refuse();
      }
    },
  };
}
