import { describe, expect, it } from 'vitest';
import { type SharedTurns } from '../../src/store/turns.js';
import { newStore, storeDatabase } from './support.js';

const INTERVAL_MS = 100;

function turnsOf({ turns }: { turns: SharedTurns | null }): SharedTurns {
  if (turns === null) throw new Error('The store shares no turns.');
  return turns;
}

describe('the turns of several gateways', () => {
  it('are spaced, whoever takes them', async () => {
    const database = await storeDatabase('PostgreSQL');
    const [left, right] = (await Promise.all([database.open(), database.open()])).map(turnsOf);
    const from = performance.now();
    const times = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const wait = await (index % 2 === 0 ? left : right)!.reserve(INTERVAL_MS);
        return { earliest: from + wait, latest: performance.now() + wait };
      }),
    );
    times.sort((one, other) => one.latest - other.latest);
    // Forty turns take the time of 39 intervals, however the replies overtook each other.
    expect(times.at(-1)!.latest - from).toBeGreaterThanOrEqual(39 * INTERVAL_MS);
    expect(times.at(-1)!.earliest - from).toBeLessThanOrEqual(39 * INTERVAL_MS);
  });

  it('do not gather while nobody takes them, and outlast a restart', async () => {
    const database = await storeDatabase('PostgreSQL');
    const before = await database.open();
    expect(await turnsOf(before).reserve(INTERVAL_MS)).toBe(0);
    await turnsOf(before).pause(30_000);
    await before.close();
    const after = turnsOf(await database.open());
    const wait = await after.reserve(INTERVAL_MS);
    expect(wait).toBeGreaterThan(20_000);
    expect(await after.reserve(INTERVAL_MS)).toBeGreaterThan(wait - 1_000 + INTERVAL_MS - 1);
  });

  it('are never further away than a minute, should the clock be set back', async () => {
    const turns = turnsOf(await (await storeDatabase('PostgreSQL')).open());
    await turns.pause(24 * 3_600_000);
    expect(await turns.reserve(INTERVAL_MS)).toBeLessThanOrEqual(60_000);
  });

  it('are not shared on SQLite, which has one gateway', async () => {
    expect((await newStore('SQLite')).turns).toBeNull();
  });
});
