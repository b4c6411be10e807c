import { setImmediate, setTimeout } from 'node:timers/promises';
import { type VirtualClock } from '../control/clock.js';
import { type Outbox } from '../notifications/outbox.js';
import { type Scheduler } from './scheduler.js';

/** A step is divided into pieces of this much sandbox time, counted from the next entry that is due. */
const PIECE_MS = 10_000;

/** How long one step waits for the receiver, real time; after that, excess notifications are dropped. */
const MAX_WAIT_MS = 60_000;

const POLL_INTERVAL_MS = 5;

export interface StepperOptions {
  clock: VirtualClock;
  scheduler: Scheduler;
  outbox: Outbox;
  /** Called after each change of the clock. */
  onMoved: () => void;
}

/**
 * Steps the clock. A long step is made piece by piece: in between, calls are answered at the time reached so far, and
 * notifications are delivered, so that hours full of events neither block the sandbox nor overflow the outbox.
 */
export class Stepper {
  readonly #options: StepperOptions;
  #last: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: StepperOptions) {
    this.#options = options;
  }

  /** Resolves when everything within the step has happened. Steps run one after another. */
  step(stepMs: number): Promise<void> {
    const step = this.#last.then(() => this.#walk(stepMs));
    // The caller gets the error; the next step continues from the current time.
    this.#last = step.catch(() => undefined);
    return step;
  }

  close(): void {
    this.#closed = true;
  }

  async #walk(stepMs: number): Promise<void> {
    const { clock, scheduler, outbox, onMoved } = this.#options;
    const until = performance.now() + MAX_WAIT_MS;
    let left = stepMs;
    while (left > 0 && !this.#closed) {
      const idleMs = Math.max(0, scheduler.nextAt - clock.now());
      const pieceMs = Math.min(left, idleMs + PIECE_MS);
      clock.change({ stepMs: pieceMs });
      onMoved();
      left -= pieceMs;
      if (left === 0) return;
      await setImmediate();
      while (outbox.isBehind && performance.now() < until) await setTimeout(POLL_INTERVAL_MS);
    }
  }
}
