import { type Kysely } from 'kysely';
import * as z from 'zod';
import { type AuditEntry } from '../../recordings/audit.js';
import { type ObservationContent } from '../../recordings/observation.js';
import { type Schema } from '../migrations/schema.js';
import { jsonColumn } from '../stored-json.js';
import { currentIdIn } from './current-id.js';
import { observationType } from './rows.js';
import { CONTENTS } from './stored-content.js';

/** What callers sent. An entry whose input cannot be read is shown without it. */
export const AUDITED_INPUTS = jsonColumn<{ input?: unknown }>(
  { table: 'audit_entries', column: 'input' },
  { version: 1, schema: z.object({ input: z.unknown() }) },
);

/** The audit trail: every mutation that was sent. */
export interface AuditStore {
  /**
   * Durable when it resolves. `isEvent`: it is an event of its recording, too, if that is there. It changes nothing of the
   * recording, so it is not folded.
   */
  keep(entry: AuditEntry, isEvent: boolean): Promise<void>;
}

export function createAuditStore(database: Kysely<Schema>): AuditStore {
  return {
    async keep({ id, at, address, recordingId, place, ...mutation }, isEvent) {
      await database.transaction().execute(async (transaction) => {
        const { operation, caller, requestId, input, result, codes } = mutation;
        const current = recordingId === null ? null : await currentIdIn(transaction, recordingId);
        const recording = await transaction
          .selectFrom('recordings')
          .select(['id', 'app_id', 'channel', 'version'])
          .where('id', '=', current ?? '')
          .executeTakeFirst();
        await transaction
          .insertInto('audit_entries')
          .values({
            id,
            at,
            mutation: operation,
            caller,
            address,
            request_id: requestId,
            recording_id: current,
            app_id: recording?.app_id ?? place?.appId ?? null,
            channel: recording?.channel ?? place?.channel ?? null,
            input: AUDITED_INPUTS.write({ input }),
            result,
            error_codes: codes.join(' '),
          })
          .execute();
        if (recording === undefined || !isEvent) return;
        const content: ObservationContent = { kind: 'mutation', ...mutation };
        await transaction
          .insertInto('observations')
          .values({
            id,
            app_id: recording.app_id,
            recording_id: recording.id,
            source: 'COMMAND',
            type: observationType(content, 'COMMAND'),
            occurred_at: at,
            received_at: at,
            content: CONTENTS.write(content),
            raw: null,
            hash: '',
            version: recording.version,
            changed: 0,
          })
          .execute();
      });
    },
  };
}
