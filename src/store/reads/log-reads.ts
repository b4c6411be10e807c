import { type Kysely, sql } from 'kysely';
import { REMOVAL } from '../log/removal.js';
import { KEPT_FACTS } from '../log/kept-facts.js';
import { readableObservations, type StoredObservation } from '../log/rows.js';
import { type ReportUnreadable } from '../stored-json.js';
import { type Database } from '../drivers/database.js';
import { HORIZON } from '../migrations/meta.js';
import { type Schema } from '../migrations/schema.js';
import { CursorExpiredError, CursorInvalidError, type Cursors } from './cursor.js';
import { FILTER_COLUMNS, filterConditions, type KeptFacts, type RecordingFilter } from './filter.js';
import { isOneOf } from './is-one-of.js';
import { bytesOf, fitting, MAX_LOG_PAGE_BYTES, MAX_PAGE_BYTES } from './page-bytes.js';
import { boundedCount, type Count, MAX_COUNTED_ROWS, MAX_ROWS, type Page, pageEnds } from './page.js';
import { EVERY_RECORDING, rangeConditions, type RecordingRange } from './range.js';

export interface EventPageArguments {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
  types?: string[] | null;
}

/** An entry of the feed: a recording has a new observation in the log. */
export interface LogEntry {
  position: number;
  /** The recording's id, and those that have become aliases of it. */
  recordingIds: string[];
  version: number;
  changed: boolean;
}

/** That a recording changed, or was removed. */
export interface Change {
  recordingId: string;
  /** Of the first change that was read. */
  position: number;
  /** Of the latest one. */
  last: number;
  /** What filters look at, as it was before that; null for a recording that is new. */
  before: KeptFacts | null;
  /** The same, as it was before the recording was removed; null if it was not. */
  removed: KeptFacts | null;
}

/** Reads of the log. Each looks through at most MAX_ROWS entries, however few of them are asked for. */
export interface LogReads {
  /** At most MAX_PAGE_BYTES of stored text; the page is then shorter than asked for. */
  eventPage(recordingId: string, page: EventPageArguments, size: number): Promise<Page<StoredObservation>>;
  /** Exact up to MAX_COUNT, where no more than MAX_COUNTED_ROWS must be looked through. */
  eventCount(recordingId: string, types: string[] | null): Promise<Count>;
  event(id: string): Promise<StoredObservation | null>;
  /** Events after a position, in commit order and at most MAX_LOG_PAGE_BYTES, and how far the log was read for them. */
  eventsAfter(
    position: number,
    filter: { recordingId: string | null; recordings: RecordingFilter; types: string[] | null },
    limit: number,
  ): Promise<{ events: StoredObservation[]; readTo: number }>;
  /**
   * Recordings that changed after a position, each once, by their first change, and how far the log was read. Within a range;
   * removals are not bounded by it, as what was removed has no row any more.
   */
  changesAfter(
    position: number,
    limit: number,
    range?: RecordingRange,
  ): Promise<{ changes: Change[]; readTo: number }>;
  /** The log after a position, in commit order. */
  tail(after: number, limit: number): Promise<LogEntry[]>;
  head(): Promise<number>;
  /**
   * The position to continue from. Rejects with CursorInvalidError, or with CursorExpiredError if some of what followed has
   * been removed.
   */
  resumeEvents(cursor: string): Promise<number>;
  resumeChanges(cursor: string): Promise<number>;
}

/** The position up to which parts of the log are gone. */
export async function horizon(database: Kysely<Schema>): Promise<number> {
  const row = await database.selectFrom('meta').select('value').where('key', '=', HORIZON).executeTakeFirst();
  return Number(row?.value ?? 0);
}

/** Stored text of an event, without reading it. */
const EVENT_BYTES = sql<number>`octet_length(content) + coalesce(octet_length(raw), 0)`.as('bytes');

/** What of an entry the conditions are about. */
const ENTRY_COLUMNS = ['position', 'recording_id', 'type', 'changed', 'before'] as const;

/** `longReads` is for what a caller's own filter may make long. */
export function createLogReads(
  { kysely: database, longReads }: Required<Pick<Database, 'kysely' | 'longReads'>>,
  cursors: Cursors,
  report: ReportUnreadable,
): LogReads {
  /** Entries of the log, in its order. */
  async function eventsAt(keys: readonly { position: number }[]) {
    if (keys.length === 0) return [];
    const positions = keys.map(({ position }) => position);
    return await longReads
      .selectFrom('observations')
      .selectAll()
      .where('position', 'in', positions)
      .orderBy('position')
      .execute();
  }

  /** The stored text of entries, in their order. */
  async function sizesOf(keys: readonly { position: number }[]) {
    if (keys.length === 0) return [];
    const positions = keys.map(({ position }) => position);
    const rows = await longReads
      .selectFrom('observations')
      .select(['position', EVENT_BYTES])
      .where('position', 'in', positions)
      .execute();
    const bytes = new Map(rows.map((row) => [row.position, row.bytes]));
    return keys.map(({ position }) => ({ position, bytes: bytes.get(position) ?? 0 }));
  }

  async function headPosition(): Promise<number> {
    const { head } = await database
      .selectFrom('observations')
      .select((select) => select.fn.max('position').as('head'))
      .executeTakeFirstOrThrow();
    // The end of the log may be gone as well.
    return head === null ? await horizon(database) : Math.max(Number(head), await horizon(database));
  }

  async function positionOf(kind: 'event' | 'change', cursor: string): Promise<number> {
    const parts = cursors.decode(kind, cursor);
    if (parts === null) throw new CursorExpiredError(cursors.encode(kind, await horizon(database)));
    const [position] = parts;
    if (typeof position !== 'number') throw new CursorInvalidError();
    return position;
  }

  async function resume(kind: 'event' | 'change', cursor: string): Promise<number> {
    const position = await positionOf(kind, cursor);
    const oldest = await horizon(database);
    // Behind the head is what was lost with the store that gave the cursor out.
    if (position >= oldest && position <= (await headPosition())) return position;
    throw new CursorExpiredError(cursors.encode(kind, oldest));
  }

  /** The entries that are looked through for a page, in their order or backwards. */
  function entries(
    {
      recordingId,
      after,
      before,
    }: { recordingId: string | null; after?: number | undefined; before?: number | undefined },
    direction: 'asc' | 'desc' = 'asc',
  ) {
    return longReads
      .selectFrom('observations')
      .select(ENTRY_COLUMNS)
      .$if(recordingId !== null, (query) => query.where('recording_id', '=', recordingId ?? ''))
      .$if(after !== undefined, (query) => query.where('position', '>', after ?? 0))
      .$if(before !== undefined, (query) => query.where('position', '<', before ?? 0))
      .orderBy('position', direction);
  }

  /** Where the entries that are looked through end though more follow; null where they are all that there is. */
  async function endOf(looked: ReturnType<typeof entries>, rows = MAX_ROWS): Promise<number | null> {
    const [last, next] = await looked
      .clearSelect()
      .select('position')
      .offset(rows - 1)
      .limit(2)
      .execute();
    return next === undefined ? null : (last?.position ?? null);
  }

  return {
    async eventPage(recordingId, page, size) {
      const backwards = page.last != null;
      const after = page.after == null ? undefined : await positionOf('event', page.after);
      const before = page.before == null ? undefined : await positionOf('event', page.before);
      const looked = entries({ recordingId, after, before }, backwards ? 'desc' : 'asc');
      // What is asked for is looked through at the least.
      const rows = Math.max(MAX_ROWS, size + 1);
      const end = await endOf(looked, rows);
      const { types } = page;
      const keys = await longReads
        .selectFrom(looked.limit(rows).as('observations'))
        .select('position')
        .where('type', '!=', REMOVAL)
        .$if(types != null, (query) => query.where(isOneOf('type', types ?? [])))
        .orderBy('position', backwards ? 'desc' : 'asc')
        .limit(size + 1)
        .execute();
      const shown = fitting(await sizesOf(keys.slice(0, size)), MAX_PAGE_BYTES);
      const rowsShown = await eventsAt(shown);
      const cursorOf = (position: number) => cursors.encode('event', position);
      const read = {
        // Of entries that cannot be read, too.
        cursors: rowsShown.map(({ position }) => cursorOf(position)),
        isCut: keys.length > shown.length,
        end: end === null ? null : cursorOf(end),
      };
      return {
        items: readableObservations(rowsShown, report).map((item) => ({
          item,
          cursor: cursorOf(item.position),
        })),
        ...pageEnds(page, read),
        bytes: bytesOf(shown),
      };
    },
    async eventCount(recordingId, types) {
      const rows = await longReads
        .selectFrom(
          entries({ recordingId })
            .limit(MAX_COUNTED_ROWS + 1)
            .as('observations'),
        )
        .select((select) => ['type', select.fn.countAll().as('found')])
        .groupBy('type')
        .execute();
      const sum = (of: typeof rows) => of.reduce((total, { found }) => total + Number(found), 0);
      const counted = rows.filter(({ type }) => type !== REMOVAL && (types === null || types.includes(type)));
      return boundedCount(sum(counted), sum(rows) <= MAX_COUNTED_ROWS);
    },
    async event(id) {
      const row = await database
        .selectFrom('observations')
        .innerJoin('recordings', 'recordings.id', 'observations.recording_id')
        .selectAll('observations')
        .where('observations.id', '=', id)
        .executeTakeFirst();
      return (row === undefined ? undefined : readableObservations([row], report)[0]) ?? null;
    },
    async eventsAfter(position, { recordingId, recordings, types }, limit) {
      const head = await headPosition();
      const looked = entries({ recordingId, after: position, before: head + 1 });
      const end = (await endOf(looked)) ?? head;
      const keys = await longReads
        .selectFrom(looked.limit(MAX_ROWS).as('observations'))
        .innerJoin(
          (from) =>
            from
              .selectFrom('recordings')
              .select(['id', ...FILTER_COLUMNS])
              .as('recordings'),
          (on) => on.onRef('recordings.id', '=', 'observations.recording_id'),
        )
        .select('observations.position')
        .where((where) => where.and(filterConditions(recordings)))
        .$if(types !== null, (query) => query.where(isOneOf('observations.type', types ?? [])))
        .orderBy('observations.position')
        .limit(limit)
        .execute();
      const read = fitting(await sizesOf(keys), MAX_LOG_PAGE_BYTES);
      const isWhole = keys.length < limit && read.length === keys.length;
      return {
        events: readableObservations(await eventsAt(read), report),
        readTo: isWhole ? end : (read.at(-1)?.position ?? end),
      };
    },
    async changesAfter(position, limit, range = EVERY_RECORDING) {
      const head = await headPosition();
      const looked = entries({ recordingId: null, after: position, before: head + 1 });
      const end = (await endOf(looked)) ?? head;
      const conditions = rangeConditions(range);
      const rows = await longReads
        .selectFrom(looked.limit(MAX_ROWS).as('observations'))
        .select(['position', 'recording_id', 'before', 'type'])
        .where('changed', '=', 1)
        .$if(conditions.length > 0, (query) =>
          query.where((where) =>
            where.or([
              where('type', '=', REMOVAL),
              where.exists(
                where
                  .selectFrom('recordings')
                  .select('recordings.id')
                  .whereRef('recordings.id', '=', 'observations.recording_id')
                  .where((inner) => inner.and(conditions)),
              ),
            ]),
          ),
        )
        .orderBy('position')
        .limit(limit)
        .execute();
      const changes = new Map<string, Change>();
      for (const row of rows) {
        const { position, recording_id: recordingId, before: text } = row;
        const before = text === null ? null : KEPT_FACTS.readIfPossible(text, String(position), report);
        const first = changes.get(recordingId) ?? { recordingId, position, before, removed: null };
        const change = { ...first, last: position };
        changes.set(recordingId, row.type === REMOVAL ? { ...change, removed: before } : change);
      }
      return {
        changes: [...changes.values()],
        readTo: rows.length === limit ? (rows.at(-1)?.position ?? end) : end,
      };
    },
    async tail(after, limit) {
      const rows = await database
        .selectFrom('observations')
        .select(['position', 'recording_id', 'version', 'changed'])
        .where('position', '>', after)
        .orderBy('position')
        .limit(limit)
        .execute();
      if (rows.length === 0) return [];
      const aliases = await database
        .selectFrom('recording_aliases')
        .selectAll()
        .where('recording_id', 'in', [...new Set(rows.map((row) => row.recording_id))])
        .execute();
      return rows.map((row) => ({
        position: row.position,
        recordingIds: [
          row.recording_id,
          ...aliases.filter((alias) => alias.recording_id === row.recording_id).map((alias) => alias.id),
        ],
        version: row.version,
        changed: row.changed === 1,
      }));
    },
    head: headPosition,
    resumeEvents: (cursor) => resume('event', cursor),
    resumeChanges: (cursor) => resume('change', cursor),
  };
}
