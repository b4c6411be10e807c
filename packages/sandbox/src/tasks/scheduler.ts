import { type VirtualClock } from '../control/clock.js';

/** Longest delay of a timer, real time; below the limit of setTimeout. */
const MAX_TIMER_MS = 3_600_000;

interface Entry {
  at: number;
  order: number;
  run: (at: number) => void;
}

function before(left: Entry, right: Entry): boolean {
  return left.at < right.at || (left.at === right.at && left.order < right.order);
}

/**
 * Runs what is due on the virtual clock, in the order of due times (first in, first out if they are equal). Each entry is
 * run with the time at which it was due, so that a step over an hour produces the same events with the same times as an
 * hour of waiting. Entries cannot be cancelled: they check when run whether they still apply.
 */
export class Scheduler {
  readonly #clock: VirtualClock;
  readonly #batch: (work: () => void) => void;
  readonly #heap: Entry[] = [];
  #order = 0;
  #running = false;
  #closed = false;
  #timer: NodeJS.Timeout | null = null;

  /** `batch` wraps everything that runs at once, for example in a transaction. */
  constructor(clock: VirtualClock, batch: (work: () => void) => void) {
    this.#clock = clock;
    this.#batch = batch;
    clock.onChange(() => this.runDue());
  }

  add(at: number, run: (at: number) => void): void {
    this.#push({ at, order: this.#order++, run });
    if (!this.#running && this.#heap[0]?.order === this.#order - 1) this.#arm();
  }

  /** When the next entry is due; Infinity if there is none. */
  get nextAt(): number {
    return this.#heap[0]?.at ?? Infinity;
  }

  /** Runs everything due by now. What becomes due in the meantime waits for the next timer, so that requests are served. */
  runDue(): void {
    if (this.#running || this.#closed) return;
    this.#running = true;
    const until = this.#clock.now();
    try {
      if (this.nextAt <= until) {
        this.#batch(() => {
          for (let next = this.#heap[0]; next !== undefined && next.at <= until; next = this.#heap[0]) {
            this.#pop();
            next.run(next.at);
          }
        });
      }
    } finally {
      this.#running = false;
      this.#arm();
    }
  }

  /** Drops every entry. */
  clear(): void {
    this.#heap.length = 0;
    this.#arm();
  }

  close(): void {
    this.#closed = true;
    this.clear();
  }

  #arm(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const next = this.#heap[0];
    if (next === undefined || this.#closed) return;
    const delay = Math.min(MAX_TIMER_MS, Math.ceil(this.#clock.realMsUntil(next.at)));
    this.#timer = setTimeout(() => this.runDue(), delay);
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let index = heap.length;
    heap.push(entry);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent]!;
      if (!before(entry, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = entry;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      if (left >= heap.length) break;
      const right = left + 1;
      const child = right < heap.length && before(heap[right]!, heap[left]!) ? right : left;
      if (!before(heap[child]!, last)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = last;
  }
}
