import { type Expression, sql, type SqlBool } from 'kysely';
import { isOneOf } from './is-one-of.js';
import { beginsWith, channelCondition, rangeConditions, type RecordingRange } from './range.js';

/** What files and problems are filtered by alike. Times are Unix milliseconds. */
export interface PlaceFilter {
  appIds?: string[] | null;
  channels?: string[] | null;
  channelPrefix?: string | null;
  after?: number | null;
  before?: number | null;
  /** What the caller may see. Default: everything. */
  range?: RecordingRange;
}

/** The conditions of such a filter, by how indexes serve them: on `at`, and on `channel` with `at`. */
export interface PlaceConditions {
  times: Expression<SqlBool>[];
  /** That it is of one channel, which an index serves together with the times. */
  channel: Expression<SqlBool>[];
  /** Those that may let few rows through. */
  indexed: Expression<SqlBool>[];
  /** All but the times and the one channel. */
  others: Expression<SqlBool>[];
}

export function placeConditions(filter: PlaceFilter): PlaceConditions {
  const { appIds, channels, channelPrefix, after, before, range } = filter;
  const [only] = channels ?? [];
  const isOneChannel = channels?.length === 1 && only !== undefined;
  const several = channels == null || isOneChannel ? [] : [isOneOf('recordings.channel', channels)];
  const prefix = channelPrefix == null ? [] : [beginsWith('recordings.channel', channelPrefix)];
  return {
    times: [
      ...(after == null ? [] : [sql<SqlBool>`recordings.at > ${after}`]),
      ...(before == null ? [] : [sql<SqlBool>`recordings.at < ${before}`]),
    ],
    channel: isOneChannel ? [sql`recordings.channel = ${only}`] : [],
    // A channel alone finds its rows in their order.
    indexed: isOneChannel
      ? []
      : [...several, ...prefix, ...(range?.channels == null ? [] : [channelCondition(range.channels)])],
    others: [
      ...(range === undefined ? [] : rangeConditions(range)),
      ...(appIds == null ? [] : [isOneOf('recordings.app_id', appIds)]),
      ...several,
      ...prefix,
    ],
  };
}
