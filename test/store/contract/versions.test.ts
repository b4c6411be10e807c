import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';
import { expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../src/store/drivers/database.js';
import { type RecordingFilter } from '../../../src/store/reads/filter.js';
import { migrate } from '../../../src/store/migrations/migrate.js';
import { VERSIONS } from '../../../src/store/migrations/migrations.js';
import {
  APP_ID,
  CHANNEL,
  described,
  notification,
  queried,
  SECOND,
  started,
  stopped,
  T0,
  UID,
} from '../../recordings/observations.js';
import { logOf, onBothDatabases, openAttempt, recordAll } from '../support.js';
import { failOnUnreadable } from '../../support/fail-on-unreadable.js';
import { SOAK } from '../../support/size.js';

/**
 * What a store of each version held, table by table, and what was read of it then. A version that is new gets its file
 * from `KEEP_VERSION=1 npx vitest run test/store/contract/versions.test.ts`; it is never written again.
 */
const fileOf = (version: string) => new URL(`../versions/${version}.json`, import.meta.url);

interface Kept {
  tables: Record<string, Record<string, string | number | null>[]>;
  /** The ids of recordings, with their phases. */
  phases: Record<string, string>;
  /** How many entries the log of each recording had. */
  entries: Record<string, number>;
}

const TABLES = [
  'recordings',
  'recording_metadata',
  'recording_files',
  'recording_problems',
  'recording_aliases',
  'observations',
  'removed_notifications',
  'start_attempts',
  'removed_recordings',
  'secret_fingerprints',
  'acquired_resources',
  'audit_entries',
  'unknown_recordings',
  'notifications_set_aside',
  'unanswered_queries',
  'meta',
];

type AnyTables = Kysely<Record<string, Record<string, unknown>>>;

const incoming: typeof notification = (type, details, about) =>
  notification(type, details, { recordingId: null, ...about });

async function withDatabase(url: string, work: (database: Database, tables: AnyTables) => Promise<void>) {
  const database = openDatabase(url);
  try {
    await work(database, database.kysely as unknown as AnyTables);
  } finally {
    await database.close();
  }
}

async function load(url: string, version: string, kept: Kept): Promise<void> {
  await withDatabase(url, async (database, tables) => {
    await migrate(database, { onUnreadable: failOnUnreadable, to: version });
    // The version that the store needs is among what was kept.
    await tables.deleteFrom('meta').execute();
    for (const [table, rows] of Object.entries(kept.tables)) {
      for (const row of rows) {
        const columns = sql.join(Object.keys(row).map((column) => sql.ref(column)));
        // The database numbers its rows, except here.
        const isNumbered = 'position' in row || 'number' in row;
        const anyway =
          database.position.type === 'bigint' && isNumbered ? sql`overriding system value` : sql``;
        await sql`insert into ${sql.table(table)} (${columns}) ${anyway} values (${sql.join(Object.values(row))})`.execute(
          tables,
        );
      }
    }
    if (database.position.type === 'bigint') {
      await sql`select setval(pg_get_serial_sequence('observations', 'position'), 1000)`.execute(tables);
    }
  });
}

onBothDatabases(({ kind, newDatabase, withoutTables }) => {
  const isKept =
    process.env.KEEP_VERSION !== '1' || kind !== 'SQLite' || existsSync(fileOf(VERSIONS.at(-1) ?? ''));
  if (!isKept)
    it('the version of now is kept', async () => {
      const version = VERSIONS.at(-1) ?? '';
      const source = await newDatabase();
      const store = await source.open({ maxUnknownRecordings: 3 });
      await openAttempt(store, 'ours', { startedBy: 'teacher' });
      await openAttempt(store, 'pending', { at: 5, channel: 'pending' });
      await recordAll(store, [
        incoming(42, {}, { at: 8, uid: '104', sequence: 0 }),
        started({ at: 1, recordingId: 'ours' }),
        described([{ key: 'title', value: 'Algebra' }], { at: 8, recordingId: 'ours' }),
        incoming(33, { progress: 100 }, { at: 9, sequence: 0 }),
        incoming(33, { progress: 200 }, { at: 10, sequence: 4, noticeId: 'kept' }),
        queried(5, { at: 12, recordingId: 'ours', response: { fileList: [{ fileName: 'a.mp4' }] } }),
        stopped({ uploadingStatus: 'unknown' }, { at: 13, recordingId: 'ours' }),
        incoming(40, {}, { at: 14, sid: 'another', cname: 'else\0where' }),
        incoming(31, {}, { at: 15, sid: 'ended', cname: 'ended' }),
        incoming(31, {}, { at: 16, sid: 'aside', cname: 'aside' }),
      ]);
      const owner = { appId: APP_ID, channel: CHANNEL, recordingId: 'ours' };
      const fingerprint = { length: 12, checksum: 7, digest: 'digest' };
      await store.fingerprints.keep(owner, [{ kind: 'start', fingerprint }], T0);
      await store.acquired.keep('resource', { facts: '{}', acquiredAt: T0 }, 1_000);
      const mutation = {
        id: 'audited',
        at: T0,
        operation: 'stopRecording',
        caller: 'teacher',
        input: { a: 1 },
      };
      const request = { requestId: 'request', address: '127.0.0.1', result: 'OK' as const, codes: [] };
      await store.audit.keep({ ...mutation, ...request, recordingId: 'ours', place: null }, true);
      await store.unanswered.keep({
        id: 'unanswered',
        recordingId: 'ours',
        reason: 'HEARTBEAT',
        requestedAt: T0,
        sentAt: T0,
        answeredAt: null,
        endedAt: T0 + SECOND,
        httpStatus: null,
        agoraCode: null,
        message: 'No reply within 10000 ms.',
        requestId: null,
      });
      const phases: Record<string, string> = {};
      const entries: Record<string, number> = {};
      const page = await store.recordingPage({
        first: 9,
        after: null,
        filter: {},
        orderBy: 'STARTED_AT_ASC',
      });
      for (const { item } of page.items) {
        phases[item.id] = item.phase;
        entries[item.id] = (await logOf(store, item.id)).length;
      }
      await store.close();
      const tables: Kept['tables'] = {};
      await withDatabase(source.url, async (_database, any) => {
        for (const table of TABLES) {
          const rows = await any.selectFrom(table).selectAll().execute();
          tables[table] = rows as Kept['tables'][string];
        }
      });
      writeFileSync(fileOf(version), `${JSON.stringify({ phases, entries, tables }, null, 1)}\n`);
    });

  // PostgreSQL runs the same migrations, which only the longest run repeats for every version; the others do for the oldest and the newest store.
  const isTried = (_version: string, index: number) =>
    kind === 'SQLite' || SOAK || index === 0 || index === VERSIONS.length - 1;

  it.each(VERSIONS.filter(isTried))(
    'a store of version %s is brought to this one with all that it holds',
    async (version) => {
      const kept = JSON.parse(readFileSync(fileOf(version), 'utf8')) as Kept;
      const database = await withoutTables();
      await load(database.url, version, kept);
      // Of several gateways that start at once on PostgreSQL one migrates, and the others wait for it.
      const stores = await Promise.all(
        Array.from({ length: kind === 'SQLite' ? 1 : 3 }, () => database.open()),
      );
      const [store] = stores;
      if (store === undefined) throw new Error('No store was opened.');
      const page = await store.recordingPage({
        first: 99,
        after: null,
        filter: {},
        orderBy: 'STARTED_AT_ASC',
      });
      expect(Object.fromEntries(page.items.map(({ item }) => [item.id, item.phase]))).toEqual(kept.phases);
      for (const [id, count] of Object.entries(kept.entries))
        expect(await logOf(store, id)).toHaveLength(count);
      expect(await store.attempts.find('pending')).toMatchObject({ outcome: 'PENDING', channel: 'pending' });
      expect(store.inputKey).toBe('key');
      const repeated = incoming(33, { progress: 200 }, { at: 10, sequence: 4, noticeId: 'a copy' });
      const again = await store.record({ ...repeated, id: 'repeated' });
      expect(again).toMatchObject({ outcome: 'duplicate', recordingId: 'ours' });
      const head = await store.head();
      const next = await store.record({
        ...incoming(41, {}, { at: 20, sequence: 6, noticeId: 'next' }),
        id: 'next',
      });
      expect(next.recordingId).toBe('ours');
      expect(next.position).toBeGreaterThan(head);
    },
  );

  it('the screenshots of a store of version 0005 are listed by their names', async () => {
    const version = '0005-belongs-to-app-ids';
    const kept = JSON.parse(readFileSync(fileOf(version), 'utf8')) as Kept;
    const [row] = kept.tables.observations ?? [];
    const shots = ['b.jpg', null, 'a\0.jpg'].map((fileName, index) => {
      const { content } = incoming(45, { fileName }, { at: 30 + index, sequence: 30 + index });
      const own = {
        position: 500 + index,
        id: `shot ${index}`,
        notice_id: `shot ${index}`,
        content_key: null,
      };
      return {
        ...{ ...row, ...own, recording_id: 'ours', type: 'RECORDER_SNAPSHOT_FILE' },
        content: JSON.stringify(content),
      };
    });
    const database = await withoutTables();
    const observations = [...(kept.tables.observations ?? []), ...shots];
    await load(database.url, version, { ...kept, tables: { ...kept.tables, observations } });
    const store = await database.open();
    const { names } = await store.snapshotNames([{ recordingId: 'ours', after: null, limit: 9 }]);
    expect(names).toEqual([['a\0.jpg', 'b.jpg']]);
  });

  it('lists of a store of version 0008 are filtered by what its recordings have', async () => {
    const version = '0008-index-reads';
    const database = await withoutTables();
    await load(database.url, version, JSON.parse(readFileSync(fileOf(version), 'utf8')) as Kept);
    const store = await database.open();
    const list = async (filter: RecordingFilter) => {
      const page = await store.recordingPage({ first: 9, filter, orderBy: 'ENDED_AT_ASC' });
      return page.items.map(({ item }) => item);
    };
    const all = await list({});
    const ended = all.filter(({ endedAt }) => endedAt !== null);
    expect(ended.length).toBeGreaterThan(0);
    expect((await list({ endedAfter: 0 })).map(({ id }) => id)).toEqual(ended.map(({ id }) => id));
    for (const { id, upload, changedAt, storage } of all) {
      const same = await list({
        uploadStates: [upload.state],
        changedAfter: changedAt - 1,
        changedBefore: changedAt + 1,
        storageProfiles: storage === null ? null : [storage.profile ?? ''],
      });
      expect(same.map((recording) => recording.id)).toContain(id);
    }
  });

  it('an entry that cannot be read is reported by its migration, which continues without it', async () => {
    const version = '0002-several-gateways';
    const kept = JSON.parse(readFileSync(fileOf(version), 'utf8')) as Kept;
    const isNotification = (row: Kept['tables'][string][number]) => row.source === 'NOTIFICATION';
    const damaged = kept.tables.observations?.find(isNotification);
    const observations = kept.tables.observations?.map((row) =>
      row === damaged ? { ...row, content: '{' } : row,
    );
    const database = await withoutTables();
    await load(database.url, version, {
      ...kept,
      tables: { ...kept.tables, observations: observations ?? [] },
    });
    const problems: string[] = [];
    const store = await database.open({ onUnreadable: (problem) => problems.push(problem) });
    expect(problems).toContainEqual(
      `Cannot read column content of table observations, key ${damaged?.id}: it is not valid JSON.`,
    );
    expect(await store.head()).toBeGreaterThan(0);
  });

  it('a state that cannot be read is reported by its migration, which folds it from its log', async () => {
    const version = '0008-index-reads';
    const kept = JSON.parse(readFileSync(fileOf(version), 'utf8')) as Kept;
    const recordings = kept.tables.recordings?.map((row) =>
      row.id === 'ours' ? { ...row, state: '{' } : row,
    );
    const database = await withoutTables();
    await load(database.url, version, { ...kept, tables: { ...kept.tables, recordings: recordings ?? [] } });
    const problems: string[] = [];
    const store = await database.open({ onUnreadable: (problem) => problems.push(problem) });
    expect(problems).toContainEqual(
      'Cannot read column state of table recordings, key ours: it is not valid JSON.',
    );
    const [ours] = await store.recordings(['ours']);
    expect(ours?.phase).toBe(kept.phases.ours);
  });

  it('a store that belonged to a customer ID belongs to the projects of its recordings', async () => {
    const version = '0004-secret-fingerprints';
    const database = await withoutTables();
    await load(database.url, version, JSON.parse(readFileSync(fileOf(version), 'utf8')) as Kept);
    await expect(database.open({ appIds: ['another'] })).rejects.toThrow(
      `belongs to the Agora projects ${APP_ID}, and`,
    );
    expect(await (await database.open({ appIds: [APP_ID] })).head()).toBeGreaterThan(0);
  });

  it('what version 0002 knew of recordings that it had removed is known for the rest of their day', async () => {
    const version = '0002-several-gateways';
    const kept = JSON.parse(readFileSync(fileOf(version), 'utf8')) as Kept;
    const database = await withoutTables();
    const about = {
      at: 1,
      sid: 'gone',
      cname: 'gone',
      sequence: 7,
      noticeId: 'of: the first',
      hash: 'first',
    };
    const known = { app_id: APP_ID, recording_id: 'removed', received_at: T0 };
    const contentOf = `gone:${UID}:42:7:${T0 + SECOND}`;
    await load(database.url, version, {
      ...kept,
      tables: {
        ...kept.tables,
        removed_recordings: [{ id: 'removed', removed_at: T0, emptied: 1 }],
        observation_keys: [
          ...(kept.tables.observation_keys ?? []),
          { ...known, key: 'notice:of: the first', hash: 'first' },
          { ...known, key: `event:${contentOf}`, hash: 'first' },
          { ...known, key: 'exact:of: the first:second', hash: 'second' },
        ],
      },
    });
    const store = await database.open();
    const outcomes = async (name: string) => {
      const sent = [
        incoming(42, {}, about),
        incoming(42, {}, { ...about, noticeId: 'of a copy' }),
        incoming(42, {}, { ...about, hash: 'second' }),
        incoming(42, {}, { ...about, hash: 'third' }),
      ];
      const recorded = await Promise.all(
        sent.map((observation, index) => store.record({ ...observation, id: `${name} ${index}` })),
      );
      return recorded.map(({ outcome }) => outcome);
    };
    const day = 24 * 60 * 60 * SECOND;
    await store.removeEnded(0, T0 + day);
    expect(await outcomes('within the day')).toEqual(['duplicate', 'duplicate', 'duplicate', 'conflict']);
    await store.removeEnded(0, T0 + day + 1);
    expect(await outcomes('a day later')).toEqual(['conflict', 'duplicate', 'conflict', 'duplicate']);
  });
});
