import { type Kysely } from 'kysely';
import { type CallReason } from '../../recordings/call-reason.js';
import { type UnansweredQuery } from '../../recordings/unanswered-query.js';
import { MAX_UNANSWERED_QUERIES } from '../log/unanswered-queries.js';
import { type Schema } from '../migrations/schema.js';

export interface UnansweredQueryReads {
  /** The queries of a recording from which nothing was learned, the latest first, and their stored text in bytes. */
  unansweredQueries(recordingId: string): Promise<{ queries: UnansweredQuery[]; bytes: number }>;
}

const orNull = (value: number | null) => (value === null ? null : Number(value));

export function createUnansweredQueryReads(database: Kysely<Schema>): UnansweredQueryReads {
  return {
    async unansweredQueries(recordingId) {
      const rows = await database
        .selectFrom('unanswered_queries')
        .selectAll()
        .where('recording_id', '=', recordingId)
        .orderBy('number', 'desc')
        .limit(MAX_UNANSWERED_QUERIES)
        .execute();
      const queries = rows.map((row) => ({
        id: row.id,
        recordingId: row.recording_id,
        reason: row.reason as CallReason,
        requestedAt: Number(row.requested_at),
        sentAt: orNull(row.sent_at),
        answeredAt: orNull(row.answered_at),
        endedAt: Number(row.ended_at),
        httpStatus: orNull(row.http_status),
        agoraCode: orNull(row.agora_code),
        message: row.message,
        requestId: row.request_id,
      }));
      const bytes = rows.reduce(
        (sum, { message, request_id: requestId }) => sum + (message?.length ?? 0) + (requestId?.length ?? 0),
        0,
      );
      return { queries, bytes };
    },
  };
}
