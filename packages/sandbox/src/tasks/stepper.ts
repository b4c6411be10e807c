import { setImmediate, setTimeout } from 'node:timers/promises';
import { type VirtualClock } from '../control/clock.js';
import { type Outbox } from '../notifications/outbox.js';
import { type Scheduler } from './scheduler.js';

/** A step is made in pieces of this much sandbox time, counted from where something happens next. */
const PIECE_MS = 10_000;

/** A step waits so long for the receiver in all, real time; after that what is too much is dropped. */
const LONGEST_WAIT_MS = 60_000;

const LOOK_AGAIN_MS = 5;

export interface StepperOptions {
  clock: VirtualClock;
  scheduler: Scheduler;
  outbox: Outbox;
  /** The clock has moved on. */
  moved: () => void;
}

/**
 * Steps the clock. Long steps are made piece by piece: between two of them calls are answered, at the time reached so
 * far, and notifications are delivered, so that hours full of events neither stop the sandbox nor overflow the outbox.
 */
export class Stepper {
  readonly #options: StepperOptions;
  #last: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: StepperOptions) {
    this.#options = options;
  }

  /** Resolves when everything that the step passes over has happened. Steps are made one after another. */
  step(stepMs: number): Promise<void> {
    const step = this.#last.then(() => this.#walk(stepMs));
    // Whoever asked for it hears of a failure; the next step goes on from where the clock stands.
    this.#last = step.catch(() => undefined);
    return step;
  }

  close(): void {
    this.#closed = true;
  }

  async #walk(stepMs: number): Promise<void> {
    const { clock, scheduler, outbox, moved } = this.#options;
    const until = performance.now() + LONGEST_WAIT_MS;
    let left = stepMs;
    while (left > 0 && !this.#closed) {
      const idleMs = Math.max(0, scheduler.nextAt - clock.now());
      const pieceMs = Math.min(left, idleMs + PIECE_MS);
      clock.change({ stepMs: pieceMs });
      moved();
      left -= pieceMs;
      if (left === 0) return;
      await setImmediate();
      while (outbox.isBehind && performance.now() < until) await setTimeout(LOOK_AGAIN_MS);
    }
  }
}
