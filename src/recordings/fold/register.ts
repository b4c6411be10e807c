/**
 * A place in a total order of observations: the kind of evidence first, then time, the recorder's uid, sequence, and
 * the hash made at the door. The greatest wins, so the order of arrival cannot matter.
 */
export type Stamp = readonly [kind: number, time: number, uid: string, sequence: number, hash: string];

export function compareStamps(left: Stamp, right: Stamp): number {
  for (let index = 0; index < left.length; index += 1) {
    const [a, b] = [left[index] ?? 0, right[index] ?? 0];
    if (a < b) return -1;
    if (a > b) return 1;
  }
  return 0;
}

/** A value that toggles, with the stamp of the observation that set it. */
export interface Register<T> {
  value: T;
  stamp: Stamp;
}

/** The later of what is held and what is offered. */
export function latest<T>(held: Register<T> | null | undefined, value: T, stamp: Stamp): Register<T> {
  return held != null && compareStamps(held.stamp, stamp) >= 0 ? held : { value, stamp };
}

/** The earlier of what is held and what is offered. */
export function earliest<T>(held: Register<T> | null | undefined, value: T, stamp: Stamp): Register<T> {
  return held != null && compareStamps(held.stamp, stamp) <= 0 ? held : { value, stamp };
}

export function smallest(held: number | null, offered: number): number {
  return held === null ? offered : Math.min(held, offered);
}

export function greatest(held: number | null, offered: number): number {
  return held === null ? offered : Math.max(held, offered);
}
