import { type SecretFingerprint } from '@agora-recording-gateway/agora/redaction/fingerprint';
import { type Kysely, type Transaction } from 'kysely';
import { type Schema } from '../migrations/schema.js';

/** Fingerprints of one kind that are kept of one owner; newer ones replace the oldest. */
export const MAX_FINGERPRINTS_PER_KIND = 100;

/** The same for the account, whose storage profiles may each renew three values an hour. */
export const MAX_ACCOUNT_FINGERPRINTS = 300;

/** Fingerprints of a channel that are looked for in a message about it: the newest of all its recordings. */
export const MAX_CHANNEL_FINGERPRINTS = 400;

/** What secrets came with. Newer ones replace only those of their kind. */
export type SecretKind = 'account' | 'start' | 'storage' | 'push' | 'page';

/** Where secrets may be echoed: in messages about a channel and about a recording. */
export interface SecretOwner {
  appId: string;
  channel: string;
  /** Null before the recording has an id. */
  recordingId: string | null;
}

export interface OwnedFingerprint {
  kind: SecretKind;
  fingerprint: SecretFingerprint;
}

/** What a message is about, as far as it says. */
export interface MessageSubject {
  appId: string;
  channel: string;
  sid: string | null;
}

export interface FingerprintStore {
  /** Keeps fingerprints; without an owner they belong to the whole account. Durable when it resolves. `at`: gateway time. */
  keep(owner: SecretOwner | null, fingerprints: readonly OwnedFingerprint[], at: number): Promise<void>;
  /**
   * For each subject those of the account, of the channel, and of the recording with the sid, whatever its channel. Null
   * stands for a message that is about no channel.
   */
  ofSubjects(subjects: readonly (MessageSubject | null)[]): Promise<SecretFingerprint[][]>;
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

type Row = SecretFingerprint & { app_id: string; channel: string };

const ACCOUNT = { app_id: NONE, channel: NONE };

/** The newest fingerprints of each of the channels, and of the account. */
async function ofChannels(
  database: Kysely<Schema>,
  channels: readonly { app_id: string; channel: string }[],
): Promise<Row[]> {
  const rows = await database
    .with('ranked', (ranked) =>
      ranked
        .selectFrom('secret_fingerprints')
        .select(['app_id', 'channel', 'length', 'checksum', 'digest'])
        .select((all) =>
          all.fn
            .agg<number>('row_number')
            .over((over) =>
              over.partitionBy(['app_id', 'channel']).orderBy('kept_at', 'desc').orderBy('number', 'desc'),
            )
            .as('rank'),
        )
        .where((where) =>
          where.or(
            channels.map(({ app_id, channel }) =>
              where.and([where('app_id', '=', app_id), where('channel', '=', channel)]),
            ),
          ),
        ),
    )
    .selectFrom('ranked')
    .select(['app_id', 'channel', 'length', 'checksum', 'digest'])
    .where('rank', '<=', MAX_CHANNEL_FINGERPRINTS)
    .execute();
  return rows;
}

interface SidRow extends SecretFingerprint {
  app_id: string;
  sid: string | null;
}

/** Those of the recordings with these sids, also under ids that they had before they were merged. */
async function ofSids(
  database: Kysely<Schema>,
  sids: readonly { appId: string; sid: string }[],
): Promise<SidRow[]> {
  if (sids.length === 0) return [];
  const recordings = await database
    .selectFrom('recordings')
    .leftJoin('recording_aliases', 'recording_aliases.recording_id', 'recordings.id')
    .select(['recordings.app_id', 'recordings.sid', 'recordings.id', 'recording_aliases.id as alias'])
    .where((where) =>
      where.or(
        sids.map(({ appId, sid }) =>
          where.and([where('recordings.app_id', '=', appId), where('recordings.sid', '=', sid)]),
        ),
      ),
    )
    .execute();
  if (recordings.length === 0) return [];
  const ids = new Map<string, { app_id: string; sid: string | null }>();
  for (const { app_id, sid, id, alias } of recordings) {
    ids.set(id, { app_id, sid });
    if (alias !== null) ids.set(alias, { app_id, sid });
  }
  const rows = await database
    .selectFrom('secret_fingerprints')
    .select(['recording_id', 'length', 'checksum', 'digest'])
    .where('recording_id', 'in', [...ids.keys()])
    .execute();
  return rows.flatMap(({ recording_id, ...fingerprint }) => {
    const recording = ids.get(recording_id);
    return recording === undefined ? [] : [{ ...fingerprint, ...recording }];
  });
}

function grouped<T extends SecretFingerprint>(rows: readonly T[], keyOf: (row: T) => string) {
  const groups = new Map<string, SecretFingerprint[]>();
  for (const row of rows) {
    const { length, checksum, digest } = row;
    const group = groups.get(keyOf(row)) ?? [];
    group.push({ length, checksum, digest });
    groups.set(keyOf(row), group);
  }
  return (key: string) => groups.get(key) ?? [];
}

const pair = (first: string, second: string | null) => JSON.stringify([first, second]);

export function createFingerprintStore(database: Kysely<Schema>): FingerprintStore {
  return {
    async keep(owner, fingerprints, at) {
      if (fingerprints.length === 0) return;
      const columns = {
        app_id: owner?.appId ?? NONE,
        channel: owner?.channel ?? NONE,
        recording_id: owner?.recordingId ?? NONE,
      };
      const unique = new Map(
        fingerprints.map(({ kind, fingerprint }) => [
          `${kind} ${fingerprint.digest}`,
          { ...columns, kind, ...fingerprint, kept_at: at },
        ]),
      );
      await database.transaction().execute(async (transaction) => {
        await transaction
          .insertInto('secret_fingerprints')
          .values([...unique.values()])
          .onConflict((conflict) =>
            conflict
              .columns(['app_id', 'channel', 'recording_id', 'kind', 'digest'])
              .doUpdateSet({ kept_at: at }),
          )
          .execute();
        const limit = owner === null ? MAX_ACCOUNT_FINGERPRINTS : MAX_FINGERPRINTS_PER_KIND;
        for (const kind of new Set(fingerprints.map((each) => each.kind))) {
          await keepNewest(transaction, { ...columns, kind }, limit);
        }
      });
    },
    async ofSubjects(subjects) {
      const about = subjects.filter((subject) => subject !== null);
      const channels = new Map(
        about.map(({ appId, channel }) => [pair(appId, channel), { app_id: appId, channel }]),
      );
      const sids = about.flatMap(({ appId, sid }) => (sid === null ? [] : [{ appId, sid }]));
      const [byChannel, bySid] = await Promise.all([
        ofChannels(database, [ACCOUNT, ...channels.values()]),
        ofSids(database, sids),
      ]);
      const ofChannel = grouped(byChannel, ({ app_id, channel }) => pair(app_id, channel));
      const ofSid = grouped(bySid, ({ app_id, sid }) => pair(app_id, sid));
      const ofAccount = ofChannel(pair(NONE, NONE));
      return subjects.map((subject) =>
        subject === null
          ? ofAccount
          : [
              ...ofAccount,
              ...ofChannel(pair(subject.appId, subject.channel)),
              ...(subject.sid === null ? [] : ofSid(pair(subject.appId, subject.sid))),
            ],
      );
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
