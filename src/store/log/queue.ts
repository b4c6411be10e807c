import { StoreBusyError, StoreUnavailableError } from '../errors.js';

/** Observations that share one commit at most. */
export const LARGEST_BATCH = 64;

/** More may not wait to be written. */
export const LONGEST_QUEUE = 4_096;

/** What its sender sends again waits for no longer than this, real milliseconds: Agora gives up a request after 10 s. */
export const LONGEST_WAIT_MS = 5_000;

/** What nobody sends again is kept for so long while the database cannot be used, and tried so often. */
export const LONGEST_OUTAGE_MS = 30_000;
export const TRY_AGAIN_MS = 250;

interface Waiting<Item, Result> {
  item: Item;
  must: boolean;
  /** What has been answered is not written any more; a write under way goes on, and its outcome is of no interest. */
  answered: boolean;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
  /** When it is given up, by the monotonic clock. */
  until: number;
}

export interface BatchQueue<Item, Result> {
  /**
   * Resolves once the item is durably written. Rejects with StoreBusyError when too much waits or it waited too long, and
   * with StoreUnavailableError when the database cannot be used. What `must` be written is taken however much waits, and
   * outlasts a short outage.
   */
  add(item: Item, must: boolean): Promise<Result>;
  size(): number;
  /** Resolves once everything added so far is written; adds are refused from then on. */
  close(): Promise<void>;
}

/**
 * One queue for all that is written: while a batch is being committed the next one gathers. A batch that fails is tried
 * again one by one, so that a single bad item blocks nobody.
 */
export function createBatchQueue<Item, Result>(
  write: (items: readonly Item[]) => Promise<Result[]>,
): BatchQueue<Item, Result> {
  const waiting: Waiting<Item, Result>[] = [];
  let running: Promise<void> | null = null;
  let closed = false;

  /** Those that wait are refused or, where they must be written, put back in front. */
  async function outlast(batch: readonly Waiting<Item, Result>[], error: unknown): Promise<void> {
    const now = performance.now();
    const kept = batch.filter(({ must, until }) => must && now < until);
    for (const entry of batch) if (!kept.includes(entry)) entry.reject(error);
    if (kept.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
    waiting.unshift(...kept);
  }

  async function writeBatch(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    if (batch.length === 0) return;
    try {
      const results = await write(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, index) => resolve(results[index] as Result));
    } catch (error) {
      if (error instanceof StoreUnavailableError) {
        await outlast(batch, error);
      } else if (batch.length > 1) {
        for (const single of batch) await writeBatch([single]);
      } else {
        batch[0]?.reject(error);
      }
    }
  }

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      await writeBatch(waiting.splice(0, LARGEST_BATCH).filter(({ answered }) => !answered));
    }
    running = null;
  }

  return {
    add(item, must) {
      if (closed || (!must && waiting.length >= LONGEST_QUEUE)) return Promise.reject(new StoreBusyError());
      return new Promise((resolve, reject) => {
        const timer = must ? null : setTimeout(() => entry.reject(new StoreBusyError()), LONGEST_WAIT_MS);
        const answer = () => {
          entry.answered = true;
          if (timer !== null) clearTimeout(timer);
        };
        const entry: Waiting<Item, Result> = {
          item,
          must,
          answered: false,
          resolve: (result) => {
            answer();
            resolve(result);
          },
          reject: (error) => {
            answer();
            reject(error instanceof Error ? error : new Error(String(error)));
          },
          until: performance.now() + LONGEST_OUTAGE_MS,
        };
        waiting.push(entry);
        running ??= drain();
      });
    },
    size: () => waiting.length,
    async close() {
      closed = true;
      while (running !== null) await running;
    },
  };
}
