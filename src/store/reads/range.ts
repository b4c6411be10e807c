import { type Expression, sql, type SqlBool } from 'kysely';
import { isOneOf } from './is-one-of.js';

/** Names that are permitted: whole names, and beginnings of names. */
export interface NameRange {
  names: readonly string[];
  prefixes: readonly string[];
}

/** The recordings that a caller may see, by App ID and channel. Null permits all of that kind. */
export interface RecordingRange {
  appIds: readonly string[] | null;
  channels: NameRange | null;
}

export const EVERY_RECORDING: RecordingRange = { appIds: null, channels: null };

/** Where a recording is, as far as ranges look at it. */
export interface Place {
  appId: string;
  channel: string;
}

/** The least text that is greater than every text with this beginning; null if there is none. */
function endOf(prefix: string): string | null {
  const characters = [...prefix];
  for (let last = characters.pop(); last !== undefined; last = characters.pop()) {
    const code = last.codePointAt(0) ?? 0;
    if (code === 0x10ffff) continue;
    // A surrogate is not a character.
    return characters.join('') + String.fromCodePoint(code === 0xd7ff ? 0xe000 : code + 1);
  }
  return null;
}

/** An index on the column serves this: both databases order channels by the bytes of UTF-8. */
export function beginsWith(column: string, prefix: string): Expression<SqlBool> {
  const end = endOf(prefix);
  const from = sql<SqlBool>`${sql.ref(column)} >= ${prefix}`;
  return end === null ? from : sql`(${from} and ${sql.ref(column)} < ${end})`;
}

/** The channels of a range for the database. */
export function channelCondition({ names, prefixes }: NameRange): Expression<SqlBool> {
  const any = [
    // Next to a condition that is never true, SQLite would not use the index.
    ...(names.length === 0 && prefixes.length > 0 ? [] : [isOneOf('recordings.channel', names)]),
    ...prefixes.map((prefix) => beginsWith('recordings.channel', prefix)),
  ];
  return sql`(${sql.join(any, sql` or `)})`;
}

/** The range for the database: every read that gives recordings or their events is bounded by this. */
export function rangeConditions({ appIds, channels }: RecordingRange): Expression<SqlBool>[] {
  const all: Expression<SqlBool>[] = [];
  if (appIds !== null) all.push(isOneOf('recordings.app_id', appIds));
  if (channels !== null) all.push(channelCondition(channels));
  return all;
}

/** The same for one place. */
export function isInRange({ appIds, channels }: RecordingRange, { appId, channel }: Place): boolean {
  return (
    (appIds === null || appIds.includes(appId)) &&
    (channels === null ||
      channels.names.includes(channel) ||
      channels.prefixes.some((prefix) => channel.startsWith(prefix)))
  );
}
