import { type Expression, type Kysely, sql, type SqlBool } from 'kysely';
import { type AuditEntry, type MutationResult } from '../../recordings/audit.js';
import { AUDITED_INPUTS } from '../log/audit.js';
import { type Schema } from '../migrations/schema.js';
import { type ReportUnreadable } from '../stored-json.js';
import { type Cursors } from './cursor.js';
import { isOneOf } from './is-one-of.js';
import { type Page } from './page.js';
import { rangeConditions, type RecordingRange } from './range.js';
import { createWalk, type List, type PageAsked } from './walk.js';

/** Lets through what fits every field that is given. Times are Unix milliseconds. */
export interface AuditFilter {
  caller?: string | null;
  recordingId?: string | null;
  mutations?: string[] | null;
  results?: MutationResult[] | null;
  after?: number | null;
  before?: number | null;
  /** What the caller may see. Default: everything. */
  range?: RecordingRange;
}

export interface AuditPageArguments extends PageAsked {
  filter: AuditFilter;
}

export interface AuditReads {
  /** Entries of the audit trail, the latest first. Looks through at most MAX_ROWS; the page is then shorter than asked for. */
  auditPage(page: AuditPageArguments): Promise<Page<AuditEntry>>;
}

/** By what an index finds the entries in their order: those of a recording, else those of a caller. */
function served({ recordingId, caller, after, before }: AuditFilter): Expression<SqlBool>[] {
  const byCaller = recordingId == null && caller != null;
  return [
    ...(recordingId == null ? [] : [sql<SqlBool>`recordings.recording_id = ${recordingId}`]),
    ...(byCaller ? [sql<SqlBool>`recordings.caller = ${caller}`] : []),
    ...(after == null ? [] : [sql<SqlBool>`recordings.at > ${after}`]),
    ...(before == null ? [] : [sql<SqlBool>`recordings.at < ${before}`]),
  ];
}

function others({ recordingId, caller, mutations, results, range }: AuditFilter): Expression<SqlBool>[] {
  return [
    ...(recordingId == null || caller == null ? [] : [sql<SqlBool>`recordings.caller = ${caller}`]),
    ...(mutations == null ? [] : [isOneOf('recordings.mutation', mutations)]),
    ...(results == null ? [] : [isOneOf('recordings.result', results)]),
    // An entry that is about no place is seen by those who may see everything.
    ...(range === undefined ? [] : rangeConditions(range)),
  ];
}

function listOf(filter: AuditFilter): List<'audit_entries'> {
  return {
    table: 'audit_entries',
    cursor: 'audit',
    key: [
      ['at', 'number'],
      ['number', 'number'],
    ],
    direction: 'desc',
    served: served(filter),
    indexed: [],
    others: others(filter),
    columns: ['app_id', 'channel', 'caller', 'mutation', 'result'],
    bytes: null,
  };
}

export function createAuditReads(
  database: Kysely<Schema>,
  cursors: Cursors,
  report: ReportUnreadable,
): AuditReads {
  const walk = createWalk(database, cursors);

  return {
    async auditPage({ filter, ...asked }) {
      const page = await walk.page(listOf(filter), asked);
      const items = page.items.map(({ item: row, cursor }) => {
        const { app_id: appId, channel } = row;
        const item = {
          id: row.id,
          at: Number(row.at),
          operation: row.mutation,
          caller: row.caller,
          address: row.address,
          requestId: row.request_id,
          recordingId: row.recording_id,
          place: appId === null || channel === null ? null : { appId, channel },
          input: AUDITED_INPUTS.readIfPossible(row.input, row.id, report)?.input ?? null,
          result: row.result as MutationResult,
          codes: row.error_codes.split(' ').filter((code) => code !== ''),
        };
        return { item, cursor };
      });
      return { ...page, items, bytes: page.items.reduce((sum, { item }) => sum + item.input.length, 0) };
    },
  };
}
