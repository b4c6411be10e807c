import { type Kysely, sql } from 'kysely';
import { type Recording } from '../../recordings/view/recording.js';
import { type RecordingState } from '../../recordings/state.js';
import { type Database } from '../drivers/database.js';
import { CursorExpiredError, CursorInvalidError, type Cursors } from './cursor.js';
import { type FilterFacts, filterConditions, type RecordingFilter } from './filter.js';
import { isOneOf } from './is-one-of.js';
import { bytesOf, fitting, MAX_LOG_PAGE_BYTES, MAX_PAGE_BYTES } from './page-bytes.js';
import { EVERY_RECORDING, rangeConditions, type RecordingRange } from './range.js';
import { HORIZON } from '../migrations/meta.js';
import { REMOVAL } from '../log/removal.js';
import { observationOf, recordingIn, stateOf, type StoredObservation } from '../log/rows.js';
import { type Schema } from '../migrations/schema.js';
import { createSnapshotReads, type SnapshotReads } from './snapshots.js';

export type RecordingOrder = 'STARTED_AT_DESC' | 'STARTED_AT_ASC' | 'CHANGED_AT_DESC';

export interface Page<T> {
  items: { item: T; cursor: string }[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  /** Stored text that the page was read from. */
  bytes: number;
}

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
  /** What filters look at, as it was before that; null for a recording that is new. */
  before: FilterFacts | null;
  /** The same, as it was before the recording was removed; null if it was not. */
  removed: FilterFacts | null;
}

export interface Reads extends SnapshotReads {
  /** States by id, in the order asked; an alias gives the recording it has become. */
  states(ids: readonly string[]): Promise<(RecordingState | null)[]>;
  recordings(ids: readonly string[]): Promise<(Recording | null)[]>;
  recordingIdBySid(sid: string): Promise<string | null>;
  /** At most MAX_PAGE_BYTES of stored text; the page is then shorter than asked for. The same holds for `eventPage`. */
  recordingPage(options: {
    first: number;
    after: string | null;
    filter: RecordingFilter;
    orderBy: RecordingOrder;
  }): Promise<Page<Recording>>;
  eventPage(recordingId: string, page: EventPageArguments, size: number): Promise<Page<StoredObservation>>;
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
  activeRecordings(): Promise<number>;
  /** The id that a recording goes by now: of two that were found to be one the older id stays. */
  currentId(recordingId: string): Promise<string>;
  /** The id of the recording that was started with a resource. */
  findByResource(appId: string, resourceId: string): Promise<string | null>;
  /**
   * The recording of this place that has not ended, or null: one with a sid, which is known to be there, before one whose
   * start is in doubt.
   */
  findInPlace(
    place: { appId: string; channel: string; uid: string },
    exceptId?: string,
  ): Promise<{ recordingId: string; sid: string | null } | null>;
  /** The latest recording of the same channel and uid that has ended. */
  findEndedInPlace(place: { appId: string; channel: string; uid: string }): Promise<string | null>;
}

/** Phases that nothing follows. */
export const ENDED_PHASES = ['COMPLETED', 'FAILED', 'LOST'] as const;

/** The position up to which parts of the log are gone. */
export async function horizon(database: Kysely<Schema>): Promise<number> {
  const row = await database.selectFrom('meta').select('value').where('key', '=', HORIZON).executeTakeFirst();
  return Number(row?.value ?? 0);
}

/** Stored text of an event, without reading it. */
function eventBytes() {
  return sql<number>`octet_length(observations.content) + coalesce(octet_length(observations.raw), 0)`.as(
    'bytes',
  );
}

/** `longReads` is for what a caller's own filter may make long. */
export function createReads(
  { kysely: database, longReads }: Required<Pick<Database, 'kysely' | 'longReads'>>,
  cursors: Cursors,
): Reads {
  /** Rows by id, in the order asked. */
  async function rowsOf(ids: readonly string[]) {
    if (ids.length === 0) return [];
    const aliases = await database
      .selectFrom('recording_aliases')
      .selectAll()
      .where('id', 'in', [...ids])
      .execute();
    const target = new Map(aliases.map((alias) => [alias.id, alias.recording_id]));
    const wanted = ids.map((id) => target.get(id) ?? id);
    const found = await rowsById(database, [...new Set(wanted)]);
    return wanted.map((id) => found.get(id) ?? null);
  }

  async function rowsById(from: Kysely<Schema>, ids: readonly string[]) {
    if (ids.length === 0) return new Map<string, never>();
    const rows = await from
      .selectFrom('recordings')
      .select(['id', 'state', 'watch_at'])
      .where('id', 'in', ids)
      .execute();
    return new Map(rows.map((row) => [row.id, row]));
  }

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

  return {
    ...createSnapshotReads(longReads),
    async states(ids) {
      return (await rowsOf(ids)).map((row) => (row === null ? null : stateOf(row)));
    },
    async recordings(ids) {
      return (await rowsOf(ids)).map((row) => (row === null ? null : recordingIn(row)));
    },
    async recordingIdBySid(sid) {
      const row = await database
        .selectFrom('recordings')
        .select('id')
        .where('sid', '=', sid)
        .orderBy('created_at', 'desc')
        .executeTakeFirst();
      return row?.id ?? null;
    },
    async recordingPage({ first, after, filter, orderBy }) {
      const column = orderBy === 'CHANGED_AT_DESC' ? 'changed_position' : 'started_at';
      const direction = orderBy === 'STARTED_AT_ASC' ? 'asc' : 'desc';
      const beyond = direction === 'asc' ? '>' : '<';
      let query = longReads
        .selectFrom('recordings')
        .select(['id', 'started_at', 'changed_position', sql<number>`octet_length(state)`.as('bytes')])
        .where((where) => where.and(filterConditions(where, filter)))
        .orderBy(column, direction)
        .orderBy('id', direction)
        .limit(first + 1);
      if (after !== null) {
        const parts = cursors.decode(orderBy, after);
        if (parts === null) throw new CursorExpiredError(null);
        const [key, id] = parts;
        if (typeof key !== 'number' || typeof id !== 'string') throw new CursorInvalidError();
        query = query.where((where) =>
          where.or([
            where(column, beyond, key),
            where.and([where(column, '=', key), where('id', beyond, id)]),
          ]),
        );
      }
      const keys = await query.execute();
      const shown = fitting(keys.slice(0, first), MAX_PAGE_BYTES);
      const found = await rowsById(
        longReads,
        shown.map(({ id }) => id),
      );
      return {
        // One that became an alias of another since its key was read is found under that one.
        items: shown.flatMap((key) => {
          const row = found.get(key.id);
          if (row === undefined) return [];
          return [{ item: recordingIn(row), cursor: cursors.encode(orderBy, Number(key[column]), key.id) }];
        }),
        hasNextPage: keys.length > shown.length,
        hasPreviousPage: after !== null,
        bytes: bytesOf(shown),
      };
    },
    async eventPage(recordingId, page, size) {
      const backwards = page.last != null;
      let query = longReads
        .selectFrom('observations')
        .select(['position', eventBytes()])
        .where('recording_id', '=', recordingId)
        .where('type', '!=', REMOVAL)
        .orderBy('position', backwards ? 'desc' : 'asc')
        .limit(size + 1);
      if (page.after != null) {
        query = query.where('position', '>', await positionOf('event', page.after));
      }
      if (page.before != null) {
        query = query.where('position', '<', await positionOf('event', page.before));
      }
      if (page.types != null) query = query.where(isOneOf('type', page.types));
      const keys = await query.execute();
      const shown = fitting(keys.slice(0, size), MAX_PAGE_BYTES);
      const more = keys.length > shown.length;
      const rows = await eventsAt(shown);
      return {
        items: rows.map((row) => ({
          item: observationOf(row),
          cursor: cursors.encode('event', row.position),
        })),
        hasNextPage: backwards ? page.before != null : more,
        hasPreviousPage: backwards ? more : page.after != null,
        bytes: bytesOf(shown),
      };
    },
    async event(id) {
      const row = await database
        .selectFrom('observations')
        .innerJoin('recordings', 'recordings.id', 'observations.recording_id')
        .selectAll('observations')
        .where('observations.id', '=', id)
        .executeTakeFirst();
      return row === undefined ? null : observationOf(row);
    },
    async eventsAfter(position, { recordingId, recordings, types }, limit) {
      const head = await headPosition();
      let query = longReads
        .selectFrom('observations')
        .innerJoin('recordings', 'recordings.id', 'observations.recording_id')
        .select(['observations.position', eventBytes()])
        .where('observations.position', '>', position)
        .where('observations.position', '<=', head)
        .where((where) => where.and(filterConditions(where, recordings)))
        .orderBy('observations.position')
        .limit(limit);
      if (recordingId !== null) query = query.where('observations.recording_id', '=', recordingId);
      if (types !== null) query = query.where(isOneOf('observations.type', types));
      const keys = await query.execute();
      const read = fitting(keys, MAX_LOG_PAGE_BYTES);
      const isWhole = keys.length < limit && read.length === keys.length;
      return {
        events: (await eventsAt(read)).map(observationOf),
        readTo: isWhole ? head : (read.at(-1)?.position ?? head),
      };
    },
    async changesAfter(position, limit, range = EVERY_RECORDING) {
      const head = await headPosition();
      let query = longReads
        .selectFrom('observations')
        .select([
          'observations.position',
          'observations.recording_id',
          'observations.before',
          'observations.type',
        ])
        .where('observations.changed', '=', 1)
        .where('observations.position', '>', position)
        .where('observations.position', '<=', head)
        .orderBy('observations.position')
        .limit(limit);
      const conditions = rangeConditions(range);
      if (conditions.length > 0) {
        query = query
          .leftJoin('recordings', 'recordings.id', 'observations.recording_id')
          .where((where) => where.or([where('observations.type', '=', REMOVAL), where.and(conditions)]));
      }
      const rows = await query.execute();
      const changes = new Map<string, Change>();
      for (const row of rows) {
        const before = row.before === null ? null : (JSON.parse(row.before) as FilterFacts);
        const { position, recording_id: recordingId } = row;
        const change = changes.get(recordingId) ?? { recordingId, position, before, removed: null };
        changes.set(recordingId, row.type === REMOVAL ? { ...change, removed: before } : change);
      }
      return {
        changes: [...changes.values()],
        readTo: rows.length === limit ? (rows.at(-1)?.position ?? head) : head,
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
    async currentId(recordingId) {
      const alias = await database
        .selectFrom('recording_aliases')
        .select('recording_id')
        .where('id', '=', recordingId)
        .executeTakeFirst();
      return alias?.recording_id ?? recordingId;
    },
    async findByResource(appId, resourceId) {
      const row = await database
        .selectFrom('recordings')
        .select('id')
        .where('app_id', '=', appId)
        .where('resource_id', '=', resourceId)
        .executeTakeFirst();
      return row?.id ?? null;
    },
    async findInPlace({ appId, channel, uid }, exceptId = '') {
      const row = await database
        .selectFrom('recordings')
        .select(['id', 'sid'])
        .where('app_id', '=', appId)
        .where('channel', '=', channel)
        .where('uid', '=', uid)
        .where('id', '!=', exceptId)
        .where('phase', 'not in', ENDED_PHASES)
        .orderBy((order) => order.case().when('sid', 'is', null).then(1).else(0).end())
        .orderBy('started_at', 'desc')
        .executeTakeFirst();
      return row === undefined ? null : { recordingId: row.id, sid: row.sid };
    },
    async findEndedInPlace({ appId, channel, uid }) {
      const row = await database
        .selectFrom('recordings')
        .select('id')
        .where('app_id', '=', appId)
        .where('channel', '=', channel)
        .where('uid', '=', uid)
        .where('phase', 'in', ENDED_PHASES)
        .orderBy('started_at', 'desc')
        .executeTakeFirst();
      return row?.id ?? null;
    },
    async activeRecordings() {
      const row = await longReads
        .selectFrom('recordings')
        .select((select) => select.fn.countAll().as('active'))
        .where('phase', 'not in', ENDED_PHASES)
        .executeTakeFirst();
      return Number(row?.active ?? 0);
    },
  };
}
