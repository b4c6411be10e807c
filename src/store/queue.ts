import { StoreBusyError } from './errors.js';

/** Observations that share one commit at most. */
export const LARGEST_BATCH = 64;

/** More may not wait to be written. */
export const LONGEST_QUEUE = 4_096;

interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

export interface BatchQueue<Item, Result> {
  /** Resolves once the item is durably written. What `must` be written is taken however much waits. */
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

  async function writeBatch(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await write(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, index) => resolve(results[index] as Result));
    } catch (error) {
      if (batch.length > 1) {
        for (const single of batch) await writeBatch([single]);
      } else {
        batch[0]?.reject(error);
      }
    }
  }

  async function drain(): Promise<void> {
    while (waiting.length > 0) await writeBatch(waiting.splice(0, LARGEST_BATCH));
    running = null;
  }

  return {
    add(item, must) {
      if (closed || (!must && waiting.length >= LONGEST_QUEUE)) return Promise.reject(new StoreBusyError());
      return new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
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
