import { type Database } from '../drivers/database.js';
import { currentIdIn } from '../log/current-id.js';
import { type CommittedState } from '../log/rows.js';
import { type AuditReads, createAuditReads } from './audit-page.js';
import { type Cursors } from './cursor.js';
import { type CountReads, createCountReads } from './counts.js';
import { createFileReads, type FileReads } from './file-list.js';
import { createLogReads, type LogReads } from './log-reads.js';
import { type RecordingFilter } from './filter.js';
import { type ReportUnreadable } from '../stored-json.js';
import { type Count, type Page } from './page.js';
import { createProblemReads, type ProblemReads } from './problem-list.js';
import { createRecordingPages, type RecordingPageArguments } from './recording-pages.js';
import { createSnapshotReads, type SnapshotReads } from './snapshots.js';
import { createUnansweredQueryReads, type UnansweredQueryReads } from './unanswered-queries.js';

/** States as they are stored. */
export interface StoredStates {
  states: (CommittedState | null)[];
  /** Whatever the log held up to here is in them. */
  position: number;
}

export interface Reads
  extends LogReads, SnapshotReads, CountReads, AuditReads, FileReads, ProblemReads, UnansweredQueryReads {
  /** States by id, in the order asked; an alias gives the recording it has become. */
  states(ids: readonly string[]): Promise<StoredStates>;
  recordingIdBySid(sid: string): Promise<string | null>;
  /** Whether a recording was started here in the channel, as far as its start is still remembered. */
  hasStartIn(appId: string, channel: string): Promise<boolean>;
  /**
   * At most MAX_PAGE_BYTES of stored text, of at most MAX_ROWS recordings that are looked through; the page is then shorter than
   * asked for. The filter decides which are looked through: those that one of its conditions finds, if they are few, else those
   * that follow in the order.
   */
  recordingPage(page: RecordingPageArguments): Promise<Page<string>>;
  /** Exact up to MAX_COUNT, where no more than MAX_COUNTED_ROWS must be looked through. */
  recordingCount(filter: RecordingFilter): Promise<Count>;
  /** How many recordings there are in each phase that is not an end, where there are any. */
  runningRecordings(): Promise<{ phase: string; count: number }[]>;
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

/** All others. */
export const RUNNING_PHASES = ['STARTING', 'RECORDING', 'PAUSED', 'STOPPING', 'UPLOADING'] as const;

/** `longReads` is for what a caller's own filter may make long. */
export function createReads(
  { kysely: database, longReads }: Required<Pick<Database, 'kysely' | 'longReads'>>,
  cursors: Cursors,
  report: ReportUnreadable,
): Reads {
  const log = createLogReads({ kysely: database, longReads }, cursors, report);

  async function states(ids: readonly string[]): Promise<StoredStates> {
    const position = await log.head();
    if (ids.length === 0) return { states: [], position };
    const aliases = await database
      .selectFrom('recording_aliases')
      .selectAll()
      .where('id', 'in', [...ids])
      .execute();
    const target = new Map(aliases.map((alias) => [alias.id, alias.recording_id]));
    const wanted = ids.map((id) => target.get(id) ?? id);
    const rows = await database
      .selectFrom('recordings')
      .select(['id', 'sid', 'state', 'watch_at'])
      .where('id', 'in', [...new Set(wanted)])
      .execute();
    const found = new Map(rows.map((row) => [row.id, row]));
    return { states: wanted.map((id) => found.get(id) ?? null), position };
  }

  return {
    ...log,
    ...createRecordingPages(longReads, cursors),
    ...createSnapshotReads(longReads),
    ...createCountReads(longReads, cursors),
    ...createAuditReads(longReads, cursors, report),
    ...createFileReads(longReads, cursors),
    ...createProblemReads(longReads, cursors),
    ...createUnansweredQueryReads(longReads),
    states,
    async recordingIdBySid(sid) {
      const row = await database
        .selectFrom('recordings')
        .select('id')
        .where('sid', '=', sid)
        .orderBy('created_at', 'desc')
        .executeTakeFirst();
      return row?.id ?? null;
    },
    currentId: (recordingId) => currentIdIn(database, recordingId),
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
        .where('phase', 'in', RUNNING_PHASES)
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
    async hasStartIn(appId, channel) {
      const row = await database
        .selectFrom('start_attempts')
        .select('recording_id')
        .where('app_id', '=', appId)
        .where('channel', '=', channel)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },
    async runningRecordings() {
      const rows = await longReads
        .selectFrom('recordings')
        .select((select) => ['phase', select.fn.countAll().as('count')])
        .where('phase', 'in', RUNNING_PHASES)
        .groupBy('phase')
        .execute();
      return rows.map(({ phase, count }) => ({ phase, count: Number(count) }));
    },
  };
}
