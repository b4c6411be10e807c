import { connect, createServer, type AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { fold } from '../../src/recordings/fold/fold.js';
import { visiblePart } from '../../src/recordings/view/recording.js';
import { emptyState } from '../../src/recordings/state.js';
import { openDatabase } from '../../src/store/drivers/database.js';
import { migrate } from '../../src/store/migrations/migrate.js';
import { StoreSlowError, StoreUnavailableError } from '../../src/store/errors.js';
import { seededRandom } from '../../packages/sandbox/src/random.js';
import { type Store, type StoreOptions } from '../../src/store/store.js';
import { APP_ID, CHANNEL, notification, queried, started, T0, UID } from '../recordings/observations.js';
import { administer, endStatements } from '../support/databases/databases.js';
import { sized } from '../support/size.js';
import { waitFor } from '../support/wait-for.js';
import { emptyDatabase, logOf, openAttempt, storeDatabase } from './support.js';
import { failOnUnreadable } from '../support/fail-on-unreadable.js';

const incoming: typeof notification = (type, details, about) =>
  notification(type, details, { recordingId: null, ...about });

/** Two gateways' stores on one database, each with its own connections. */
async function twoStores(): Promise<[Store, Store]> {
  const database = await storeDatabase('PostgreSQL');
  return await Promise.all([database.open(), database.open()]);
}

describe('Two gateways on one PostgreSQL', () => {
  it('start at once on an empty database, and keep one key', async () => {
    const database = await emptyDatabase('PostgreSQL');
    const stores = await Promise.all(
      ['a', 'b', 'c', 'd'].map((key) => database.open({ mintKey: () => key })),
    );
    expect(new Set(stores.map(({ inputKey }) => inputKey)).size).toBe(1);
  });

  it('know what either has received', async () => {
    const [left, right] = await twoStores();
    await openAttempt(left, 'ours');
    expect((await right.record(incoming(40, {}, { at: 2 }))).recordingId).toBe('ours');
    await left.record(started({ at: 1, recordingId: 'ours' }));
    expect(await right.recordings(['ours'])).toEqual(await left.recordings(['ours']));
    const again = await left.record(incoming(40, {}, { at: 2 }));
    expect(again).toMatchObject({ outcome: 'duplicate', recordingId: 'ours' });
  });

  it(`fold ${sized(150, 1_000, 10_000)} interleaved observations of one recording into what its log gives`, async () => {
    const [left, right] = await twoStores();
    await openAttempt(left, 'ours');
    await left.record(started({ at: 1, recordingId: 'ours' }));
    const count = sized(150, 1_000, 10_000);
    const observations = Array.from({ length: count }, (_, index) =>
      index % 100 === 7
        ? queried(5, { at: index, recordingId: 'ours' })
        : incoming(
            [42, 43, 44, 45, 33][index % 5] ?? 42,
            { streamUid: String(index % 9), state: index % 3, fileName: `${index}.jpg`, progress: index },
            { at: index, sequence: index },
          ),
    );
    const seed = Math.floor(Math.random() * 2 ** 32);
    const random = seededRandom(seed);
    // Any of them comes to either, some to both as Agora's redundant copies do, and each up to a hundred places late.
    const sends = observations
      .flatMap((observation, index) => {
        const [store, other] = random() < 0.5 ? [left, right] : [right, left];
        const sent = [{ store, observation, place: index + random() * 100 }];
        if (random() < 0.1 && observation.content.kind === 'notification') {
          const copy = { ...observation, id: `copy-${index}` };
          sent.push({ store: other, observation: copy, place: index + random() * 100 });
        }
        return sent;
      })
      .sort((one, another) => one.place - another.place);
    console.info(`${sends.length} observations, seed ${seed}`);
    const outcomes: string[] = [];
    const rest = sends.values();
    await Promise.all(
      Array.from({ length: 1_000 }, async () => {
        for (const { store, observation } of rest) outcomes.push((await store.record(observation)).outcome);
      }),
    );
    expect(outcomes.filter((outcome) => outcome === 'stored')).toHaveLength(count);
    const log = [];
    let after: string | undefined;
    for (;;) {
      const page = await right.eventPage('ours', { after }, 1_000);
      log.push(...page.items.map(({ item }) => item));
      after = page.items.at(-1)?.cursor;
      if (!page.hasNextPage) break;
    }
    const rebuilt = log.reduce(
      (state, { observation }) => fold(state, observation),
      emptyState({ id: 'ours', appId: APP_ID, channel: CHANNEL, uid: UID, firstSeenAt: T0 }),
    );
    const [state] = await left.states(['ours']);
    expect(visiblePart(state!)).toEqual(visiblePart(rebuilt));
    expect(state!.bookkeeping.notifications).toBe(
      log.filter(({ observation }) => observation.content.kind === 'notification').length,
    );
    expect(new Set(log.map(({ observation }) => observation.id)).size).toBe(log.length);
    expect(state!.bookkeeping.sequences).toEqual(rebuilt.bookkeeping.sequences);
  });

  it('give a reader that tails the log every entry once, in the order of commit', async () => {
    const [left, right] = await twoStores();
    const perWriter = sized(60, 300, 4_000);
    let writing = true;
    const writers = [left, right, left, right].map(async (store, writer) => {
      for (let index = 0; index < perWriter; index += 1) {
        await store.record(
          incoming(42, {}, { at: index, sid: `sid-${writer}`, uid: `${writer}`, sequence: index }),
        );
      }
    });
    const seen: number[] = [];
    const tail = (async () => {
      for (let last = false; ;) {
        last = !writing;
        const entries = await right.tail(seen.at(-1) ?? 0, 100);
        seen.push(...entries.map(({ position }) => position));
        if (last && entries.length === 0) return;
      }
    })();
    await Promise.all(writers);
    writing = false;
    await tail;
    expect(seen).toHaveLength(4 * perWriter);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('find two recordings to be one, whichever of them sees it', async () => {
    const [left, right] = await twoStores();
    await openAttempt(left, 'ours');
    const { recordingId: theirs } = await right.record(incoming(42, {}, { at: 8, uid: '104' }));
    await Promise.all([
      left.record(started({ at: 1, recordingId: 'ours' })),
      right.record(incoming(43, { streamUid: '1', state: 0 }, { at: 9, uid: '104' })),
    ]);
    const [byOurs, byTheirs] = await right.recordings(['ours', theirs]);
    expect(byOurs).toEqual(byTheirs);
    expect(await logOf(left, 'ours')).toHaveLength(4);
  });
});

const FIRST_PAGE = { first: 10, after: null, filter: {}, orderBy: 'STARTED_AT_DESC' } as const;
const PAGE = 'select "recordings"."id"%';

describe('A read that takes PostgreSQL too long', () => {
  it('fails only for its caller, and does not count as an outage', async () => {
    const database = await storeDatabase('PostgreSQL');
    const onUnavailable = vi.fn<StoreOptions['onUnavailable'] & {}>();
    const onSlow = vi.fn<StoreOptions['onSlow'] & {}>();
    const store = await database.open({ onUnavailable, onSlow });
    await openAttempt(store, 'ours');
    await store.record(started({ at: 1, recordingId: 'ours' }));
    const page = () =>
      store.recordingPage({ first: 10, after: null, filter: {}, orderBy: 'STARTED_AT_DESC' });
    await administer(database.url, async (client) => {
      await client.query('begin; lock table recordings in access exclusive mode');
      const read = page().catch((error: unknown) => error);
      await waitFor(async () => (await endStatements(database.url, PAGE, 'pg_cancel_backend')) === 1);
      expect(await read).toBeInstanceOf(StoreSlowError);
      await client.query('rollback');
    });
    expect(onSlow).toHaveBeenCalledOnce();
    expect(onUnavailable).not.toHaveBeenCalled();
    expect(store.isAvailable()).toBe(true);
    expect((await page()).items).toHaveLength(1);
  });

  it('keeps no write waiting, however many there are', async () => {
    const { url } = await storeDatabase('PostgreSQL');
    const onFailure = vi.fn();
    const database = openDatabase(url, { onFailure });
    onTestFinished(() => database.close());
    const { kysely, longReads } = database;
    const reads = Array.from({ length: 30 }, () =>
      sql`select pg_sleep(60)`.execute(longReads!).catch((error: unknown) => error),
    );
    for (let writes = 0; writes < 20; writes += 1) {
      await kysely.transaction().execute((transaction) => sql`select 1`.execute(transaction));
    }
    // Four have a connection; the others give up waiting for one.
    for (const read of await Promise.all(reads.slice(4))) expect(read).toBeInstanceOf(StoreSlowError);
    expect(await endStatements(url, 'select pg_sleep%', 'pg_cancel_backend')).toBe(4);
    for (const read of await Promise.all(reads)) expect(read).toBeInstanceOf(StoreSlowError);
    expect(onFailure).not.toHaveBeenCalled();
  });

  it('is an outage where its connection is lost', async () => {
    const database = await storeDatabase('PostgreSQL');
    const onUnavailable = vi.fn<StoreOptions['onUnavailable'] & {}>();
    const store = await database.open({ onUnavailable });
    await administer(database.url, async (client) => {
      await client.query('begin; lock table recordings in access exclusive mode');
      const read = store.recordingPage(FIRST_PAGE).catch((error: unknown) => error);
      await waitFor(async () => (await endStatements(database.url, PAGE, 'pg_terminate_backend')) === 1);
      expect(await read).toBeInstanceOf(StoreUnavailableError);
      await client.query('rollback');
    });
    expect(onUnavailable).toHaveBeenCalledOnce();
  });
});

/** What a server sends when it is ready for the first statement, and what it sends before it ends a connection. */
const READY_FOR_QUERY = Buffer.from('Z\0\0\0\x05I', 'latin1');
const TERMINATED = Buffer.from('E\0\0\0\x2aSFATAL\0C57P01\0Madministrator command\0\0', 'latin1');

/** Stands before a server, and ends each connection together with the login's last message, while that is asked for. */
async function openTerminatingProxy(target: string): Promise<{ url: string; terminates: boolean }> {
  const url = new URL(target);
  const { hostname, port } = url;
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    client.pipe(upstream).on('error', () => client.destroy());
    client.on('error', () => upstream.destroy());
    upstream.on('end', () => client.end());
    upstream.on('data', (data: Buffer) => {
      if (!proxy.terminates || !data.includes(READY_FOR_QUERY)) client.write(data);
      else {
        client.end(Buffer.concat([data, TERMINATED]));
        upstream.destroy();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const proxy = { url: url.href, terminates: true };
  return proxy;
}

describe('A connection to PostgreSQL that is terminated at the moment its login ends', () => {
  it('fails the statement that waits for it, and the next one gets another', async () => {
    const proxy = await openTerminatingProxy((await storeDatabase('PostgreSQL')).url);
    const onFailure = vi.fn();
    const database = openDatabase(proxy.url, { onFailure });
    onTestFinished(() => database.close());
    const read = () => database.kysely.selectFrom('meta').select('key').execute();
    await expect(read()).rejects.toBeInstanceOf(StoreUnavailableError);
    await expect(database.hold('gateway')).rejects.toBeInstanceOf(StoreUnavailableError);
    proxy.terminates = false;
    expect(await read()).not.toEqual([]);
    expect(onFailure).toHaveBeenCalled();
  });
});

describe('A migration on PostgreSQL', () => {
  it('is run again after a deadlock with a transaction of another gateway', async () => {
    const { url } = await emptyDatabase('PostgreSQL');
    const onFailure = vi.fn();
    const database = openDatabase(url, { onFailure });
    onTestFinished(() => database.close());
    await migrate(database, { onUnreadable: failOnUnreadable, to: '0002-several-gateways' });
    await administer(url, async (client) => {
      const { rows } = await client.query<{ name: string }>('select current_database() as name');
      await client.query(`alter database "${rows[0]?.name}" set deadlock_timeout = '3s'`);
      // The database ends the transaction whose time is over first: that of the migration.
      await client.query("set deadlock_timeout = '10min'");
      await client.query('begin; lock table observation_keys in access exclusive mode');
      const onProgress = vi.fn();
      const migrating = migrate(database, {
        onUnreadable: failOnUnreadable,
        to: '0003-log-knows-repetitions',
        onProgress,
      });
      await waitFor(async () => {
        const waiting = await client.query(
          `select from pg_locks where relation = 'observation_keys'::regclass and not granted`,
        );
        return waiting.rowCount === 1;
      });
      const reports = onProgress.mock.calls.length;
      await client.query('lock table observations in access share mode; commit');
      await migrating;
      expect(onProgress).toHaveBeenCalledTimes(2 * reports);
    });
    expect(onFailure).not.toHaveBeenCalled();
  });
});
