import { type Clock } from '../recordings/clock.js';

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  realDuration: (milliseconds) => milliseconds,
};

export interface FollowedClock {
  clock: Clock;
  /** Sets it to what the other clock shows now. */
  set(reading: { nowMs: number; speed: number }): void;
}

/** A clock that follows another one: between two readings it runs at that one's speed. It never runs backwards. */
export function createFollowedClock(reading: { nowMs: number; speed: number }): FollowedClock {
  let base = reading;
  let readAt = performance.now();
  let latest = 0;
  const clock: Clock = {
    now() {
      latest = Math.max(latest, Math.round(base.nowMs + (performance.now() - readAt) * base.speed));
      return latest;
    },
    realDuration: (milliseconds) => milliseconds / base.speed,
  };
  return {
    clock,
    set(next) {
      base = next;
      readAt = performance.now();
    },
  };
}
