import { describe, expect, it } from 'vitest';
import { LEASE_MS, type Lease, RENEWAL_INTERVAL_MS } from '../../../src/store/coordination/leases.js';
import { openDatabase } from '../../../src/store/drivers/database.js';
import { openLeases } from '../../../src/store/coordination/leases.js';
import { migrate } from '../../../src/store/migrations/migrate.js';
import { waitFor } from '../../support/wait-for.js';
import { onBothDatabases, type StoreDatabase } from '../support.js';
import { failOnUnreadable } from '../../support/fail-on-unreadable.js';

const MINUTE_MS = 60_000;

/** Two gateways on one database; on SQLite, which no two processes share, over one connection. */
async function twoHolders({ url }: StoreDatabase) {
  const database = openDatabase(url);
  await migrate(database, { onUnreadable: failOnUnreadable });
  const [left, right] = [openLeases(database, 'left'), openLeases(database, 'right')];
  return {
    left,
    right,
    database,
    async close() {
      await left.close();
      await right.close();
      await database.close();
    },
  };
}

type Holders = Awaited<ReturnType<typeof twoHolders>>;

function one(leases: Lease[]): Lease {
  const [lease] = leases;
  if (lease === undefined) throw new Error('The lease was not free.');
  return lease;
}

onBothDatabases(({ newDatabase }) => {
  async function withHolders(work: (holders: Holders) => Promise<void>): Promise<void> {
    const holders = await twoHolders(await newDatabase());
    try {
      await work(holders);
    } finally {
      await holders.close();
    }
  }

  /** As if so much time had passed by the database's clock. */
  async function pass({ database }: Holders, milliseconds: number): Promise<void> {
    await database.kysely
      .updateTable('leases')
      .set((update) => ({ until: update('until', '-', milliseconds) }))
      .execute();
  }

  describe('a lease', () => {
    it('has one holder, and is free for others when it is given back', () =>
      withHolders(async ({ left, right }) => {
        const lease = one(await left.take(['r1'], 'stop'));
        expect(await right.take(['r1'], 'stop')).toEqual([]);
        expect(await left.take(['r1'], 'stop')).toEqual([]);
        expect(await right.take(['r1'], 'update')).toHaveLength(1);
        expect(await right.isHeld('r1', 'stop')).toBe(true);
        await left.release(lease);
        expect(await right.isHeld('r1', 'stop')).toBe(false);
        expect(await right.take(['r1'], 'stop')).toHaveLength(1);
      }));

    it('of many that two take at once goes to one of them', () =>
      withHolders(async ({ left, right }) => {
        const ids = Array.from({ length: 50 }, (_, index) => `r${index}`);
        const taken = await Promise.all([left.take(ids, 'watch'), right.take([...ids].reverse(), 'watch')]);
        const all = taken.flat().map(({ recordingId }) => recordingId);
        expect(all.sort()).toEqual([...ids].sort());
      }));

    it('lasts while its holder lives', () =>
      withHolders(async (holders) => {
        const { left, right, database } = holders;
        const lease = one(await left.take(['r1'], 'watch'));
        const until = async () =>
          Number(
            (await database.kysely.selectFrom('leases').select('until').executeTakeFirstOrThrow()).until,
          );
        const first = await until();
        await waitFor(async () => (await until()) > first, { withinMs: 3 * RENEWAL_INTERVAL_MS });
        expect(await right.take(['r1'], 'watch')).toEqual([]);
        expect(await left.confirm(lease, 1_000)).toBe(true);
      }));

    it('that is over cannot be confirmed, is taken over, and leaves its old holder with nothing', () =>
      withHolders(async (holders) => {
        const { left, right } = holders;
        const old = one(await left.take(['r1'], 'stop'));
        await pass(holders, LEASE_MS);
        expect(await left.confirm(old, 1_000)).toBe(false);
        expect(await right.abandoned('stop', 10)).toEqual(['r1']);
        const next = one(await right.take(['r1'], 'stop'));
        expect(next.fence).toBeGreaterThan(old.fence);
        expect(await left.confirm(old, 1_000)).toBe(false);
        await left.release(old);
        expect(await right.confirm(next, 1_000)).toBe(true);
        expect(await right.abandoned('stop', 10)).toEqual([]);
      }));

    it('that its own holder took again does not confirm the old one', () =>
      withHolders(async (holders) => {
        const old = one(await holders.left.take(['r1'], 'stop'));
        await pass(holders, LEASE_MS);
        const next = one(await holders.left.take(['r1'], 'stop'));
        expect(await holders.left.confirm(old, 1_000)).toBe(false);
        expect(await holders.left.confirm(next, 1_000)).toBe(true);
      }));

    it('outlasts the deadline of the call that it was confirmed for by two seconds', () =>
      withHolders(async (holders) => {
        const { left, right } = holders;
        const lease = one(await left.take(['r1'], 'stop'));
        expect(await left.confirm(lease, MINUTE_MS)).toBe(true);
        await pass(holders, MINUTE_MS + 1_500);
        expect(await right.take(['r1'], 'stop')).toEqual([]);
        await pass(holders, 501);
        expect(await right.take(['r1'], 'stop')).toHaveLength(1);
      }));

    it('can be shared by those who join, and is seen until the last has left', () =>
      withHolders(async ({ left, right }) => {
        const [first, second] = [
          await left.join('r1', 'query', 1_000),
          await right.join('r1', 'query', 1_000),
        ];
        expect(await left.isHeld('r1', 'query')).toBe(true);
        await left.release(first!);
        expect(await left.isHeld('r1', 'query')).toBe(true);
        await right.release(second!);
        expect(await left.isHeld('r1', 'query')).toBe(false);
      }));
  });
});
