import { type Expression, type Kysely, sql, type SqlBool } from 'kysely';
import { type AuditEntry, type MutationResult } from '../../recordings/audit.js';
import { AUDITED_INPUTS } from '../log/audit.js';
import { type Schema } from '../migrations/schema.js';
import { type ReportUnreadable } from '../stored-json.js';
import { type Cursors, CursorExpiredError, CursorInvalidError } from './cursor.js';
import { isOneOf } from './is-one-of.js';
import { MAX_ROWS, type Page } from './page.js';
import { rangeConditions, type RecordingRange } from './range.js';

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

/** `first` with `after` reads on from the latest entry, `last` with `before` from the earliest; one of the two sizes is given. */
export interface AuditPageArguments {
  first: number | null;
  after: string | null;
  last: number | null;
  before: string | null;
  filter: AuditFilter;
}

export interface AuditReads {
  /** Entries of the audit trail, the latest first. Looks through at most MAX_ROWS; the page is then shorter than asked for. */
  auditPage(page: AuditPageArguments): Promise<Page<AuditEntry>>;
}

interface Key {
  at: number;
  number: number;
}

/** By what an index finds the entries that are looked through, in their order: those of a recording, else those of a caller. */
function indexed({ recordingId, caller }: AuditFilter): Expression<SqlBool>[] {
  if (recordingId != null) return [sql`recordings.recording_id = ${recordingId}`];
  return caller == null ? [] : [sql`recordings.caller = ${caller}`];
}

function others({ caller, mutations, results, range }: AuditFilter): Expression<SqlBool>[] {
  return [
    ...(caller == null ? [] : [sql<SqlBool>`recordings.caller = ${caller}`]),
    ...(mutations == null ? [] : [isOneOf('recordings.mutation', mutations)]),
    ...(results == null ? [] : [isOneOf('recordings.result', results)]),
    // An entry that is about no place is seen by those who may see everything.
    ...(range === undefined ? [] : rangeConditions(range)),
  ];
}

export function createAuditReads(
  database: Kysely<Schema>,
  cursors: Cursors,
  report: ReportUnreadable,
): AuditReads {
  function keyOf(cursor: string): Key {
    const parts = cursors.decode('audit', cursor);
    if (parts === null) throw new CursorExpiredError(null);
    const [at, number] = parts;
    if (typeof at !== 'number' || typeof number !== 'number') throw new CursorInvalidError();
    return { at, number };
  }

  function beyond(sign: '<' | '>', cursor: string | null): Expression<SqlBool>[] {
    if (cursor === null) return [];
    const { at, number } = keyOf(cursor);
    return [sql`(recordings.at, recordings.number) ${sql.raw(sign)} (${at}, ${number})`];
  }

  async function entriesOf(keys: readonly Key[]) {
    if (keys.length === 0) return [];
    const numbers = keys.map(({ number }) => number);
    return await database
      .selectFrom('audit_entries')
      .selectAll()
      .where('number', 'in', numbers)
      .orderBy('at', 'desc')
      .orderBy('number', 'desc')
      .execute();
  }

  return {
    async auditPage({ first, after, last, before, filter }) {
      const isBackwards = last !== null;
      const size = last ?? first ?? 0;
      const direction = isBackwards ? 'asc' : 'desc';
      const encode = ({ at, number }: Key) => cursors.encode('audit', Number(at), Number(number));
      // Under the name by which ranges know the place of a recording.
      const looked = database
        .selectFrom('audit_entries as recordings')
        .select(['at', 'number', 'app_id', 'channel', 'caller', 'mutation', 'result'])
        .where((where) =>
          where.and([
            ...indexed(filter),
            ...(filter.after == null ? [] : [sql<boolean>`recordings.at > ${filter.after}`]),
            ...(filter.before == null ? [] : [sql<boolean>`recordings.at < ${filter.before}`]),
            ...beyond('<', after),
            ...beyond('>', before),
          ]),
        )
        .orderBy('at', direction)
        .orderBy('number', direction);
      const [end, next] = await looked
        .offset(MAX_ROWS - 1)
        .limit(2)
        .execute();
      const keys = await database
        .selectFrom(looked.limit(MAX_ROWS).as('recordings'))
        .select(['at', 'number'])
        .where((where) => where.and(others(filter)))
        .orderBy('at', direction)
        .orderBy('number', direction)
        .limit(size + 1)
        .execute();
      const shown = keys.slice(0, size);
      const rows = await entriesOf(shown);
      const items = rows.map((row) => ({
        item: {
          id: row.id,
          at: Number(row.at),
          operation: row.mutation,
          caller: row.caller,
          address: row.address,
          requestId: row.request_id,
          recordingId: row.recording_id,
          place:
            row.app_id === null || row.channel === null ? null : { appId: row.app_id, channel: row.channel },
          input: AUDITED_INPUTS.readIfPossible(row.input, row.id, report)?.input ?? null,
          result: row.result as MutationResult,
          codes: row.error_codes.split(' ').filter((code) => code !== ''),
        },
        cursor: encode(row),
      }));
      const isCut = keys.length > size;
      const more = isCut || next !== undefined;
      // Where what was looked through ends, if that is beyond what is shown.
      const reached = isCut || next === undefined || end === undefined ? null : encode(end);
      return {
        items,
        hasNextPage: isBackwards ? before !== null : more,
        hasPreviousPage: isBackwards ? more : after !== null,
        startCursor: (isBackwards ? reached : null) ?? items[0]?.cursor ?? null,
        endCursor: (isBackwards ? null : reached) ?? items.at(-1)?.cursor ?? null,
        bytes: rows.reduce((sum, { input }) => sum + input.length, 0),
      };
    },
  };
}
