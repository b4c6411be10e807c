/** Loaded before the gateway (node --import): the thread of its store fails once the file that FAULT_FILE names is there. */
import { existsSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const EVERY_MS = 20;

if (!isMainThread) {
  setInterval(() => {
    if (existsSync(process.env.FAULT_FILE)) throw new Error('a fault in the thread of the store');
  }, EVERY_MS);
}
