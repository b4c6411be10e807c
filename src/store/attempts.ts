import { type Kysely } from 'kysely';
import { type Observation } from '../recordings/observation.js';
import { type Schema } from './schema.js';

/** A start as it was written down before it was sent. Holds no secret. */
export interface StartAttempt {
  /** Minted before Agora is asked; the recording's own id. */
  recordingId: string;
  appId: string;
  channel: string;
  uid: string;
  resourceId: string;
  idempotencyKey: string | null;
  /** HMAC of the input that the key was first used with. */
  inputHash: string | null;
  acquiredAt: number;
  createdAt: number;
  /** The first observation of the recording that it becomes. */
  observation: Observation;
}

export interface AttemptStore {
  /** Writes an attempt down. Durable when it resolves. */
  open(attempt: StartAttempt): Promise<void>;
  /** Agora refused it: no recording comes of it, and its idempotency key is free again. */
  refuse(recordingId: string, at: number): Promise<void>;
}

export function createAttemptStore(database: Kysely<Schema>): AttemptStore {
  return {
    async open(attempt) {
      await database
        .insertInto('start_attempts')
        .values({
          recording_id: attempt.recordingId,
          app_id: attempt.appId,
          channel: attempt.channel,
          uid: attempt.uid,
          resource_id: attempt.resourceId,
          idempotency_key: attempt.idempotencyKey,
          input_hash: attempt.inputHash,
          acquired_at: attempt.acquiredAt,
          created_at: attempt.createdAt,
          observation: JSON.stringify(attempt.observation),
          outcome: 'PENDING',
          settled_at: null,
        })
        .execute();
    },
    async refuse(recordingId, at) {
      await database
        .updateTable('start_attempts')
        .set({ outcome: 'REFUSED', settled_at: at, idempotency_key: null })
        .where('recording_id', '=', recordingId)
        .execute();
    },
  };
}
