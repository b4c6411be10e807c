import { type Expression, sql, type SqlBool } from 'kysely';
import { type MetadataEntry } from '../../recordings/metadata.js';
import { type ProblemSeverity, worstSeverity } from '../../recordings/problems.js';
import { type Recording } from '../../recordings/view/recording.js';
import { isOneOf } from './is-one-of.js';
import { beginsWith, channelCondition, rangeConditions, type RecordingRange } from './range.js';

/** Lets through what fits every field that is given. Times are Unix milliseconds. */
export interface RecordingFilter {
  appIds?: string[] | null;
  channels?: string[] | null;
  channelPrefix?: string | null;
  uids?: string[] | null;
  sids?: string[] | null;
  modes?: string[] | null;
  phases?: string[] | null;
  endReasons?: string[] | null;
  uploadStates?: string[] | null;
  storageProfiles?: string[] | null;
  startedBy?: string[] | null;
  /** Of the worst problem. */
  problemSeverities?: string[] | null;
  startedAfter?: number | null;
  startedBefore?: number | null;
  endedAfter?: number | null;
  endedBefore?: number | null;
  changedAfter?: number | null;
  changedBefore?: number | null;
  hasProblems?: boolean | null;
  /** All of these entries. */
  metadata?: MetadataEntry[] | null;
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
  endReason: string | null;
  uploadState: string;
  storageProfile: string | null;
  startedBy: string | null;
  problemSeverity: ProblemSeverity | null;
  startedAt: number;
  endedAt: number | null;
  changedAt: number;
  hasProblems: boolean;
  metadata: MetadataEntry[];
}

/** Facts as the log keeps them: an earlier release kept fewer of them. */
export type KeptFacts = Pick<
  FilterFacts,
  'appId' | 'channel' | 'uid' | 'sid' | 'mode' | 'phase' | 'startedAt' | 'hasProblems'
> &
  Partial<FilterFacts>;

type Described = 'appId' | 'channel' | 'uid' | 'sid' | 'mode' | 'phase' | 'endReason' | 'startedBy';
type Dated = 'startedAt' | 'endedAt' | 'changedAt';

export function filterFacts(
  recording: Pick<Recording, Described | Dated | 'upload' | 'storage' | 'problems' | 'metadata'>,
): FilterFacts {
  const { appId, channel, uid, sid, mode, phase, endReason, startedBy, metadata } = recording;
  const { startedAt, endedAt, changedAt, upload, storage, problems } = recording;
  return {
    ...{ appId, channel, uid, sid, mode, phase, endReason, startedBy, metadata },
    ...{ startedAt, endedAt, changedAt },
    uploadState: upload.state,
    storageProfile: storage?.profile ?? null,
    problemSeverity: worstSeverity(problems),
    hasProblems: problems.length > 0,
  };
}

/** Each list of a filter, with the column and the fact that it is of. */
const LISTS = [
  ['appIds', 'app_id', 'appId'],
  ['channels', 'channel', 'channel'],
  ['uids', 'uid', 'uid'],
  ['sids', 'sid', 'sid'],
  ['modes', 'mode', 'mode'],
  ['phases', 'phase', 'phase'],
  ['endReasons', 'end_reason', 'endReason'],
  ['uploadStates', 'upload_state', 'uploadState'],
  ['storageProfiles', 'storage_profile', 'storageProfile'],
  ['startedBy', 'started_by', 'startedBy'],
  ['problemSeverities', 'problem_severity', 'problemSeverity'],
] as const;

/** Each time of a filter, with the column and the fact that it is of. */
const TIMES = [
  { column: 'started_at', after: 'startedAfter', before: 'startedBefore', fact: 'startedAt' },
  { column: 'ended_at', after: 'endedAfter', before: 'endedBefore', fact: 'endedAt' },
  { column: 'changed_at', after: 'changedAfter', before: 'changedBefore', fact: 'changedAt' },
] as const;

/** Later than any time: in the column `ended_at`, that of a recording that has not ended. */
export const NOT_ENDED = Number.MAX_SAFE_INTEGER;

/** The columns that the conditions of a filter are about. */
export const FILTER_COLUMNS = [
  'app_id',
  'channel',
  'uid',
  'sid',
  'mode',
  'phase',
  'end_reason',
  'upload_state',
  'storage_profile',
  'started_by',
  'problem_severity',
  'started_at',
  'ended_at',
  'changed_at',
  'has_problems',
] as const;

/** That the time in a column is within the times of a filter. */
export function timeConditions(column: string, filter: RecordingFilter): Expression<SqlBool>[] {
  const time = TIMES.find((one) => one.column === column);
  if (time === undefined) return [];
  const [after, before] = [filter[time.after], filter[time.before]];
  const value = sql.ref(`recordings.${column}`);
  return [
    ...(after == null ? [] : [sql<SqlBool>`${value} > ${after}`]),
    ...(before == null ? [] : [sql<SqlBool>`${value} < ${before}`]),
    // A recording that has not ended did not end after any time.
    ...(after != null && column === 'ended_at' ? [sql<SqlBool>`${value} < ${sql.lit(NOT_ENDED)}`] : []),
  ];
}

/** That it has an entry of metadata. */
function hasEntry({ key, value }: MetadataEntry): Expression<SqlBool> {
  const found = sql`select recording_id from recording_metadata where key = ${key} and value = ${value}`;
  return sql`${sql.ref('recordings.id')} in (${found})`;
}

/** The filter for the database. */
export function filterConditions(filter: RecordingFilter): Expression<SqlBool>[] {
  const { range, channelPrefix, hasProblems, metadata } = filter;
  const all: Expression<SqlBool>[] = range === undefined ? [] : rangeConditions(range);
  for (const [name, column] of LISTS) {
    const values = filter[name];
    if (values != null) all.push(isOneOf(`recordings.${column}`, values));
  }
  for (const { column } of TIMES) all.push(...timeConditions(column, filter));
  if (channelPrefix != null) all.push(beginsWith('recordings.channel', channelPrefix));
  if (hasProblems != null) {
    all.push(sql`${sql.ref('recordings.has_problems')} = ${hasProblems ? 1 : 0}`);
  }
  all.push(...(metadata ?? []).map(hasEntry));
  return all;
}

/** The conditions of a filter each of which an index serves, and which may let few recordings through. */
export function indexedConditions(filter: RecordingFilter): Expression<SqlBool>[] {
  const { range, sids, channels, channelPrefix, phases, metadata } = filter;
  const times = ['started_at', 'ended_at'].map((column) => timeConditions(column, filter));
  return [
    ...(sids == null ? [] : [isOneOf('recordings.sid', sids)]),
    ...(channels == null ? [] : [isOneOf('recordings.channel', channels)]),
    ...(channelPrefix == null ? [] : [beginsWith('recordings.channel', channelPrefix)]),
    ...(range?.channels == null ? [] : [channelCondition(range.channels)]),
    ...(phases == null ? [] : [isOneOf('recordings.phase', phases)]),
    ...(metadata ?? []).map(hasEntry),
    ...times.flatMap((all) => (all.length === 0 ? [] : [sql<SqlBool>`(${sql.join(all, sql` and `)})`])),
  ];
}

/** The same filter for one recording at hand. */
export function matches(filter: RecordingFilter, facts: KeptFacts): boolean {
  const { channelPrefix, hasProblems, metadata } = filter;
  return (
    LISTS.every(([name, , fact]) => {
      const value = facts[fact] ?? null;
      return filter[name] == null || (value !== null && filter[name].includes(value));
    }) &&
    TIMES.every(({ after, before, fact }) => {
      const [from, to, at] = [filter[after], filter[before], facts[fact] ?? null];
      return (from == null || (at !== null && at > from)) && (to == null || (at !== null && at < to));
    }) &&
    (channelPrefix == null || facts.channel.startsWith(channelPrefix)) &&
    (hasProblems == null || facts.hasProblems === hasProblems) &&
    (metadata ?? []).every(({ key, value }) =>
      (facts.metadata ?? []).some((entry) => entry.key === key && entry.value === value),
    )
  );
}
