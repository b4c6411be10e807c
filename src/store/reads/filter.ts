import { type Expression, sql, type SqlBool } from 'kysely';
import { type Recording } from '../../recordings/view/recording.js';
import { isOneOf } from './is-one-of.js';
import { channelCondition, rangeConditions, type RecordingRange } from './range.js';

/** Lets through what fits every field that is given. Times are Unix milliseconds. */
export interface RecordingFilter {
  appIds?: string[] | null;
  channels?: string[] | null;
  uids?: string[] | null;
  sids?: string[] | null;
  modes?: string[] | null;
  phases?: string[] | null;
  startedAfter?: number | null;
  startedBefore?: number | null;
  hasProblems?: boolean | null;
  /** What the caller may see. Default: everything. */
  range?: RecordingRange;
}

/** What a filter looks at, of one recording. */
export interface FilterFacts {
  appId: string;
  channel: string;
  uid: string;
  sid: string | null;
  mode: string;
  phase: string;
  startedAt: number;
  hasProblems: boolean;
}

export function filterFacts(
  recording: Omit<FilterFacts, 'hasProblems'> & Pick<Recording, 'problems'>,
): FilterFacts {
  const { appId, channel, uid, sid, mode, phase, startedAt, problems } = recording;
  return { appId, channel, uid, sid, mode, phase, startedAt, hasProblems: problems.length > 0 };
}

/** Each list of a filter, with the column and the fact that it is of. */
const LISTS = [
  ['appIds', 'app_id', 'appId'],
  ['channels', 'channel', 'channel'],
  ['uids', 'uid', 'uid'],
  ['sids', 'sid', 'sid'],
  ['modes', 'mode', 'mode'],
  ['phases', 'phase', 'phase'],
] as const;

/** The columns that the conditions of a filter are about. */
export const FILTER_COLUMNS = [
  'app_id',
  'channel',
  'uid',
  'sid',
  'mode',
  'phase',
  'started_at',
  'has_problems',
] as const;

/** That it was started within the times of a filter; an index serves it. */
export function startedConditions({ startedAfter, startedBefore }: RecordingFilter): Expression<SqlBool>[] {
  const column = sql.ref('recordings.started_at');
  return [
    ...(startedAfter == null ? [] : [sql<SqlBool>`${column} > ${startedAfter}`]),
    ...(startedBefore == null ? [] : [sql<SqlBool>`${column} < ${startedBefore}`]),
  ];
}

/** The filter for the database. */
export function filterConditions(filter: RecordingFilter): Expression<SqlBool>[] {
  const { range, hasProblems } = filter;
  const all: Expression<SqlBool>[] = range === undefined ? [] : rangeConditions(range);
  for (const [name, column] of LISTS) {
    const values = filter[name];
    if (values != null) all.push(isOneOf(`recordings.${column}`, values));
  }
  all.push(...startedConditions(filter));
  if (hasProblems != null) {
    all.push(sql`${sql.ref('recordings.has_problems')} = ${hasProblems ? 1 : 0}`);
  }
  return all;
}

/** The conditions of a filter each of which an index serves, and which may let few recordings through. */
export function indexedConditions(filter: RecordingFilter): Expression<SqlBool>[] {
  const { range, sids, channels, phases } = filter;
  const started = startedConditions(filter);
  return [
    ...(sids == null ? [] : [isOneOf('recordings.sid', sids)]),
    ...(channels == null ? [] : [isOneOf('recordings.channel', channels)]),
    ...(range?.channels == null ? [] : [channelCondition(range.channels)]),
    ...(phases == null ? [] : [isOneOf('recordings.phase', phases)]),
    ...(started.length === 0 ? [] : [sql<SqlBool>`(${sql.join(started, sql` and `)})`]),
  ];
}

/** The same filter for one recording at hand. */
export function matches(filter: RecordingFilter, facts: FilterFacts): boolean {
  const { startedAfter, startedBefore, hasProblems } = filter;
  return (
    LISTS.every(([name, , fact]) => {
      const value = facts[fact];
      return filter[name] == null || (value !== null && filter[name].includes(value));
    }) &&
    (startedAfter == null || facts.startedAt > startedAfter) &&
    (startedBefore == null || facts.startedAt < startedBefore) &&
    (hasProblems == null || facts.hasProblems === hasProblems)
  );
}
