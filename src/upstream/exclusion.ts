/**
 * Stop and query exclude each other on one recording: a query beside a stop turns the stop's reply into a 206 without
 * files (quickstart.md, "common errors"). A stop waits for the query in flight; no query begins while a stop waits or
 * runs.
 */

/** So long a stop waits for the query in flight before it ends it. Real milliseconds. */
export const STOP_WAITS_FOR_QUERY_MS = 3_000;

export interface Exclusion {
  /** Runs a query, or answers null when a stop is under way. The signal ends a query that keeps a stop waiting. */
  query<T>(recordingId: string, run: (signal: AbortSignal) => Promise<T>): Promise<T | null>;
  stop<T>(recordingId: string, run: () => Promise<T>): Promise<T>;
}

interface Place {
  queries: Map<Promise<unknown>, AbortController>;
  stops: number;
}

export function createExclusion(): Exclusion {
  const places = new Map<string, Place>();

  function place(recordingId: string): Place {
    const held = places.get(recordingId) ?? {
      queries: new Map<Promise<unknown>, AbortController>(),
      stops: 0,
    };
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
      const controller = new AbortController();
      const done = run(controller.signal);
      held.queries.set(done, controller);
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
        const timer = setTimeout(() => {
          for (const controller of held.queries.values()) controller.abort();
        }, STOP_WAITS_FOR_QUERY_MS);
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
