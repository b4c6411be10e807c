import { type GatewayClient } from './client.js';
import { isCursorExpired } from './errors.js';
import { type RecordingFilter, RecordingsDocument, type RecordingsQuery } from './generated/graphql.js';
import { pauseFor, resuming, type ResumeOptions } from './resume.js';
import { Rows } from './rows.js';
import { recordingChanges, type RecordingStatus } from './watch.js';

/** Recordings that a list holds at most; those at its end are let go first, and can be loaded again. */
const DEFAULT_MAX_ROWS = 1_000;

/** The largest page of the gateway. */
const MAX_PAGE_SIZE = 100;

/** Changes that come close together are published as one. Milliseconds. */
const PUBLISH_DELAY_MS = 16;

export type LiveListStatus =
  /** The first page is on its way. */
  | 'loading'
  /** What is shown is what the gateway has. */
  | 'live'
  /** The connection is lost. What is shown may be old; it continues by itself. */
  | 'interrupted'
  /** `error` says why it will not continue. */
  | 'failed'
  | 'closed';

/** What a list shows at one moment. It never changes; a later moment has another one. */
export interface LiveListSnapshot {
  status: LiveListStatus;
  /** The latest started first. */
  recordings: readonly RecordingStatus[];
  /** Whether `loadMore` has more to load. */
  hasMore: boolean;
  isLoadingMore: boolean;
  /** Why it is interrupted, has failed, or could not load more. */
  error: Error | null;
}

/** A list that stays right by itself: an observable store, as React's useSyncExternalStore takes it. */
export interface LiveList {
  getSnapshot(): LiveListSnapshot;
  /** Calls the listener after each change of the snapshot. Returns what ends that. */
  subscribe(listener: () => void): () => void;
  /** Loads the next page. Does nothing while one is being loaded, or when there is none. */
  loadMore(): Promise<void>;
  /** Ends it. */
  close(): void;
  /** A snapshot now, and after each change; several changes in between are one. */
  [Symbol.asyncIterator](): AsyncGenerator<LiveListSnapshot, void>;
}

export interface LiveListOptions extends Pick<ResumeOptions, 'pause' | 'random' | 'signal'> {
  filter?: RecordingFilter | null;
  /** Recordings of a page, 1 to 100. Default 20. */
  pageSize?: number;
  /** Recordings that are held, at least one page. Default 1,000. */
  maxRows?: number;
}

type Page = RecordingsQuery['recordings'];

export function liveList(client: GatewayClient, options: LiveListOptions = {}): LiveList {
  const {
    filter = null,
    pageSize = 20,
    maxRows = DEFAULT_MAX_ROWS,
    signal,
    pause = pauseFor,
    random,
  } = options;
  const closing = new AbortController();
  const ended = signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal]);
  const listeners = new Set<() => void>();
  const rows = new Rows(Math.max(maxRows, pageSize));
  let snapshot: LiveListSnapshot = {
    status: 'loading',
    recordings: [],
    hasMore: false,
    isLoadingMore: false,
    error: null,
  };
  let publishing: ReturnType<typeof setTimeout> | undefined;

  function publish(changed: Partial<LiveListSnapshot>): void {
    clearTimeout(publishing);
    publishing = undefined;
    snapshot = { ...snapshot, ...changed, recordings: rows.recordings(), hasMore: rows.hasMore };
    for (const listener of listeners) listener();
  }

  function publishSoon(): void {
    publishing ??= setTimeout(() => publish({}), PUBLISH_DELAY_MS);
  }

  const resume: ResumeOptions = {
    signal: ended,
    pause,
    ...(random === undefined ? {} : { random }),
    onInterruption: (error) => publish({ status: error === null ? 'live' : 'interrupted', error }),
  };

  /** One page; tried again until the gateway answers. */
  async function page(first: number, after: string | null): Promise<Page | null> {
    const attempt = async function* (signal: AbortSignal, works: () => void) {
      const { recordings } = await client.request(RecordingsDocument, { first, after, filter }, { signal });
      works();
      yield recordings;
    };
    for await (const found of resuming(attempt, resume)) return found;
    return null;
  }

  /** Reads as much as was shown, and returns the cursor to continue from. */
  async function reload(): Promise<string | null> {
    const shown = rows.size;
    const first = await page(Math.min(Math.max(pageSize, shown), MAX_PAGE_SIZE), null);
    if (first === null) return null;
    rows.replace(first);
    // A page of a rare filter may hold fewer than were asked for; `loadMore` reads what follows.
    while (rows.size < shown && rows.hasMore) {
      const next = await page(Math.min(shown - rows.size, MAX_PAGE_SIZE), rows.endCursor);
      if (next === null) return null;
      rows.append(next);
    }
    publish({ status: 'live', error: null });
    // Of the first page: what changed while the others were read comes again.
    return first.changeCursor;
  }

  async function run(): Promise<void> {
    try {
      for (;;) {
        const after = await reload();
        if (after === null) break;
        try {
          for await (const change of recordingChanges(client, { filter, after, ...resume })) {
            if (rows.apply(change)) publishSoon();
          }
          break;
        } catch (error) {
          if (!isCursorExpired(error)) throw error;
          publish({ status: 'interrupted', error: error as Error });
        }
      }
      publish({ status: 'closed', error: null });
    } catch (error) {
      publish({ status: 'failed', error: error as Error });
    }
  }

  void run();

  return {
    getSnapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async loadMore() {
      if (snapshot.isLoadingMore || !rows.hasMore || ended.aborted) return;
      publish({ isLoadingMore: true });
      const generation = rows.beginLoading();
      try {
        const { recordings } = await client.request(
          RecordingsDocument,
          { first: pageSize, after: rows.endCursor, filter },
          { signal: ended },
        );
        rows.endLoading(generation, recordings);
        publish({ isLoadingMore: false });
      } catch (error) {
        rows.endLoading(generation, null);
        publish({ isLoadingMore: false, error: ended.aborted ? null : (error as Error) });
      }
    },
    close() {
      closing.abort();
    },
    async *[Symbol.asyncIterator]() {
      let wake = (): void => undefined;
      const leave = this.subscribe(() => wake());
      try {
        for (;;) {
          const given = snapshot;
          yield given;
          if (given.status === 'closed' || given.status === 'failed') return;
          if (snapshot === given) await new Promise<void>((resolve) => (wake = resolve));
        }
      } finally {
        leave();
      }
    },
  };
}
