import { FairQueue, type Owner } from './fair-queue.js';
import { createRate } from './rate.js';
import { createSharedTurn, LATEST_MS } from './shared-turn.js';
import { type SharedTurns } from '../store/coordination/turns.js';

/**
 * Agora allows 10 calls in any sliding second. Each call takes a turn here first; turns are spaced, the urgent ones come
 * first, and among the equally urgent they go round the projects and their recordings. Real time, not the gateway's
 * clock: Agora counts in real time. Where several gateways share a store, they share the turns too: each decides which of
 * its own calls goes when a turn comes to it.
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

/** Leave to send one call. */
export interface Turn {
  /** Whether it came too long ago: the call would come too close to those that follow, and has to take another turn. */
  isLate(): boolean;
}

/** Two turns: the first is taken when this is given, the second is for the start that follows. */
export interface PairOfTurns {
  first: Turn;
  /**
   * Takes the second turn: at once where one gateway has the budget for itself, else with the next turn that comes to this
   * gateway. Rejects with NoTurnError once the budget is closed, or where it was taken or given back before.
   */
  takeSecond(): Promise<Turn>;
  /** Gives the second turn back, if it was not taken. */
  release(): void;
}

export interface Budget {
  /** Resolves when the turn has come; rejects with NoTurnError after `waitMs`, on the signal, or when too many wait. */
  turn(request: TurnRequest): Promise<Turn>;
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
  grant: (turn: Turn) => void;
  refuse: () => void;
}

/**
 * `monotonic` tells real milliseconds from any origin, never backwards. `turns` are those of all gateways on the store,
 * null where there is but one.
 */
export function createBudget(
  monotonic: () => number,
  callsPerSecond: number = DEFAULT_CALLS_PER_SECOND,
  turns: SharedTurns | null = null,
): Budget {
  const rate = createRate(monotonic, callsPerSecond);
  const queues = PRIORITIES.map(() => new FairQueue<Waiting>());
  /** Starts whose acquire has been answered: they go before all others. */
  const seconds: { resolve: (turn: Turn) => void; reject: (error: Error) => void }[] = [];
  const shared =
    turns === null
      ? null
      : createSharedTurn({
          turns,
          monotonic,
          onTurn: () => pump(),
          onSlow: (until) => rate.slowUntil(until),
        });
  let sent: number[] = [];
  let granted = 0;
  let reserved = 0;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  const waiting = () => queues.reduce((sum, queue) => sum + queue.size, 0);
  const mayGo = ({ pair }: Waiting) => !pair || reserved < MOST_PAIRS;

  const turnUntil = (until: number): Turn => ({ isLate: () => monotonic() > until });

  function reserveSecond(first: Turn): PairOfTurns {
    let open = true;
    reserved += 1;
    const settle = () => {
      const wasOpen = open;
      open = false;
      if (wasOpen) reserved -= 1;
      return wasOpen;
    };
    return {
      first,
      takeSecond: async () => {
        if (!settle() || closed) throw new NoTurnError();
        if (shared === null) {
          const now = monotonic();
          sent.push(now);
          pump();
          return turnUntil(now + LATEST_MS);
        }
        return await new Promise<Turn>((resolve, reject) => {
          seconds.push({ resolve, reject });
          pump();
        });
      },
      release: () => {
        if (settle()) pump();
      },
    };
  }

  /** Milliseconds until a turn (or two) is free; 0 when it is now. */
  function wait(count: number): number {
    const now = monotonic();
    const perSecond = rate.perSecond();
    // The turns of all gateways are spaced already.
    if (shared !== null) return Math.max(0, rate.pausedUntil() - now);
    sent = sent.filter((at) => at > now - WINDOW_MS);
    const last = sent.at(-1);
    const spaced = last === undefined ? 0 : last + WINDOW_MS / perSecond - now;
    const paused = rate.pausedUntil() - now;
    const excess = sent.length + reserved + count - perSecond;
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
      const [second] = seconds;
      const chosen = second === undefined ? next() : null;
      if (second === undefined && chosen === null) return;
      const delay = wait(chosen?.item.pair === true ? 2 : 1);
      if (delay > 0) {
        timer = setTimeout(pump, Math.ceil(delay));
        return;
      }
      const until = shared === null ? monotonic() + LATEST_MS : shared.use(WINDOW_MS / rate.perSecond());
      if (until === null) return;
      const turn = turnUntil(until);
      if (chosen === null) {
        seconds.shift()?.resolve(turn);
        continue;
      }
      const { owner, item } = chosen;
      queues[item.priority]?.serve(owner, item);
      if (shared === null) sent.push(monotonic());
      granted += 1;
      item.grant(turn);
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

  function enter<T>(
    { priority, waitMs, owner: given, signal }: TurnRequest,
    grant: (turn: Turn) => T,
    pair: boolean,
  ): Promise<T> {
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
        grant: (turn) => {
          settle();
          resolve(grant(turn));
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
    turn: (request) => enter(request, (turn) => turn, false),
    pair: (request) => enter({ ...request, priority: 'start' }, reserveSecond, true),
    refused(sentAt, retryAfterMs) {
      rate.refused(sentAt, retryAfterMs);
      const now = monotonic();
      shared?.pause(Math.max(0, rate.pausedUntil() - now), Math.max(0, rate.fullSpeedAt() - now));
      pump();
    },
    waiting,
    callsPerSecond: () => rate.perSecond(),
    close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      shared?.close();
      for (const second of seconds.splice(0)) second.reject(new NoTurnError());
      for (const queue of queues) {
        for (const entry of queue.drain()) entry.refuse();
      }
    },
  };
}
