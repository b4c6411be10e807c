/** Loaded before the gateway (node --import): the thread of its store stalls for a while, as a slow disk can cause. */
import { isMainThread } from 'node:worker_threads';

const STALL_DELAY_MS = 3_000;
const LASTS_MS = 32_000;

if (!isMainThread) {
  setTimeout(() => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LASTS_MS);
  }, STALL_DELAY_MS);
}
