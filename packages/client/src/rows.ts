import { type RecordingsQuery } from './generated/graphql.js';
import { type RecordingsChange, type RecordingStatus } from './watch.js';

/** Recordings that may change while one page is being loaded. */
const MAX_MEANWHILE = 10_000;

type Page = RecordingsQuery['recordings'];

interface Row {
  recording: RecordingStatus;
  /** Where paging continues after it; null for a recording that came as a change. */
  cursor: string | null;
}

/** Whether the first stands before the second: the latest started first, and of those at the same time the greater id. */
function isBefore(left: RecordingStatus, right: RecordingStatus): boolean {
  const [leftAt, rightAt] = [Date.parse(left.startedAt), Date.parse(right.startedAt)];
  return leftAt === rightAt ? left.id > right.id : leftAt > rightAt;
}

/** The rows of a list, kept in order while pages and changes arrive in any order. */
export class Rows {
  readonly #maxRows: number;
  #rows: Row[] = [];
  #hasMore = false;
  /** Where paging continues after a page that ends behind its last row; null where it ends with that row. */
  #pageEnd: string | null = null;
  /** Grows when everything is read again, so that a page that was asked for before that is dropped. */
  #generation = 0;
  /** What changed while a page is being loaded: the page may have been read before that. Null while none is. */
  #meanwhile: Map<string, RecordingsChange> | null = null;

  constructor(maxRows: number) {
    this.#maxRows = maxRows;
  }

  get size(): number {
    return this.#rows.length;
  }

  get hasMore(): boolean {
    return this.#hasMore;
  }

  /** Where the last page ended, or the cursor of the last row of it that is kept. */
  get endCursor(): string | null {
    return this.#pageEnd ?? this.#rows.findLast(({ cursor }) => cursor !== null)?.cursor ?? null;
  }

  recordings(): RecordingStatus[] {
    return this.#rows.map(({ recording }) => recording);
  }

  /** As a page has them, with the type's name for caches. */
  edges(): (Page['edges'][number] & { __typename: 'RecordingEdge' })[] {
    return this.#rows.map(({ recording: node, cursor }) => ({
      __typename: 'RecordingEdge',
      cursor: cursor ?? '',
      node,
    }));
  }

  /** Begins again with a first page. */
  replace(page: Page): void {
    this.#generation += 1;
    this.#meanwhile = null;
    this.#rows = page.edges.map(({ node, cursor }) => ({ recording: node, cursor: cursor || null }));
    this.#endWith(page);
  }

  /** Adds a page that follows the last one. */
  append(page: Page): void {
    for (const { node, cursor } of page.edges) this.#put(node, cursor);
    this.#endWith(page);
  }

  #endWith({ edges, pageInfo }: Page): void {
    this.#hasMore = pageInfo.hasNextPage;
    this.#pageEnd = pageInfo.endCursor === edges.at(-1)?.cursor ? null : pageInfo.endCursor;
    this.#trim();
  }

  beginLoading(): number {
    this.#meanwhile = new Map();
    return this.#generation;
  }

  /** Adds the page that was loaded since `beginLoading`, as it is after the changes since then; null if it could not be loaded. */
  endLoading(generation: number, page: Page | null): void {
    if (generation !== this.#generation) return;
    const meanwhile = this.#meanwhile ?? new Map<string, RecordingsChange>();
    this.#meanwhile = null;
    if (page === null) return;
    this.append(page);
    for (const change of meanwhile.values()) this.apply(change);
  }

  /** Applies a change, perhaps one that came before. Returns whether the list is different now. */
  apply(change: RecordingsChange): boolean {
    this.#note(change);
    const { kind, recordingId, recording } = change;
    const held = this.#rows.find((row) => row.recording.id === recordingId);
    if (recording === null || kind === 'REMOVED') return this.#take(recordingId);
    // A page may be ahead of the change.
    if (held !== undefined && held.recording.version > recording.version) return false;
    if (kind === 'LEFT_FILTER') return this.#take(recordingId);
    // A cache that keeps each recording once has it already.
    if (held?.recording.version === recording.version) return false;
    if (held === undefined && !this.#belongs(recording)) return false;
    this.#put(recording, held?.cursor ?? null);
    this.#trim();
    return true;
  }

  /** Keeps the change for the page that is being loaded; with too many of them that page is dropped. */
  #note(change: RecordingsChange): void {
    if (this.#meanwhile === null) return;
    this.#meanwhile.set(change.recordingId, change);
    if (this.#meanwhile.size <= MAX_MEANWHILE) return;
    this.#meanwhile = null;
    this.#generation += 1;
  }

  /** Whether a recording stands among those that are loaded. Behind them it comes with a later page. */
  #belongs(recording: RecordingStatus): boolean {
    const last = this.#rows.at(-1);
    // A page that ends behind its last row may have passed its place.
    if (this.#pageEnd !== null) return true;
    return !this.#hasMore || last === undefined || isBefore(recording, last.recording);
  }

  #take(id: string): boolean {
    const at = this.#rows.findIndex(({ recording }) => recording.id === id);
    if (at < 0) return false;
    const [taken] = this.#rows.splice(at, 1);
    const previous = this.#rows[at - 1];
    // Paging continues after its place all the same.
    if (taken?.cursor != null && at === this.#rows.length && previous !== undefined) {
      previous.cursor = taken.cursor;
    }
    return true;
  }

  #put(recording: RecordingStatus, cursor: string | null): void {
    const held = this.#rows.find((row) => row.recording.id === recording.id);
    if (held !== undefined && held.recording.version > recording.version) {
      held.cursor ??= cursor;
      return;
    }
    const kept = this.#rows.filter((row) => row !== held);
    const at = kept.findIndex((row) => isBefore(recording, row.recording));
    kept.splice(at < 0 ? kept.length : at, 0, { recording, cursor: cursor ?? held?.cursor ?? null });
    this.#rows = kept;
  }

  /** Lets the end of the list go where it is too long, down to a row after which paging can continue. */
  #trim(): void {
    if (this.#rows.length <= this.#maxRows) return;
    const within = this.#rows.slice(0, this.#maxRows);
    const last = within.findLastIndex(({ cursor }) => cursor !== null);
    // Without such a row all came as changes, and the next page is the first one, which gives them their cursors.
    this.#rows = last < 0 ? within : within.slice(0, last + 1);
    this.#hasMore = true;
    this.#pageEnd = null;
  }
}
