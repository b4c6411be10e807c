import { LRUCache } from 'lru-cache';
import { type RecordingState } from '../recordings/state.js';
import { type Recording, recordingOf } from '../recordings/view/recording.js';
import { type CommittedState } from './log/rows.js';
import { STATES } from './log/stored-state.js';

/** Estimated memory of the recordings that are kept. Bytes. */
export const MAX_READ_MODEL_BYTES = 128 * 1024 * 1024;

/** Memory of a recording, as its state and as front ends see it, for each character of its stored state; and of the rest. */
const BYTES_PER_CHARACTER = 8;
const ENTRY_BYTES = 1_000;

/**
 * Where several gateways write, a recording is kept no longer than this without being read again, and none is used once the
 * log was not read to its end for as long. Real milliseconds.
 */
export const MAX_SHARED_AGE_MS = 5_000;

/** Recordings of which the latest known position in the log is remembered though they are not kept. */
const MAX_POSITIONS = 10_000;

/** A recording as it was read from the database. */
export interface LoadedState extends Omit<CommittedState, 'state'> {
  state: RecordingState;
  /** Of its stored text. */
  characters: number;
}

export interface LoadedStates {
  states: (LoadedState | null)[];
  /** Whatever the log held up to here is in them. */
  position: number;
}

/** A recording as it was at a position in the log. What front ends see of it is worked out when it is first read. */
class Entry {
  readonly sid: string | null;
  readonly position: number;
  readonly readAt: number;
  readonly bytes: number;
  #row: CommittedState | LoadedState | null;
  #recording: Recording | null = null;

  constructor(row: CommittedState | LoadedState, position: number, readAt: number) {
    this.sid = row.sid;
    this.position = position;
    this.readAt = readAt;
    this.#row = row;
    this.bytes =
      ENTRY_BYTES + BYTES_PER_CHARACTER * ('characters' in row ? row.characters : row.state.length);
  }

  get recording(): Recording {
    if (this.#row !== null) {
      const { id, state, watch_at: watchAt } = this.#row;
      const read = typeof state === 'string' ? STATES.read(state, id) : state;
      this.#recording = recordingOf(read, watchAt === null ? null : Number(watchAt));
      this.#row = null;
    }
    if (this.#recording === null) throw new Error('A kept recording has no state.');
    return this.#recording;
  }
}

export interface ReadModelStatistics {
  /** How many are kept. */
  recordings: number;
  bytes: number;
  hits: number;
  misses: number;
  evictions: number;
}

export interface ReadModelOptions {
  /** Reads states from the database. */
  read: (ids: readonly string[]) => Promise<LoadedStates>;
  /** Whether other gateways write, too. */
  isShared: boolean;
  /** Whether the database can be used. Without it nothing is answered: what happened meanwhile is not known. */
  isAvailable: () => boolean;
  monotonic: () => number;
  /** Default: MAX_READ_MODEL_BYTES. */
  maxBytes?: number;
}

/**
 * The recordings that are read, each once and as its latest commit left it, in the thread that reads them. A recording is
 * never older than what this gateway has acknowledged, or than a position of its log that was seen; so no reader sees a
 * version go back.
 */
export class ReadModel {
  readonly #options: ReadModelOptions;
  readonly #kept: LRUCache<string, Entry>;
  readonly #idBySid = new Map<string, string>();
  /** By id, the latest position of its log that was seen. */
  readonly #seen = new LRUCache<string, number>({ max: MAX_POSITIONS });
  /** Reads that are under way, by id. */
  readonly #loading = new Map<string, Promise<Recording | null>>();
  /** Grows when something is dropped, so that what was read before that is read again. */
  #generation = 0;
  #tailedAt = -Infinity;
  #hits = 0;
  #misses = 0;
  #evictions = 0;

  constructor(options: ReadModelOptions) {
    this.#options = options;
    this.#kept = new LRUCache<string, Entry>({
      maxSize: options.maxBytes ?? MAX_READ_MODEL_BYTES,
      sizeCalculation: ({ bytes }) => bytes,
      dispose: ({ sid }, id, reason) => {
        if (sid !== null && this.#idBySid.get(sid) === id) this.#idBySid.delete(sid);
        if (reason === 'evict') this.#evictions += 1;
      },
      noDisposeOnSet: true,
    });
  }

  statistics(): ReadModelStatistics {
    return {
      recordings: this.#kept.size,
      bytes: this.#kept.calculatedSize,
      hits: this.#hits,
      misses: this.#misses,
      evictions: this.#evictions,
    };
  }

  /** A commit of this gateway has left these states. */
  commit(states: readonly CommittedState[], position: number): void {
    for (const state of states) this.#keep(state, position);
  }

  /** The log of a recording reaches this position at least: what was read of it before is too old. */
  see(id: string, position: number): void {
    if (position <= (this.#seen.get(id) ?? 0)) return;
    this.#seen.set(id, position);
    const kept = this.#kept.peek(id);
    if (kept !== undefined && kept.position < position) this.#kept.delete(id);
  }

  /** The log was read to its end, and what it holds was seen. `at`: when that began, by the monotonic clock. */
  tailed(at: number): void {
    this.#tailedAt = at;
  }

  /** The recording is not what is kept of it any more, or not there. */
  drop(id: string): void {
    this.#generation += 1;
    this.#kept.delete(id);
  }

  /** Drops everything: what was committed is not known. */
  clear(): void {
    this.#generation += 1;
    this.#kept.clear();
  }

  /** The id of a recording that is kept; null if none of the sid is. */
  idBySid(sid: string): string | null {
    const id = this.#idBySid.get(sid);
    return id !== undefined && this.#find(id) !== null ? id : null;
  }

  /** Recordings by id, in the order asked; an alias gives the recording it has become. */
  async recordings(ids: readonly string[]): Promise<(Recording | null)[]> {
    const kept = ids.map((id) => this.#find(id));
    const missing = new Set(ids.filter((_id, index) => kept[index] === null));
    this.#hits += ids.length - missing.size;
    this.#misses += missing.size;
    if (missing.size === 0) return kept.map((entry) => entry?.recording ?? null);
    this.#load([...missing].filter((id) => !this.#loading.has(id)));
    return await Promise.all(
      ids.map(async (id, index) => kept[index]?.recording ?? (await this.#loading.get(id)) ?? null),
    );
  }

  #find(id: string): Entry | null {
    const entry = this.#kept.get(id);
    if (entry === undefined || !this.#options.isAvailable()) return null;
    if (!this.#options.isShared) return entry;
    const oldest = this.#options.monotonic() - MAX_SHARED_AGE_MS;
    return entry.readAt >= oldest && this.#tailedAt >= oldest ? entry : null;
  }

  #keep(
    state: CommittedState | LoadedState,
    position: number,
    readAt = this.#options.monotonic(),
  ): Entry | null {
    const { id, sid } = state;
    if (position < (this.#seen.get(id) ?? 0)) return null;
    const kept = this.#kept.peek(id);
    // Of two that were read at the same position the later one may have counted more repetitions.
    if (kept !== undefined && kept.position > position) return null;
    if (kept !== undefined && kept.sid !== null && kept.sid !== sid) this.#idBySid.delete(kept.sid);
    const entry = new Entry(state, position, readAt);
    this.#kept.set(id, entry);
    if (sid !== null && this.#kept.has(id)) this.#idBySid.set(sid, id);
    return entry;
  }

  /** Reads recordings, all at once. */
  #load(ids: readonly string[]): void {
    if (ids.length === 0) return;
    const reading = this.#read(ids);
    ids.forEach((id, index) => {
      const loading = reading
        .then(({ generation, readAt, position, states }) => {
          const state = states[index] ?? null;
          const latest = this.#seen.get(state?.id ?? id) ?? 0;
          // A commit may have come since it was read, also one that made a recording that was not there.
          if (generation !== this.#generation || position < latest) return 'again';
          if (state === null) return null;
          const entry = this.#keep(state, position, readAt) ?? this.#kept.peek(state.id);
          return (entry ?? new Entry(state, position, readAt)).recording;
        })
        .then(async (read) => {
          this.#loading.delete(id);
          if (read !== 'again') return read;
          return (await this.recordings([id]))[0] ?? null;
        })
        .finally(() => {
          if (this.#loading.get(id) === loading) this.#loading.delete(id);
        });
      this.#loading.set(id, loading);
    });
  }

  async #read(ids: readonly string[]) {
    const generation = this.#generation;
    const readAt = this.#options.monotonic();
    return { generation, readAt, ...(await this.#options.read(ids)) };
  }
}
