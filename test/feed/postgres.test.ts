import { describe, expect, it, onTestFinished } from 'vitest';
import { createFeed, type Feed } from '../../src/feed/feed.js';
import { type Store } from '../../src/store/store.js';
import { createLog } from '../../src/telemetry/log.js';
import { notification } from '../recordings/observations.js';
import { type StoreDatabase, storeDatabase } from '../store/support.js';
import { administer } from '../support/databases/databases.js';
import { sized } from '../support/size.js';
import { waitFor } from '../support/wait-for.js';

const progress = (step: number, about: object = {}) =>
  notification(33, { progress: step }, { recordingId: null, at: step, sequence: step, ...about });

async function openFeed(store: Store): Promise<Feed> {
  const feed = await createFeed(store, createLog('silent'));
  onTestFinished(() => feed.close());
  return feed;
}

async function twoGateways(): Promise<{ database: StoreDatabase; left: Store; right: Store }> {
  const database = await storeDatabase('PostgreSQL');
  return { database, left: await database.open(), right: await database.open() };
}

const OF_GATEWAYS = `application_name = 'agora-recording-gateway' and datname = current_database()`;

/** Cuts the connections of all gateways on a database, and returns how many there were. */
async function cut(database: StoreDatabase, which: 'those that listen' | 'the others'): Promise<number> {
  let count = 0;
  await administer(database.url, async (client) => {
    const listening = which === 'those that listen' ? 'like' : 'not like';
    const { rowCount } = await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where ${OF_GATEWAYS} and query ${listening} 'listen%'`,
    );
    count = rowCount ?? 0;
  });
  return count;
}

async function untilListening(database: StoreDatabase, count: number): Promise<void> {
  await administer(database.url, async (client) => {
    await waitFor(async () => {
      const { rowCount } = await client.query(
        `select 1 from pg_stat_activity where ${OF_GATEWAYS} and query like 'listen%'`,
      );
      return rowCount === count;
    });
  });
}

describe('Subscribers of one gateway', () => {
  it('are woken by what another gateway took in', async () => {
    const { left, right } = await twoGateways();
    const { recordingId } = await left.record(progress(1));
    const feed = await openFeed(right);
    const changes = feed.recording(recordingId);
    const entries = feed.log();
    for (const step of [2, 3, 4]) {
      const change = changes.next();
      await left.record(progress(step));
      expect(await change).toEqual({ done: false, value: step });
    }
    expect((await entries.next()).value).toBe(await left.head());
  });

  it.each(['those that listen', 'the others'] as const)(
    'miss nothing when the connections are cut again and again: %s',
    async (which) => {
      const { database, left, right } = await twoGateways();
      const { recordingId } = await left.record(progress(1));
      const feed = await openFeed(right);
      const rounds = sized(3, 20);
      for (let round = 1; round <= rounds; round += 1) {
        await untilListening(database, 2);
        const changes = feed.recording(recordingId);
        const change = changes.next();
        await left.head();
        expect(await cut(database, which)).toBeGreaterThan(0);
        await waitFor(() => left.record(progress(round + 1)));
        expect(await change).toEqual({ done: false, value: round + 1 });
        await changes.return?.();
      }
      await untilListening(database, 2);
    },
  );

  it('are woken within a poll where no announcement comes through', async () => {
    const { left, right } = await twoGateways();
    const { recordingId } = await left.record(progress(1));
    const feed = await openFeed({ ...right, onCommit: () => () => undefined });
    const change = feed.recording(recordingId).next();
    await left.record(progress(2));
    expect(await change).toEqual({ done: false, value: 2 });
  });

  it('learn nothing of a lost connection, but the operator does: once for each', async () => {
    const database = await storeDatabase('PostgreSQL');
    const silences: string[] = [];
    await database.open({ onSilence: ({ message }) => silences.push(message) });
    for (let losses = 1; losses <= 2; losses += 1) {
      await untilListening(database, 1);
      await cut(database, 'those that listen');
      await waitFor(() => silences.length === losses);
    }
    await untilListening(database, 1);
    expect(silences).toHaveLength(2);
  });
});
