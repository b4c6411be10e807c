import { StoreUnavailableError } from '../store/errors.js';
import { type LogEntry } from '../store/reads/log-reads.js';
import { type Store } from '../store/store.js';
import { type Log } from '../telemetry/log.js';

/** Entries read from the log at once. */
const TAIL_PAGE = 500;

/** Fallback interval for reading the log, in case the hint of a commit is lost. Real milliseconds. */
const POLL_MS = 1_000;

/**
 * The one door out: tails the log by position and wakes those who wait for a recording. It carries no states: who is
 * woken reads the latest, so a slow reader gets the latest and not a backlog.
 */
export interface Feed {
  /**
   * Joins before the state is read, so that nothing falls between. The iterator gives the versions that were reached
   * since the last time it was asked, as one: the greatest.
   */
  recording(recordingId: string): AsyncIterableIterator<number>;
  /** Wakes with the latest position whenever anything was added to the log, for those who read on from their own. */
  log(): AsyncIterableIterator<number>;
  close(): Promise<void>;
}

class Subscriber implements AsyncIterableIterator<number> {
  #latest: number | null = null;
  #wake: ((result: IteratorResult<number>) => void) | null = null;
  #ended = false;
  readonly #leave: () => void;

  constructor(leave: () => void) {
    this.#leave = leave;
  }

  push(version: number): void {
    this.#latest = Math.max(this.#latest ?? 0, version);
    this.#deliver();
  }

  end(): void {
    this.#ended = true;
    this.#deliver();
  }

  #deliver(): void {
    const wake = this.#wake;
    if (wake === null) return;
    const version = this.#latest;
    if (version === null && !this.#ended) return;
    this.#wake = null;
    this.#latest = null;
    wake(version === null ? { done: true, value: undefined } : { done: false, value: version });
  }

  next(): Promise<IteratorResult<number>> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      this.#deliver();
    });
  }

  return(): Promise<IteratorResult<number>> {
    this.#leave();
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

export async function createFeed(store: Store, log: Log): Promise<Feed> {
  const byRecording = new Map<string, Set<Subscriber>>();
  const ofLog = new Set<Subscriber>();
  let position = await store.head();
  let reading: Promise<void> | null = null;
  let again = false;
  let closed = false;

  function publish(entry: LogEntry): void {
    for (const subscriber of ofLog) subscriber.push(entry.position);
    for (const id of entry.recordingIds) {
      for (const subscriber of byRecording.get(id) ?? []) subscriber.push(entry.version);
    }
  }

  // Where other gateways write, the store's readers see their commits once the log is read.
  const isFollowed = () => ofLog.size > 0 || byRecording.size > 0 || store.isShared;

  async function readOn(): Promise<void> {
    if (!isFollowed()) {
      const head = await store.head();
      // Who came meanwhile may have read a state that is older than the head.
      if (isFollowed()) again = true;
      else position = head;
      return;
    }
    do {
      again = false;
      const entries = await store.tail(position, TAIL_PAGE);
      for (const entry of entries) {
        publish(entry);
        position = entry.position;
      }
      if (entries.length === TAIL_PAGE) again = true;
    } while (again);
  }

  function hint(): void {
    again = isFollowed();
    if (reading !== null || closed) return;
    reading = readOn().then(
      () => {
        reading = null;
        if (again) hint();
      },
      (error: unknown) => {
        // The next hint or poll tries again. The store logs its own outages.
        reading = null;
        if (error instanceof StoreUnavailableError) return;
        log.error({ error }, 'the feed could not read the log; it tries again');
      },
    );
  }

  // Without followers, the poll alone is enough to know where the log ends.
  const unsubscribe = store.onCommit(() => isFollowed() && hint());
  const timer = setInterval(hint, POLL_MS);

  return {
    recording(recordingId) {
      const subscribers = byRecording.get(recordingId) ?? new Set();
      byRecording.set(recordingId, subscribers);
      const subscriber = new Subscriber(() => {
        subscribers.delete(subscriber);
        if (subscribers.size === 0 && byRecording.get(recordingId) === subscribers)
          byRecording.delete(recordingId);
      });
      if (closed) subscriber.end();
      subscribers.add(subscriber);
      return subscriber;
    },
    log() {
      const subscriber = new Subscriber(() => ofLog.delete(subscriber));
      if (closed) subscriber.end();
      ofLog.add(subscriber);
      return subscriber;
    },
    async close() {
      closed = true;
      clearInterval(timer);
      unsubscribe();
      await reading;
      for (const subscribers of byRecording.values()) {
        for (const subscriber of subscribers) subscriber.end();
      }
      for (const subscriber of ofLog) subscriber.end();
      byRecording.clear();
      ofLog.clear();
    },
  };
}
