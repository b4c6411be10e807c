import { type Recording } from '../../recordings/view/recording.js';
import { type StoredObservation } from '../../store/log/rows.js';
import { type Change } from '../../store/reads/log-reads.js';
import { filterFacts, matches, type RecordingFilter } from '../../store/reads/filter.js';
import { badInput, recordingNotFound } from '../errors.js';
import { type RecordingEventFilterInput } from '../inputs/recording-event-filter.input.js';
import { presentEvent, type PresentedEvent } from '../present/present-event.js';
import { presentRecording } from '../present/present.js';
import { type Services } from '../services.js';
import { type RecordingsChangeKind, type RecordingsChangeType } from '../types/change.type.js';
import { outlast } from './outlast.js';
import { MAX_LIST_LENGTH, storeFilter } from './store-filter.js';

/** Recordings of which a subscription remembers what it sent last. */
const MAX_SENT = 10_000;

/** Events that are read at once, and changes: each brings the whole state of its recording. */
const EVENT_PAGE = 50;
const CHANGE_PAGE = 20;

/**
 * Reads the log page by page from a position on, and waits for the feed at its end. The reader sets the pace: what it
 * has not asked for stays in the log, and nowhere else.
 */
async function* followLog<Row, Item>(
  { pageTurn }: Services,
  added: AsyncIterableIterator<number>,
  from: number,
  ended: AbortSignal,
  read: (position: number) => Promise<{ rows: Row[]; readTo: number }>,
  present: (row: Row) => Item,
): AsyncGenerator<Item> {
  ended.addEventListener('abort', () => void added.return?.());
  let position = from;
  try {
    while (!ended.aborted) {
      await pageTurn(ended);
      if (ended.aborted) return;
      const { rows, readTo } = await outlast(ended, () => read(position));
      for (const row of rows) yield present(row);
      if (readTo > position) {
        position = readTo;
        continue;
      }
      if ((await added.next()).done === true) return;
    }
  } finally {
    await added.return?.();
  }
}

type EventEdge = { cursor: string; node: PresentedEvent };

const edges = new WeakMap<StoredObservation, EventEdge>();

/** The event as subscriptions send it: one object for all that read it together, so that they share its result. */
function edgeOf({ eventCursor }: Services['store'], event: StoredObservation): EventEdge {
  const known = edges.get(event);
  if (known !== undefined) return known;
  const edge = { cursor: eventCursor(event.position), node: presentEvent(event) };
  edges.set(event, edge);
  return edge;
}

/** Every event once, in commit order, from a cursor or from now on. Rejects if the cursor is not valid, or has expired. */
export async function followEvents(
  services: Services,
  filter: RecordingEventFilterInput | null | undefined,
  after: string | null | undefined,
  ended: AbortSignal,
): Promise<AsyncGenerator<EventEdge>> {
  const { store } = services;
  const types = filter?.types ?? null;
  if ((types?.length ?? 0) > MAX_LIST_LENGTH)
    throw badInput(`filter.types takes at most ${MAX_LIST_LENGTH} kinds.`);
  const recordings = storeFilter(filter?.recordings);
  const from = after == null ? await store.head() : await store.resumeEvents(after);
  const asked = filter?.recordingId ?? null;
  if (asked !== null && (await store.recordings([asked]))[0] == null) throw recordingNotFound();
  const read = async (position: number) => {
    // Of two recordings that are found to be one, the log continues under the older id.
    const recordingId = asked === null ? null : await store.currentId(asked);
    const filters = { recordingId, recordings, types };
    const { events, readTo } = await store.eventsAfter(position, filters, EVENT_PAGE);
    return { rows: events, readTo };
  };
  // Who follows one recording waits for that one.
  const added = asked === null ? services.feed.log() : services.feed.recording(asked);
  return followLog(services, added, from, ended, read, (event) => edgeOf(store, event));
}

/**
 * What was last sent to a subscriber of each recording: whether it is in the filter. The latest state is sent, which may be ahead of the
 * log, so that the log alone does not say what is new to the subscriber.
 */
class Sent {
  readonly #isIn = new Map<string, boolean>();

  has(recordingId: string): boolean | undefined {
    return this.#isIn.get(recordingId);
  }

  set(recordingId: string, isIn: boolean): void {
    this.#isIn.delete(recordingId);
    this.#isIn.set(recordingId, isIn);
    if (this.#isIn.size <= MAX_SENT) return;
    for (const oldest of this.#isIn.keys()) {
      this.#isIn.delete(oldest);
      return;
    }
  }
}

/** What the change is for a subscriber with this filter; null if it is nothing to it. */
function kindOf(
  change: Change,
  recording: Recording | null,
  filter: RecordingFilter,
  sent: Sent,
): RecordingsChangeKind | null {
  const { recordingId, before, removed } = change;
  const wasIn = sent.has(recordingId) ?? (before !== null && matches(filter, before));
  if (removed !== null) return wasIn || matches(filter, removed) ? 'REMOVED' : null;
  // It was removed later in the log, where that is said.
  if (recording === null) return null;
  if (matches(filter, filterFacts(recording))) return wasIn ? 'CHANGED' : 'STARTED';
  return wasIn ? 'LEFT_FILTER' : null;
}

async function presentChanges(
  { store }: Services,
  position: number,
  filter: RecordingFilter,
  sent: Sent,
): Promise<{ rows: RecordingsChangeType[]; readTo: number }> {
  const { changes, readTo } = await store.changesAfter(position, CHANGE_PAGE);
  const recordings = await store.recordings(changes.map(({ recordingId }) => recordingId));
  const rows = changes.flatMap((change, index) => {
    const { recordingId } = change;
    const recording = change.removed === null ? (recordings[index] ?? null) : null;
    const kind = kindOf(change, recording, filter, sent);
    if (kind === null) return [];
    sent.set(recordingId, kind === 'STARTED' || kind === 'CHANGED');
    const cursor = store.changeCursor(change.position);
    return [
      { kind, recordingId, recording: recording === null ? null : presentRecording(recording), cursor },
    ];
  });
  return { rows, readTo };
}

/**
 * Changes of every recording that the filter lets through, and once of those that have left it or were removed. Rejects if the
 * cursor is not valid, or has expired.
 */
export async function followChanges(
  services: Services,
  filter: RecordingFilter,
  after: string | null | undefined,
  ended: AbortSignal,
): Promise<AsyncGenerator<RecordingsChangeType>> {
  const { store } = services;
  const from = after == null ? await store.head() : await store.resumeChanges(after);
  const sent = new Sent();
  return followLog(
    services,
    services.feed.log(),
    from,
    ended,
    (position) => presentChanges(services, position, filter, sent),
    (change) => change,
  );
}
