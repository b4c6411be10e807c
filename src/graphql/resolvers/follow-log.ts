import { filterFacts, matches, type RecordingFilter } from '../../store/reads/filter.js';
import { badInput, recordingNotFound } from '../errors.js';
import { type RecordingEventFilterInput } from '../inputs/recording-event-filter.input.js';
import { presentEvent, type PresentedEvent } from '../present/present-event.js';
import { presentRecording } from '../present/present.js';
import { type Services } from '../services.js';
import { type RecordingsChangeType } from '../types/change.type.js';
import { outlast } from './outlast.js';
import { MAX_LIST_LENGTH, storeFilter } from './store-filter.js';

/** Recordings remembered as having left a filter, so that each departure is reported once. */
const MAX_LEFT = 10_000;

/** Events that are read at once, and changes: each brings the whole state of its recording. */
const EVENT_PAGE = 50;
const CHANGE_PAGE = 20;

/**
 * Reads the log page by page from a position on, and waits for the feed at its end. The reader sets the pace: what it
 * has not asked for stays in the log, and nowhere else.
 */
async function* followLog<Row, Item>(
  { feed, pageTurn }: Services,
  from: number,
  ended: AbortSignal,
  read: (position: number) => Promise<{ rows: Row[]; readTo: number }>,
  present: (row: Row) => Item,
): AsyncGenerator<Item> {
  const added = feed.log();
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

/** Every event once, in commit order, from a cursor or from now on. */
export async function* followEvents(
  services: Services,
  filter: RecordingEventFilterInput | null | undefined,
  after: string | null | undefined,
  ended: AbortSignal,
): AsyncGenerator<{ cursor: string; node: PresentedEvent }> {
  const { store } = services;
  const types = filter?.types ?? null;
  if ((types?.length ?? 0) > MAX_LIST_LENGTH)
    throw badInput(`filter.types takes at most ${MAX_LIST_LENGTH} kinds.`);
  const recordings = storeFilter(filter?.recordings);
  const from = after == null ? await store.head() : await store.resumeEvents(after);
  const asked = filter?.recordingId ?? null;
  if (asked !== null && (await store.states([asked]))[0] == null) throw recordingNotFound();
  const read = async (position: number) => {
    // Of two recordings that are found to be one, the log continues under the older id.
    const recordingId = asked === null ? null : await store.currentId(asked);
    const filters = { recordingId, recordings, types };
    const { events, readTo } = await store.eventsAfter(position, filters, EVENT_PAGE);
    return { rows: events, readTo };
  };
  yield* followLog(services, from, ended, read, (event) => ({
    cursor: store.eventCursor(event.position),
    node: presentEvent(event),
  }));
}

async function presentChanges(
  { store }: Services,
  position: number,
  filter: RecordingFilter,
  left: Set<string>,
): Promise<{ rows: RecordingsChangeType[]; readTo: number }> {
  const { changes, readTo } = await store.changesAfter(position, CHANGE_PAGE);
  const recordings = await store.recordings(changes.map(({ recordingId }) => recordingId));
  const rows = changes.flatMap((change, index) => {
    const recording = recordings[index];
    if (recording == null) return [];
    const now = matches(filter, filterFacts(recording));
    const before = change.before !== null && matches(filter, change.before);
    if (!now && (!before || left.has(recording.id))) return [];
    if (now) left.delete(recording.id);
    else if (left.size < MAX_LEFT) left.add(recording.id);
    return [
      { recording: presentRecording(recording), matches: now, cursor: store.changeCursor(change.position) },
    ];
  });
  return { rows, readTo };
}

/** Changes of every recording that the filter lets through, and once of those that have just left it. */
export async function* followChanges(
  services: Services,
  filter: RecordingFilter,
  after: string | null | undefined,
  ended: AbortSignal,
): AsyncGenerator<RecordingsChangeType> {
  const { store } = services;
  const from = after == null ? await store.head() : await store.resumeChanges(after);
  const left = new Set<string>();
  yield* followLog(
    services,
    from,
    ended,
    (position) => presentChanges(services, position, filter, left),
    (change) => change,
  );
}
