import { FairQueue, type Owner } from './fair-queue.js';

/** Most urgent first. `start` covers acquire and start. */
export const PRIORITIES = ['stop', 'start', 'update', 'refresh', 'confirmation', 'heartbeat'] as const;

export type Priority = (typeof PRIORITIES)[number];

/** 0 is the most urgent. */
export function urgencyOf(priority: Priority): number {
  return PRIORITIES.indexOf(priority);
}

/** Calls that may wait for a permit at the same time; one more evicts the least urgent. */
export const MAX_WAITING = 1_000;

/** One permit in this many goes to an overdue call, however many urgent ones wait. */
const OVERDUE_SHARE = 5;

/** How long a call waits before it counts as overdue, real milliseconds. */
export const OVERDUE_DELAY_MS = 2_000;

export interface QueuedCall {
  priority: Priority;
  owner: Owner;
  /** When it began to wait, by the monotonic clock. */
  since: number;
}

/** Which call gets the next permit: the most urgent, and among equally urgent ones projects and recordings in turn. */
export class PermitQueue<Call extends QueuedCall> {
  readonly #queues = PRIORITIES.map(() => new FairQueue<Call>());
  #served = 0;

  get size(): number {
    return this.#queues.reduce((sum, queue) => sum + queue.size, 0);
  }

  add(call: Call): void {
    this.#queues[urgencyOf(call.priority)]?.add(call.owner, call);
  }

  remove(call: Call): void {
    this.#queues[urgencyOf(call.priority)]?.remove(call.owner, call);
  }

  /** Removes a call that got its permit. */
  serve(call: Call): void {
    this.#queues[urgencyOf(call.priority)]?.serve(call.owner, call);
    this.#served += 1;
  }

  /** The call that gets the next permit, of those that may run now; it stays in the queue. */
  next(now: number, mayRun: (call: Call) => boolean): Call | null {
    const isForOverdue = this.#served % OVERDUE_SHARE === OVERDUE_SHARE - 1;
    const overdue = isForOverdue ? this.#longestOverdue(now, mayRun) : null;
    if (overdue !== null) return overdue;
    for (const queue of this.#queues) {
      const found = queue.peek(mayRun);
      if (found !== null) return found.item;
    }
    return null;
  }

  /**
   * Makes room for one more call of the project. Returns the evicted call, null if there was room, and undefined if all
   * that wait are as urgent and of projects with no more calls than this one: then it is the new call that finds no room.
   */
  evictFor(priority: Priority, appId: string): Call | null | undefined {
    if (this.size < MAX_WAITING) return null;
    const urgency = urgencyOf(priority);
    for (let other = this.#queues.length - 1; other >= urgency; other -= 1) {
      const queue = this.#queues[other];
      const last = queue?.last();
      if (queue === undefined || last == null) continue;
      if (other === urgency && queue.sizeOf(last.owner.appId) <= queue.sizeOf(appId) + 1) return undefined;
      queue.remove(last.owner, last.item);
      return last.item;
    }
    return undefined;
  }

  /** Removes and returns all calls. */
  drain(): Call[] {
    return this.#queues.flatMap((queue) => queue.drain());
  }

  #longestOverdue(now: number, mayRun: (call: Call) => boolean): Call | null {
    let longest: Call | null = null;
    for (const queue of this.#queues) {
      const found = queue.peek((call) => mayRun(call) && call.since <= now - OVERDUE_DELAY_MS);
      if (found !== null && (longest === null || found.item.since < longest.since)) longest = found.item;
    }
    return longest;
  }
}
