import * as z from 'zod';

/** Largest speed of sandbox time, as a multiple of real time. */
export const MAX_SPEED = 10_000;

/** Longest step of the clock: a year. */
export const MAX_STEP_MS = 366 * 24 * 3_600_000;

/** What must be kept for the clock to continue after a restart: at real time `realBase` it showed `base`. */
export const clockState = z.object({ base: z.number(), realBase: z.number(), speed: z.number().positive() });

export type ClockState = z.infer<typeof clockState>;

export interface ClockChange {
  /** Sandbox milliseconds per real millisecond, greater than 0, at most MAX_SPEED. */
  speed?: number;
  /** Milliseconds to step ahead, at most MAX_STEP_MS. */
  stepMs?: number;
}

/**
 * The time of the sandbox. It starts at real time, can run faster, slower or in steps, and never goes back. It continues
 * while the process is down, as Agora would.
 */
export class VirtualClock {
  #state: ClockState;
  readonly #realNow: () => number;
  readonly #listeners: (() => void)[] = [];

  /** `kept` is the state from before a restart; `realNow` returns real Unix milliseconds. */
  constructor(kept: ClockState | null, realNow: () => number) {
    this.#realNow = realNow;
    this.#state = kept ?? { base: realNow(), realBase: realNow(), speed: 1 };
  }

  /** Sandbox time, whole Unix milliseconds. */
  now(): number {
    const { base, realBase, speed } = this.#state;
    return Math.floor(base + Math.max(0, this.#realNow() - realBase) * speed);
  }

  get speed(): number {
    return this.#state.speed;
  }

  get state(): ClockState {
    return { ...this.#state };
  }

  /** Real milliseconds until the clock shows `time` at its current speed. */
  realMsUntil(time: number): number {
    return Math.max(0, (time - this.now()) / this.#state.speed);
  }

  change(change: ClockChange): void {
    this.#state = {
      base: this.now() + (change.stepMs ?? 0),
      realBase: this.#realNow(),
      speed: change.speed ?? this.#state.speed,
    };
    for (const listener of this.#listeners) listener();
  }

  /** Calls `listener` after each change. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }
}
