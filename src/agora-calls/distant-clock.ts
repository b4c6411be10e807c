/**
 * A clock elsewhere that is read by asking for its time. The offset is taken from the quickest reply: the time was read at
 * some moment between question and answer, so the closer these are, the smaller the uncertainty.
 */

/** The most that two clocks drift apart, as a part of the time passed: an old reading becomes less certain. */
const MAX_DRIFT = 0.000_1;

export interface DistantClock {
  /** Notes a reading: the clock showed `theirs` between two moments of our own clock. */
  read(theirs: number, askedAt: number, answeredAt: number): void;
  /** Converts a time of that clock to our own. */
  toOurs(theirs: number): number;
}

/** All times are milliseconds. Before the first reading both clocks count as equal. */
export function createDistantClock(): DistantClock {
  let offset = 0;
  let uncertainty = Infinity;
  let readAt = 0;
  return {
    read(theirs, askedAt, answeredAt) {
      const newOffset = (askedAt + answeredAt) / 2 - theirs;
      const newUncertainty = (answeredAt - askedAt) / 2;
      const aged = uncertainty + (answeredAt - readAt) * MAX_DRIFT;
      // If both readings cannot be true, one of the clocks was set.
      const wasSet = Math.abs(newOffset - offset) > newUncertainty + aged + 1;
      if (newUncertainty > aged && !wasSet) return;
      offset = newOffset;
      uncertainty = newUncertainty;
      readAt = answeredAt;
    },
    toOurs: (theirs) => theirs + offset,
  };
}
