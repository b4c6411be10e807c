import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { storeDatabase } from '../store/support.js';
import { Budget } from '../../src/agora-calls/budget.js';
import { type PermitReservations } from '../../src/agora-calls/permit-reservations.js';
import { NotSentError } from '../../src/coordination/not-sent-error.js';
import { createLog } from '../../src/telemetry/log.js';
import { sized } from '../support/size.js';
import { waitFor } from '../support/wait-for.js';

const monotonic = () => performance.now();

function mostInOneSecond(times: readonly number[]): number {
  const sorted = [...times].sort((left, right) => left - right);
  return Math.max(0, ...sorted.map((from) => sorted.filter((at) => at >= from && at < from + 1_000).length));
}

type Way = () => number;

/** Delays each way to the database and back by `way()` milliseconds. */
function through(way: Way, turns: PermitReservations): PermitReservations {
  return {
    ...turns,
    async reserve(...asked) {
      await pause(way());
      const reserved = await turns.reserve(...asked);
      await pause(way());
      return reserved;
    },
  };
}

/** Budgets of gateways that share one database. */
async function budgets(count: number, way: Way = () => 0) {
  const database = await storeDatabase('PostgreSQL');
  return await Promise.all(
    Array.from({ length: count }, async () => {
      const { turns } = await database.open();
      const budget = new Budget({ monotonic, reservations: through(way, turns!), log: createLog('silent') });
      onTestFinished(() => budget.close());
      return budget;
    }),
  );
}

describe('Budgets that share their turns', () => {
  it('grant no sliding second more than ten turns between them, starts included', async () => {
    const all = await budgets(3);
    const granted: number[] = [];
    const each = sized(6, 25, 60);
    await Promise.all(
      all.flatMap((budget) => [
        ...Array.from({ length: each }, async () => {
          await budget.permit({ priority: 'refresh', waitMs: 120_000 });
          granted.push(monotonic());
        }),
        (async () => {
          const pair = await budget.permitPair({ waitMs: 120_000 });
          granted.push(monotonic());
          await pair.takeSecond();
          granted.push(monotonic());
        })(),
      ]),
    );
    expect(granted).toHaveLength(3 * (each + 2));
    expect(mostInOneSecond(granted)).toBeLessThanOrEqual(10);
  });

  it('keep to it however long their ways to the database take, and let hardly a turn go unused', async () => {
    let slow = 0;
    let asked = 0;
    // Quick at first, then far away and uneven, then more so.
    const all = await budgets(3, () => {
      asked += 0.5;
      return slow * (0.5 + Math.random() / 2);
    });
    const granted: { at: number; isLate: boolean }[] = [];
    for (slow of [0, 100, 200]) {
      await Promise.all(
        all.flatMap((budget) =>
          Array.from({ length: sized(6, 15, 30) }, async () => {
            const turn = await budget.permit({ priority: 'refresh', waitMs: 120_000 });
            granted.push({ at: monotonic(), isLate: turn.isLate() });
          }),
        ),
      );
    }
    expect(granted.filter(({ isLate }) => isLate)).toEqual([]);
    const most = mostInOneSecond(granted.map(({ at }) => at));
    console.info(`${asked} turns taken for ${granted.length} calls, at most ${most} in a second`);
    expect(most).toBeLessThanOrEqual(10);
    expect(asked).toBeLessThan(1.5 * granted.length);
  });

  it('let the more urgent of a gateway’s own calls go first', async () => {
    const [budget] = await budgets(1);
    const order: string[] = [];
    await Promise.all(
      (['heartbeat', 'refresh', 'stop'] as const).map(async (priority) => {
        await budget!.permit({ priority, waitMs: 30_000 });
        order.push(priority);
      }),
    );
    expect(order).toEqual(['stop', 'refresh', 'heartbeat']);
  });

  it('are all held back by a 429 that one of them received', async () => {
    const [left, right] = await budgets(2);
    await left!.permit({ priority: 'refresh', waitMs: 30_000 });
    left!.rateLimited(monotonic(), 20_000);
    // Its word is on the way to the database before any turn that the other asks for after the next one.
    await right!.permit({ priority: 'refresh', waitMs: 2_000 }).catch(() => undefined);
    await expect(right!.permit({ priority: 'stop', waitMs: 1_000 })).rejects.toBeInstanceOf(NotSentError);
  });

  it('are counted by the gateway that uses them, until a second has passed', async () => {
    const [left, right] = await budgets(2);
    await left!.permit({ priority: 'refresh', waitMs: 30_000 });
    expect([left!.permitsLeft(), right!.permitsLeft()]).toEqual([8, 9]);
    await waitFor(() => left!.permitsLeft() === 9, { what: 'the next second' });
  });

  it('are all slower after it', async () => {
    const [left, right] = await budgets(2);
    await left!.permit({ priority: 'refresh', waitMs: 30_000 });
    left!.rateLimited(monotonic(), null);
    expect(left!.callsPerSecond()).toBe(4);
    // One that it had in hand before, and one that was taken since.
    for (let turns = 0; turns < 2; turns += 1) await right!.permit({ priority: 'refresh', waitMs: 30_000 });
    expect(right!.callsPerSecond()).toBeLessThanOrEqual(5);
  });
});
