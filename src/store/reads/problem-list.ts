import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { type ProblemCode, type ProblemSeverity } from '../../recordings/problems.js';
import { type Schema } from '../migrations/schema.js';
import { type Cursors } from './cursor.js';
import { isOneOf } from './is-one-of.js';
import { type Count, type Page } from './page.js';
import { type PlaceFilter, placeConditions } from './place-filter.js';
import { createWalk, type List, type PageAsked } from './walk.js';

/** Enough to distinguish the problems of one recording. */
const KEY_LENGTH = 16;

/** A short key in place of a problem's name, which may hold a whole message. */
export function problemKey(name: string): string {
  return createHash('sha256').update(name).digest('base64url').slice(0, KEY_LENGTH);
}

/** Lets through what fits every field that is given. Times are Unix milliseconds. */
export interface ProblemFilter extends PlaceFilter {
  codes?: string[] | null;
  severities?: string[] | null;
}

/** A problem with the recording that it is of. */
export interface ListedProblem {
  recordingId: string;
  key: string;
  code: ProblemCode;
  agoraCode: number | null;
  severity: ProblemSeverity;
  message: string;
  occurredAt: number;
  eventId: string | null;
}

export interface ProblemPageArguments extends PageAsked {
  filter: ProblemFilter;
}

export interface ProblemReads {
  /** Problems of all recordings, the latest first. Bounded as recordingPage; the page may be shorter than asked for. */
  problemPage(page: ProblemPageArguments): Promise<Page<ListedProblem>>;
  /** Exact up to MAX_COUNT, where no more than MAX_COUNTED_ROWS must be looked through. */
  problemCount(filter: ProblemFilter): Promise<Count>;
}

function listOf(filter: ProblemFilter): List<'recording_problems'> {
  const { codes, severities } = filter;
  const place = placeConditions(filter);
  return {
    table: 'recording_problems',
    cursor: 'problem',
    key: [
      ['at', 'number'],
      ['recording_id', 'string'],
      ['key', 'string'],
    ],
    direction: 'desc',
    served: [...place.times, ...place.channel],
    indexed: place.indexed,
    others: [
      ...place.others,
      ...(codes == null ? [] : [isOneOf('recordings.code', codes)]),
      ...(severities == null ? [] : [isOneOf('recordings.severity', severities)]),
    ],
    columns: ['app_id', 'channel', 'code', 'severity'],
    bytes: sql<number>`octet_length(recordings.message)`,
  };
}

export function createProblemReads(database: Kysely<Schema>, cursors: Cursors): ProblemReads {
  const walk = createWalk(database, cursors);

  return {
    async problemPage({ filter, ...asked }) {
      const page = await walk.page(listOf(filter), asked);
      const items = page.items.map(({ item: row, cursor }) => {
        const item: ListedProblem = {
          recordingId: row.recording_id,
          key: row.key,
          code: row.code as ProblemCode,
          agoraCode: row.agora_code === null ? null : Number(row.agora_code),
          severity: row.severity as ProblemSeverity,
          message: row.message,
          occurredAt: Number(row.at),
          eventId: row.event_id,
        };
        return { item, cursor };
      });
      return { ...page, items };
    },
    problemCount: (filter) => walk.count(listOf(filter)),
  };
}
