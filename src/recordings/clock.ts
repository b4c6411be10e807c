/** The gateway's one clock. All policies and DateTimes go by it; in sandbox mode it runs at the sandbox's speed. */
export interface Clock {
  /** Now, Unix milliseconds. */
  now(): number;
  /** Real milliseconds that pass while the clock moves on by the given milliseconds; for timers. */
  realDuration(milliseconds: number): number;
}
