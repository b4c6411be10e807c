import { type Kysely } from 'kysely';
import { type UnansweredQuery } from '../../recordings/unanswered-query.js';
import { type Schema } from '../migrations/schema.js';
import { currentIdIn } from './current-id.js';

/** Queries that are kept of one recording: the latest ones. */
export const MAX_UNANSWERED_QUERIES = 100;

/** Longer messages are cut. */
const MAX_MESSAGE_CHARACTERS = 500;

export interface UnansweredQueryStore {
  /** Keeps a query of a recording that is there. It is not an event, and changes nothing of the recording. */
  keep(query: UnansweredQuery): Promise<void>;
}

export function createUnansweredQueryStore(database: Kysely<Schema>): UnansweredQueryStore {
  return {
    async keep({ recordingId, ...query }) {
      await database.transaction().execute(async (transaction) => {
        // It may have been removed while the query was under way.
        const recording = await transaction
          .selectFrom('recordings')
          .select('id')
          .where('id', '=', await currentIdIn(transaction, recordingId))
          .executeTakeFirst();
        if (recording === undefined) return;
        await transaction
          .insertInto('unanswered_queries')
          .values({
            id: query.id,
            recording_id: recording.id,
            reason: query.reason,
            requested_at: query.requestedAt,
            sent_at: query.sentAt,
            answered_at: query.answeredAt,
            ended_at: query.endedAt,
            http_status: query.httpStatus,
            agora_code: query.agoraCode,
            message: query.message?.slice(0, MAX_MESSAGE_CHARACTERS) ?? null,
            request_id: query.requestId,
          })
          .execute();
        await transaction
          .deleteFrom('unanswered_queries')
          .where('recording_id', '=', recording.id)
          .where('number', '<=', (select) =>
            select
              .selectFrom('unanswered_queries')
              .select('number')
              .where('recording_id', '=', recording.id)
              .orderBy('number', 'desc')
              .limit(1)
              .offset(MAX_UNANSWERED_QUERIES),
          )
          .execute();
      });
    },
  };
}
