import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const ROUNDS = 3;

/**
 * Lets go of what is not referenced any more: the driver of SQLite closes a file only when its statements are collected. A
 * command of an operator is a process, whose end does the same.
 */
export async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // What was collected is let go of after that, and may have held on to more.
  for (let round = 0; round < ROUNDS; round += 1) {
    collect();
    await setImmediate();
    await setImmediate();
  }
}
