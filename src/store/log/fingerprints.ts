import { type SecretFingerprint } from '@agora-recording-gateway/agora/redaction/fingerprint';
import { type Kysely, type Transaction } from 'kysely';
import { type Schema } from '../migrations/schema.js';

/** Fingerprints of one kind that are kept of one owner; newer ones replace the oldest. */
export const MAX_FINGERPRINTS_PER_KIND = 30;

/** The same for the account, whose storage profiles may each renew three values an hour. */
export const MAX_ACCOUNT_FINGERPRINTS = 300;

/** Fingerprints of a channel that are looked for in a message about it: the newest of all its recordings. */
export const MAX_CHANNEL_FINGERPRINTS = 200;

/** What secrets came with. Newer ones replace only those of their kind. */
export type SecretKind = 'account' | 'start' | 'storage' | 'push';

/** Where secrets may be echoed: in messages about a channel and about a recording. */
export interface SecretOwner {
  appId: string;
  channel: string;
  /** Null before the recording has an id. */
  recordingId: string | null;
}

/** What a message is about, as far as it says. */
export interface MessageSubject {
  appId: string;
  channel: string;
  sid: string | null;
}

export interface FingerprintStore {
  /** Keeps fingerprints; without an owner they belong to the whole account. Durable when it resolves. `at`: gateway time. */
  keep(
    owner: SecretOwner | null,
    kind: SecretKind,
    fingerprints: readonly SecretFingerprint[],
    at: number,
  ): Promise<void>;
  /** Grows with each new fingerprint, in commit order: what was read at one number is complete until the next. */
  latestNumber(): Promise<number>;
  ofAccount(): Promise<SecretFingerprint[]>;
  /** Those of the channel, and those of the recording with the sid, whatever its channel. */
  ofSubject(subject: MessageSubject): Promise<SecretFingerprint[]>;
}

/** The columns cannot be null, so that the unique index holds in both databases. */
const NONE = '';

async function keepNewest(
  transaction: Transaction<Schema>,
  owner: { app_id: string; channel: string; recording_id: string; kind: SecretKind },
  limit: number,
): Promise<void> {
  await transaction
    .deleteFrom('secret_fingerprints')
    .where('number', 'in', (select) =>
      select
        .selectFrom('secret_fingerprints')
        .select('number')
        .where('app_id', '=', owner.app_id)
        .where('channel', '=', owner.channel)
        .where('recording_id', '=', owner.recording_id)
        .where('kind', '=', owner.kind)
        .orderBy('kept_at', 'desc')
        .orderBy('number', 'desc')
        .limit(Number.MAX_SAFE_INTEGER)
        .offset(limit),
    )
    .execute();
}

export function createFingerprintStore(database: Kysely<Schema>): FingerprintStore {
  const select = () => database.selectFrom('secret_fingerprints').select(['length', 'checksum', 'digest']);

  return {
    async keep(owner, kind, fingerprints, at) {
      if (fingerprints.length === 0) return;
      const columns = {
        app_id: owner?.appId ?? NONE,
        channel: owner?.channel ?? NONE,
        recording_id: owner?.recordingId ?? NONE,
        kind,
      };
      const unique = new Map(fingerprints.map((fingerprint) => [fingerprint.digest, fingerprint]));
      await database.transaction().execute(async (transaction) => {
        await transaction
          .insertInto('secret_fingerprints')
          .values([...unique.values()].map((fingerprint) => ({ ...columns, ...fingerprint, kept_at: at })))
          .onConflict((conflict) =>
            conflict
              .columns(['app_id', 'channel', 'recording_id', 'kind', 'digest'])
              .doUpdateSet({ kept_at: at }),
          )
          .execute();
        const limit = owner === null ? MAX_ACCOUNT_FINGERPRINTS : MAX_FINGERPRINTS_PER_KIND;
        await keepNewest(transaction, columns, limit);
      });
    },
    async latestNumber() {
      const row = await database
        .selectFrom('secret_fingerprints')
        .select((all) => all.fn.max('number').as('latest'))
        .executeTakeFirstOrThrow();
      return Number(row.latest ?? 0);
    },
    ofAccount: () =>
      select()
        .where('app_id', '=', NONE)
        .where('channel', '=', NONE)
        .limit(MAX_ACCOUNT_FINGERPRINTS)
        .execute(),
    async ofSubject({ appId, channel, sid }) {
      const ofChannel = await select()
        .where('app_id', '=', appId)
        .where('channel', '=', channel)
        .orderBy('kept_at', 'desc')
        .orderBy('number', 'desc')
        .limit(MAX_CHANNEL_FINGERPRINTS)
        .execute();
      if (sid === null) return ofChannel;
      const recording = await database
        .selectFrom('recordings')
        .select('id')
        .where('app_id', '=', appId)
        .where('sid', '=', sid)
        .executeTakeFirst();
      if (recording === undefined) return ofChannel;
      const ofRecording = await select()
        .where((where) =>
          where.or([
            where('recording_id', '=', recording.id),
            where(
              'recording_id',
              'in',
              where.selectFrom('recording_aliases').select('id').where('recording_id', '=', recording.id),
            ),
          ]),
        )
        .execute();
      return [...ofChannel, ...ofRecording];
    },
  };
}

/** Removes up to `limit` fingerprints kept before `before` whose recording is gone or never was. Returns how many. */
export async function removeFingerprints(
  transaction: Transaction<Schema>,
  before: number,
  limit: number,
): Promise<number> {
  const { numDeletedRows } = await transaction
    .deleteFrom('secret_fingerprints')
    .where('number', 'in', (select) =>
      select
        .selectFrom('secret_fingerprints')
        .select('number')
        .where('kept_at', '<', before)
        .where('app_id', '<>', NONE)
        .where('recording_id', 'not in', (ids) => ids.selectFrom('recordings').select('id'))
        .where('recording_id', 'not in', (ids) => ids.selectFrom('recording_aliases').select('id'))
        .limit(limit),
    )
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
