import { StoreBusyError, StoreUnavailableError } from '../errors.js';

/** Observations in one commit. */
export const MAX_BATCH_SIZE = 64;

/** Observations waiting to be written. More are refused, except those that must be written. */
export const MAX_QUEUE_LENGTH = 4_096;

/** Timeout for observations that their sender sends again, real milliseconds: Agora gives up a request after 10 s. */
export const MAX_WAIT_MS = 5_000;

/** During an outage, observations without a sender to repeat them are kept for this time. Real milliseconds. */
export const MAX_OUTAGE_MS = 30_000;

/** Retry interval for them. Real milliseconds. */
export const TRY_AGAIN_MS = 250;

interface Waiting<Item, Result> {
  item: Item;
  must: boolean;
  /** Settled items are skipped; the result of a running write is then ignored. */
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
 * again item by item, so that a single bad item does not block the rest.
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
      await writeBatch(waiting.splice(0, MAX_BATCH_SIZE).filter(({ answered }) => !answered));
    }
    running = null;
  }

  return {
    add(item, must) {
      if (closed || (!must && waiting.length >= MAX_QUEUE_LENGTH))
        return Promise.reject(new StoreBusyError());
      return new Promise((resolve, reject) => {
        const timer = must ? null : setTimeout(() => entry.reject(new StoreBusyError()), MAX_WAIT_MS);
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
          until: performance.now() + MAX_OUTAGE_MS,
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
