import { type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import { type Recording } from '../../recordings/view/recording.js';
import { type Schema } from '../migrations/schema.js';
import { isOneOf } from './is-one-of.js';
import { rangeConditions, type RecordingRange } from './range.js';

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

/** The filter for the database. */
export function filterConditions(
  where: ExpressionBuilder<Schema, 'recordings'>,
  filter: RecordingFilter,
): Expression<SqlBool>[] {
  const all: Expression<SqlBool>[] = filter.range === undefined ? [] : rangeConditions(filter.range);
  for (const [name, column] of LISTS) {
    const values = filter[name];
    if (values == null) continue;
    all.push(isOneOf(`recordings.${column}`, values));
  }
  const { startedAfter, startedBefore, hasProblems } = filter;
  if (startedAfter != null) all.push(where('recordings.started_at', '>', startedAfter));
  if (startedBefore != null) all.push(where('recordings.started_at', '<', startedBefore));
  if (hasProblems != null) all.push(where('recordings.has_problems', '=', hasProblems ? 1 : 0));
  return all;
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
