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

/** Compares characters, as the order of texts depends on the locale of a PostgreSQL database. */
function beginsWith(column: string, prefix: string): Expression<SqlBool> {
  return sql`substr(${sql.ref(column)}, 1, ${[...prefix].length}) = ${prefix}`;
}

/** The range for the database: every read that gives recordings or their events is bounded by this. */
export function rangeConditions({ appIds, channels }: RecordingRange): Expression<SqlBool>[] {
  const all: Expression<SqlBool>[] = [];
  if (appIds !== null) all.push(isOneOf('recordings.app_id', appIds));
  if (channels !== null) {
    const any = [
      isOneOf('recordings.channel', channels.names),
      ...channels.prefixes.map((prefix) => beginsWith('recordings.channel', prefix)),
    ];
    all.push(sql`(${sql.join(any, sql` or `)})`);
  }
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
