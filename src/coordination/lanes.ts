/** Work on one recording that may wait for other work on it. */
const MOST_WAITING = 20;

export interface Lanes {
  /** Runs one after another what has the same key; null, and nothing was run, when too much waits already. */
  run<T>(key: string, work: () => Promise<T>): Promise<T | null>;
}

/** Lines in which each waits for the one before it (rest-api-reference.md, update and updateLayout). */
export function createLanes(): Lanes {
  const lanes = new Map<string, { last: Promise<unknown>; waiting: number }>();
  return {
    async run(key, work) {
      const lane = lanes.get(key) ?? { last: Promise.resolve(), waiting: 0 };
      if (lane.waiting >= MOST_WAITING) return null;
      lanes.set(key, lane);
      lane.waiting += 1;
      const turn = lane.last.then(work, work);
      lane.last = turn;
      try {
        return await turn;
      } finally {
        lane.waiting -= 1;
        if (lane.waiting === 0) lanes.delete(key);
      }
    },
  };
}
