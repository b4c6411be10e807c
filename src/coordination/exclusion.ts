/**
 * Stop and query exclude each other on one recording: a query beside a stop turns the stop's reply into a 206 without
 * files (quickstart.md, "common errors"). A stop waits for the query in flight; no query begins while a stop waits or
 * runs.
 */

/** So long a stop waits for the query in flight before it ends it. Real milliseconds. */
export const STOP_WAITS_FOR_QUERY_MS = 3_000;

/** What a query is told, and tells, while it runs. */
export interface QueryPlace {
  /** Ends a query that a stop would have to wait for: at once before it was sent, else after three seconds. */
  signal: AbortSignal;
  /** The query is about to be sent. */
  sent: () => void;
}

export interface Exclusion {
  /** Runs a query, or answers null when a stop is under way. */
  query<T>(recordingId: string, run: (place: QueryPlace) => Promise<T>): Promise<T | null>;
  stop<T>(recordingId: string, run: () => Promise<T>): Promise<T>;
}

interface Running {
  controller: AbortController;
  sent: boolean;
}

interface Place {
  queries: Map<Promise<unknown>, Running>;
  stops: number;
}

export function createExclusion(): Exclusion {
  const places = new Map<string, Place>();

  function place(recordingId: string): Place {
    const held = places.get(recordingId) ?? { queries: new Map<Promise<unknown>, Running>(), stops: 0 };
    places.set(recordingId, held);
    return held;
  }

  function leave(recordingId: string): void {
    const held = places.get(recordingId);
    if (held !== undefined && held.queries.size === 0 && held.stops === 0) places.delete(recordingId);
  }

  return {
    async query(recordingId, run) {
      const held = place(recordingId);
      if (held.stops > 0) return null;
      const running: Running = { controller: new AbortController(), sent: false };
      const done = run({ signal: running.controller.signal, sent: () => (running.sent = true) });
      held.queries.set(done, running);
      try {
        return await done;
      } finally {
        held.queries.delete(done);
        leave(recordingId);
      }
    },
    async stop(recordingId, run) {
      const held = place(recordingId);
      held.stops += 1;
      try {
        const end = (which: (running: Running) => boolean) => {
          for (const running of held.queries.values()) if (which(running)) running.controller.abort();
        };
        end(({ sent }) => !sent);
        const timer = setTimeout(() => end(() => true), STOP_WAITS_FOR_QUERY_MS);
        await Promise.allSettled(held.queries.keys());
        clearTimeout(timer);
        return await run();
      } finally {
        held.stops -= 1;
        leave(recordingId);
      }
    },
  };
}
