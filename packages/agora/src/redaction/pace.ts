import { setImmediate } from 'node:timers/promises';

/** Steps of work between two pauses, each about as long as looking at one character: one to two milliseconds. */
const SLICE_STEPS = 200_000;

/** Counts steps of work, and signals when a pause is due. */
export class Pace {
  #left = SLICE_STEPS;

  spend(steps: number): boolean {
    this.#left -= steps;
    if (this.#left > 0) return false;
    this.#left = SLICE_STEPS;
    return true;
  }
}

/** Work that can pause: it yields where it does. */
export type Paced<T> = Generator<undefined, T, undefined>;

/** Runs work without pauses. */
export function runAtOnce<T>(work: Paced<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** Runs work in slices; the rest of the process runs at each pause. */
export async function runInSlices<T>(work: Paced<T>): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    await setImmediate();
  }
}
