import { NotSentError } from './not-sent-error.js';

/**
 * Stop and query exclude each other on one recording: with a query in flight, Agora answers a stop with 206 and without
 * files. A stop waits for the query in flight; no query begins while a stop waits or runs. This covers the calls of one
 * gateway; query-slot.ts covers those of several.
 */

/** How long a stop waits for the query in flight before it aborts it. Real milliseconds. */
export const QUERY_GRACE_MS = 3_000;

export interface RunningQuery {
  /** Aborted by a stop: at once if the query was not sent yet, otherwise after three seconds. */
  signal: AbortSignal;
  /** To be called when the query is about to be sent. */
  markSent: () => void;
}

export interface StopQueryExclusion {
  /** Runs a query. Rejects with NotSentError (`stop-under-way`) while a stop waits or runs. */
  query<T>(recordingId: string, run: (query: RunningQuery) => Promise<T>): Promise<T>;
  stop<T>(recordingId: string, run: () => Promise<T>): Promise<T>;
}

interface Running {
  controller: AbortController;
  sent: boolean;
}

interface Entry {
  queries: Map<Promise<unknown>, Running>;
  stops: number;
}

export function createStopQueryExclusion(): StopQueryExclusion {
  const entries = new Map<string, Entry>();

  function entryOf(recordingId: string): Entry {
    const entry = entries.get(recordingId) ?? { queries: new Map<Promise<unknown>, Running>(), stops: 0 };
    entries.set(recordingId, entry);
    return entry;
  }

  function removeIfUnused(recordingId: string): void {
    const entry = entries.get(recordingId);
    if (entry !== undefined && entry.queries.size === 0 && entry.stops === 0) entries.delete(recordingId);
  }

  return {
    async query(recordingId, run) {
      const entry = entryOf(recordingId);
      if (entry.stops > 0) throw new NotSentError('stop-under-way');
      const running: Running = { controller: new AbortController(), sent: false };
      const done = run({ signal: running.controller.signal, markSent: () => (running.sent = true) });
      entry.queries.set(done, running);
      try {
        return await done;
      } finally {
        entry.queries.delete(done);
        removeIfUnused(recordingId);
      }
    },
    async stop(recordingId, run) {
      const entry = entryOf(recordingId);
      entry.stops += 1;
      try {
        const abort = (which: (running: Running) => boolean) => {
          for (const running of entry.queries.values()) {
            if (which(running)) running.controller.abort(new NotSentError('stop-under-way'));
          }
        };
        abort(({ sent }) => !sent);
        const timer = setTimeout(() => abort(() => true), QUERY_GRACE_MS);
        await Promise.allSettled(entry.queries.keys());
        clearTimeout(timer);
        return await run();
      } finally {
        entry.stops -= 1;
        removeIfUnused(recordingId);
      }
    },
  };
}
