import { type Kysely, sql } from 'kysely';
import { type Schema } from '../migrations/schema.js';
import { type Cursors, CursorExpiredError, CursorInvalidError } from './cursor.js';
import { isOneOf } from './is-one-of.js';
import { boundedCount, type Count, MAX_COUNTED_ROWS, type Page, pageEnds } from './page.js';
import { beginsWith, channelCondition, rangeConditions, type RecordingRange } from './range.js';

export const DAY_MS = 86_400_000;

/** Days that are counted one by one: the latest ones. */
export const MAX_COUNTED_DAYS = 366;

/** Lets through what fits every field that is given. Times are Unix milliseconds. */
export interface CountsFilter {
  appIds?: string[] | null;
  channels?: string[] | null;
  channelPrefix?: string | null;
  /** The days of these moments are the first and the last, by UTC. */
  from?: number | null;
  to?: number | null;
  /** What the caller may see. Default: everything. */
  range?: RecordingRange;
}

/** How many recordings there are; by a name or by the beginning of a day. */
export interface Counts {
  total: number;
  byPhase: { key: string; count: number }[];
  byMode: { key: string; count: number }[];
  byEndReason: { key: string; count: number }[];
  /** Of the latest MAX_COUNTED_DAYS days that have any, in their order. */
  byDay: { day: number; count: number }[];
}

/** A channel of a project, with how many recordings it has. */
export interface Channel {
  appId: string;
  name: string;
  total: number;
  running: number;
}

export interface ChannelPageArguments {
  first: number | null;
  after: string | null;
  last: number | null;
  before: string | null;
  filter: CountsFilter;
}

export interface CountReads {
  recordingCounts(filter: CountsFilter): Promise<Counts>;
  /** Channels by their names, of every project. */
  channelPage(page: ChannelPageArguments): Promise<Page<Channel>>;
  /** How many there are. Exact up to MAX_COUNT, where no more than MAX_COUNTED_ROWS counts must be looked through. */
  channelCount(filter: CountsFilter): Promise<Count>;
}

function conditionsOf({ appIds, channels, channelPrefix, from, to, range }: CountsFilter) {
  const day = sql.ref('recordings.day');
  return [
    ...(range === undefined ? [] : rangeConditions(range)),
    ...(appIds == null ? [] : [isOneOf('recordings.app_id', appIds)]),
    ...(channels == null ? [] : [isOneOf('recordings.channel', channels)]),
    ...(channelPrefix == null ? [] : [beginsWith('recordings.channel', channelPrefix)]),
    ...(from == null ? [] : [sql<boolean>`${day} >= ${Math.floor(from / DAY_MS)}`]),
    ...(to == null ? [] : [sql<boolean>`${day} <= ${Math.floor(to / DAY_MS)}`]),
  ];
}

/** Those of the conditions that the order of the counts serves. */
function channelConditions({ channels, channelPrefix, range }: CountsFilter) {
  return [
    ...(range?.channels == null ? [] : [channelCondition(range.channels)]),
    ...(channels == null ? [] : [isOneOf('recordings.channel', channels)]),
    ...(channelPrefix == null ? [] : [beginsWith('recordings.channel', channelPrefix)]),
  ];
}

function sumBy(rows: readonly { key: string; count: number }[]): { key: string; count: number }[] {
  const sums = new Map<string, number>();
  for (const { key, count } of rows) sums.set(key, (sums.get(key) ?? 0) + count);
  return [...sums].map(([key, count]) => ({ key, count })).sort((a, b) => (a.key < b.key ? -1 : 1));
}

export function createCountReads(database: Kysely<Schema>, cursors: Cursors): CountReads {
  // Under the name by which ranges and filters know the place of a recording.
  const counted = (filter: CountsFilter) =>
    database.selectFrom('recording_counts as recordings').where((where) => where.and(conditionsOf(filter)));

  function placeOf(cursor: string): { channel: string; appId: string } {
    const parts = cursors.decode('channel', cursor);
    if (parts === null) throw new CursorExpiredError(null);
    const [channel, appId] = parts;
    if (typeof channel !== 'string' || typeof appId !== 'string') throw new CursorInvalidError();
    return { channel, appId };
  }

  function beyond(sign: '<' | '>', cursor: string | null) {
    if (cursor === null) return [];
    const { channel, appId } = placeOf(cursor);
    return [sql<boolean>`(recordings.channel, recordings.app_id) ${sql.raw(sign)} (${channel}, ${appId})`];
  }

  return {
    async recordingCounts(filter) {
      const found = await counted(filter)
        .select((select) => ['mode', 'phase', 'end_reason', select.fn.sum('count').as('count')])
        .groupBy(['mode', 'phase', 'end_reason'])
        .execute();
      const days = await counted(filter)
        .select((select) => ['day', select.fn.sum('count').as('count')])
        .groupBy('day')
        .orderBy('day', 'desc')
        .limit(MAX_COUNTED_DAYS)
        .execute();
      const by = (column: 'mode' | 'phase' | 'end_reason') =>
        sumBy(found.map((row) => ({ key: row[column], count: Number(row.count) })));
      return {
        total: found.reduce((sum, { count }) => sum + Number(count), 0),
        byPhase: by('phase'),
        byMode: by('mode'),
        // What has not ended has no reason yet.
        byEndReason: by('end_reason').filter(({ key }) => key !== ''),
        byDay: days.map(({ day, count }) => ({ day: Number(day) * DAY_MS, count: Number(count) })).reverse(),
      };
    },
    async channelCount(filter) {
      const looked = database
        .selectFrom('recording_counts as recordings')
        .select(['channel', 'app_id', 'day'])
        .where((where) => where.and(channelConditions(filter)))
        .limit(MAX_COUNTED_ROWS + 1);
      const found = database
        .selectFrom(looked.as('recordings'))
        .select(['recordings.channel', 'recordings.app_id'])
        .where((where) => where.and(conditionsOf(filter)))
        .groupBy(['recordings.channel', 'recordings.app_id']);
      const row = await database
        .selectNoFrom((select) => [
          select
            .selectFrom(looked.as('looked'))
            .select(({ fn }) => fn.countAll().as('count'))
            .as('looked'),
          select
            .selectFrom(found.as('found'))
            .select(({ fn }) => fn.countAll().as('count'))
            .as('found'),
        ])
        .executeTakeFirstOrThrow();
      return boundedCount(Number(row.found), Number(row.looked) <= MAX_COUNTED_ROWS);
    },
    async channelPage({ first, after, last, before, filter }) {
      const isBackwards = last !== null;
      const size = last ?? first ?? 0;
      const direction = isBackwards ? 'desc' : 'asc';
      const rows = await counted(filter)
        .where((where) => where.and([...beyond('>', after), ...beyond('<', before)]))
        .select((select) => [
          'channel',
          'app_id',
          select.fn.sum('count').as('total'),
          select.fn
            .sum(
              select
                .case()
                .when('phase', 'in', ['COMPLETED', 'FAILED', 'LOST'])
                .then(sql.lit(0))
                .else(select.ref('count'))
                .end(),
            )
            .as('running'),
        ])
        .groupBy(['channel', 'app_id'])
        .orderBy('channel', direction)
        .orderBy('app_id', direction)
        .limit(size + 1)
        .execute();
      const shown = rows.slice(0, size);
      if (isBackwards) shown.reverse();
      const items = shown.map(({ channel: name, app_id: appId, total, running }) => ({
        item: { name, appId, total: Number(total), running: Number(running) },
        cursor: cursors.encode('channel', name, appId),
      }));
      const read = { cursors: items.map(({ cursor }) => cursor), isCut: rows.length > size, end: null };
      return {
        items,
        ...pageEnds({ after, last, before }, read),
        bytes: 0,
      };
    },
  };
}
