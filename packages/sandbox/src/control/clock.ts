/** Largest factor by which sandbox time may run faster than real time. */
export const FASTEST_SPEED = 10_000;

/** Longest single step of the clock: a year. */
export const LONGEST_STEP_MS = 366 * 24 * 3_600_000;

/** What must be kept for the clock to go on after a restart: at real time `realBase` it showed `base`. */
export interface ClockState {
  base: number;
  realBase: number;
  speed: number;
}

export interface ClockChange {
  /** Sandbox milliseconds per real millisecond, greater than 0, at most FASTEST_SPEED. */
  speed?: number;
  /** Milliseconds to jump ahead, at most LONGEST_STEP_MS. */
  stepMs?: number;
}

/**
 * The sandbox's time. It begins at real time, and can run faster, slower or in steps; it never goes back. It goes on
 * while the process is down, as Agora would.
 */
export class VirtualClock {
  #state: ClockState;
  readonly #realNow: () => number;
  readonly #listeners: (() => void)[] = [];

  /** `kept` is the state from before a restart; `realNow` gives real Unix milliseconds. */
  constructor(kept: ClockState | null, realNow: () => number) {
    this.#realNow = realNow;
    this.#state = kept ?? { base: realNow(), realBase: realNow(), speed: 1 };
  }

  /** Sandbox time now, whole Unix milliseconds. */
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

  /** Real milliseconds until the clock shows `time`, at its present speed. */
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
