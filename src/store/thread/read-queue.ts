/** Long reads that the store's thread is given at once: what is written waits behind no more than these. */
export const MAX_READS = 2;

/** Reads of queries come before those of followers, which can continue from where they are at any time. */
const PRIORITIES: Record<string, 'query' | 'follower'> = {
  recordingPage: 'query',
  recordingCount: 'query',
  recordingCounts: 'query',
  channelPage: 'query',
  channelCount: 'query',
  filePage: 'query',
  fileCount: 'query',
  problemPage: 'query',
  problemCount: 'query',
  auditPage: 'query',
  unansweredQueries: 'query',
  eventPage: 'query',
  eventCount: 'query',
  snapshotNames: 'query',
  knownSnapshots: 'query',
  eventsAfter: 'follower',
  changesAfter: 'follower',
};

export interface ReadQueue {
  /** Calls a function of the store: a long read when its turn has come, and anything else at once. */
  run<Result>(name: string, call: () => Promise<Result>): Promise<Result>;
  /** Reads that wait. */
  waiting(): number;
}

/** Keeps long reads of callers from delaying what is written, and what commands and the watch read. */
export function createReadQueue(): ReadQueue {
  const waiting = { query: [] as (() => Promise<void>)[], follower: [] as (() => Promise<void>)[] };
  let running = 0;

  function start(): void {
    while (running < MAX_READS) {
      const read = waiting.query.shift() ?? waiting.follower.shift();
      if (read === undefined) return;
      running += 1;
      void read().finally(() => {
        running -= 1;
        start();
      });
    }
  }

  return {
    run(name, call) {
      const priority = PRIORITIES[name];
      if (priority === undefined) return call();
      return new Promise((resolve, reject) => {
        waiting[priority].push(() => call().then(resolve, reject));
        start();
      });
    },
    waiting: () => waiting.query.length + waiting.follower.length,
  };
}
