/**
 * A clock elsewhere that is read by asking for its time. How far ours is from it is taken from the quickest reply, since
 * the time was read at some moment between question and answer: the closer together these are, the better it is known.
 */

/** Clocks drift apart by no more than this: after so long a somewhat slower reply tells more. A part of the time passed. */
const DRIFT = 0.000_1;

export interface DistantClock {
  /** It showed `theirs` between two moments of our own clock. */
  showed(theirs: number, askedAt: number, answeredAt: number): void;
  /** A moment of that clock in our own time. */
  toOurs(theirs: number): number;
}

/** All times are milliseconds. Before the first reading ours counts as the same. */
export function createDistantClock(): DistantClock {
  let offset = 0;
  let uncertainty = Infinity;
  let readAt = 0;
  return {
    showed(theirs, askedAt, answeredAt) {
      const newOffset = (askedAt + answeredAt) / 2 - theirs;
      const newUncertainty = (answeredAt - askedAt) / 2;
      const aged = uncertainty + (answeredAt - readAt) * DRIFT;
      // If both cannot be true, one of the clocks was set.
      const wasSet = Math.abs(newOffset - offset) > newUncertainty + aged + 1;
      if (newUncertainty > aged && !wasSet) return;
      offset = newOffset;
      uncertainty = newUncertainty;
      readAt = answeredAt;
    },
    toOurs: (theirs) => theirs + offset,
  };
}
