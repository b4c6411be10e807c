/** Loaded before the gateway (node --import): the thread of its store then fails a moment after it began. */
import { isMainThread } from 'node:worker_threads';

if (!isMainThread) {
  setTimeout(() => {
    throw new Error('a fault in the thread of the store');
  }, 3_000);
}
