import { type Kysely, type Selectable } from 'kysely';
import { type Observation } from '../../recordings/observation.js';
import { type Schema, type StartAttemptsTable } from '../migrations/schema.js';
import { ATTEMPT_OBSERVATIONS } from '../log/stored-content.js';

/** A start as it was written down before it was sent. Holds no secret. */
export interface StartAttempt {
  /** Minted before Agora is asked; the recording's own id. */
  recordingId: string;
  appId: string;
  channel: string;
  uid: string;
  /** Of the start that was last sent. */
  resourceId: string;
  idempotencyKey: string | null;
  /** HMAC of the input that the key was first used with. */
  inputHash: string | null;
  /** The input of the start as JSON, from which it can be sent again; null where secrets came with it. */
  input: string | null;
  acquiredAt: number;
  createdAt: number;
  /** The first observation of the recording that it becomes. */
  observation: Observation;
}

export type AttemptOutcome = StartAttemptsTable['outcome'];

/** Its observation is read when the recording begins, and not before. */
export interface StoredAttempt extends Omit<StartAttempt, 'observation'> {
  outcome: AttemptOutcome;
  /** Whether it was sent again with another resource, which happens at most once. */
  renewed: boolean;
}

/** Another start has the idempotency key. */
export class KeyTakenError extends Error {}

export interface AttemptStore {
  /** Writes an attempt down. Durable when it resolves; rejects with KeyTakenError. */
  open(attempt: StartAttempt): Promise<void>;
  /** Written before an unconfirmed start is sent again with another resource. */
  renew(recordingId: string, resourceId: string, acquiredAt: number): Promise<void>;
  /** Agora refused it: no recording comes of it, and its idempotency key is free again. */
  refuse(recordingId: string, at: number): Promise<void>;
  find(recordingId: string): Promise<StoredAttempt | null>;
  findByKey(idempotencyKey: string): Promise<StoredAttempt | null>;
  /** What a crash left without an outcome, and what is in doubt since then, the latest first. */
  unsettled(since: number, limit: number): Promise<StoredAttempt[]>;
}

function attemptOf(row: Selectable<StartAttemptsTable>): StoredAttempt {
  return {
    recordingId: row.recording_id,
    appId: row.app_id,
    channel: row.channel,
    uid: row.uid,
    resourceId: row.resource_id,
    idempotencyKey: row.idempotency_key,
    inputHash: row.input_hash,
    input: row.input,
    acquiredAt: Number(row.acquired_at),
    createdAt: Number(row.created_at),
    outcome: row.outcome,
    renewed: row.renewed === 1,
  };
}

export function createAttemptStore(database: Kysely<Schema>): AttemptStore {
  /** In a transaction, which checks that the store is still the one that was opened. */
  const write = <T>(work: (transaction: Kysely<Schema>) => Promise<T>): Promise<T> =>
    database.transaction().execute(work);
  const select = () => database.selectFrom('start_attempts').selectAll();
  return {
    async open(attempt) {
      const { numInsertedOrUpdatedRows } = await write((transaction) =>
        transaction
          .insertInto('start_attempts')
          .values({
            recording_id: attempt.recordingId,
            app_id: attempt.appId,
            channel: attempt.channel,
            uid: attempt.uid,
            resource_id: attempt.resourceId,
            idempotency_key: attempt.idempotencyKey,
            input_hash: attempt.inputHash,
            input: attempt.input,
            acquired_at: attempt.acquiredAt,
            created_at: attempt.createdAt,
            observation: ATTEMPT_OBSERVATIONS.write(attempt.observation),
            outcome: 'PENDING',
            renewed: 0,
            settled_at: null,
          })
          .onConflict((conflict) => conflict.column('idempotency_key').doNothing())
          .executeTakeFirstOrThrow(),
      );
      if (numInsertedOrUpdatedRows !== 1n) throw new KeyTakenError();
    },
    async renew(recordingId, resourceId, acquiredAt) {
      await write((transaction) =>
        transaction
          .updateTable('start_attempts')
          .set({ resource_id: resourceId, acquired_at: acquiredAt, outcome: 'PENDING', renewed: 1 })
          .where('recording_id', '=', recordingId)
          .execute(),
      );
    },
    async refuse(recordingId, at) {
      await write((transaction) =>
        transaction
          .updateTable('start_attempts')
          .set({ outcome: 'REFUSED', settled_at: at, idempotency_key: null })
          .where('recording_id', '=', recordingId)
          .execute(),
      );
    },
    async find(recordingId) {
      const row = await select().where('recording_id', '=', recordingId).executeTakeFirst();
      return row === undefined ? null : attemptOf(row);
    },
    async findByKey(idempotencyKey) {
      const row = await select().where('idempotency_key', '=', idempotencyKey).executeTakeFirst();
      return row === undefined ? null : attemptOf(row);
    },
    async unsettled(since, limit) {
      const rows = await select()
        .where((where) =>
          where.or([
            where('outcome', '=', 'PENDING'),
            where.and([where('outcome', '=', 'IN_DOUBT'), where('created_at', '>', since)]),
          ]),
        )
        .orderBy('outcome', 'desc')
        .orderBy('created_at', 'desc')
        .limit(limit)
        .execute();
      return rows.map(attemptOf);
    },
  };
}
