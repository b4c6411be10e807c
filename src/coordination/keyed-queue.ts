import { NotSentError } from './not-sent-error.js';

/** Pieces of work on one key, the running one included. */
export const MAX_QUEUED_PER_KEY = 20;

export interface KeyedQueue {
  /** Runs work on the same key one after another. Rejects with NotSentError (`queue-full`) if too much waits already. */
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
}

/** One first-in-first-out queue for each key. */
export function createKeyedQueue(): KeyedQueue {
  const queues = new Map<string, { last: Promise<unknown>; size: number }>();
  return {
    async run(key, work) {
      const queue = queues.get(key) ?? { last: Promise.resolve(), size: 0 };
      if (queue.size >= MAX_QUEUED_PER_KEY) throw new NotSentError('queue-full');
      queues.set(key, queue);
      queue.size += 1;
      const running = queue.last.then(work, work);
      queue.last = running;
      try {
        return await running;
      } finally {
        queue.size -= 1;
        if (queue.size === 0) queues.delete(key);
      }
    },
  };
}
