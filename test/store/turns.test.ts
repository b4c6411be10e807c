import { describe, expect, it } from 'vitest';
import { type SharedTurns } from '../../src/store/coordination/turns.js';
import { newStore, storeDatabase } from './support.js';

const INTERVAL_MS = 100;

function turnsOf({ turns }: { turns: SharedTurns | null }): SharedTurns {
  if (turns === null) throw new Error('The store shares no turns.');
  return turns;
}

describe('the turns of several gateways', () => {
  it('are spaced, whichever gateway takes them', async () => {
    const database = await storeDatabase('PostgreSQL');
    const [left, right] = (await Promise.all([database.open(), database.open()])).map(turnsOf);
    const before = await left!.reserve(INTERVAL_MS, 0);
    const taken = await Promise.all(
      Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? left : right)!.reserve(INTERVAL_MS, 0)),
    );
    const times = taken.map(({ at }) => at).sort((one, other) => one - other);
    expect(times.slice(1).map((at, index) => at - times[index]!)).toEqual(
      times.slice(1).map(() => INTERVAL_MS),
    );
    for (const { at } of taken) expect(at).toBeGreaterThanOrEqual(before.now);
  });

  it('begin as far ahead as is asked for, and no further', async () => {
    const turns = turnsOf(await (await storeDatabase('PostgreSQL')).open());
    const first = await turns.reserve(INTERVAL_MS, 700);
    expect(first.at - first.now).toBeGreaterThan(0);
    expect(first.at - first.now).toBeLessThanOrEqual(700);
    // The next one is free later than that anyway.
    expect((await turns.reserve(INTERVAL_MS, 200)).at).toBe(first.at + INTERVAL_MS);
  });

  it('do not gather while none is taken, and outlast a restart', async () => {
    const database = await storeDatabase('PostgreSQL');
    const before = await database.open();
    const first = await turnsOf(before).reserve(INTERVAL_MS, 0);
    expect(first.at).toBeLessThanOrEqual(first.now);
    await turnsOf(before).pause(30_000, 0);
    await before.close();
    const after = turnsOf(await database.open());
    const { at, now } = await after.reserve(INTERVAL_MS, 0);
    expect(at - now).toBeGreaterThan(20_000);
    expect((await after.reserve(INTERVAL_MS, 0)).at).toBe(at + INTERVAL_MS);
  });

  it('give every gateway the time until which all are slower than at full speed', async () => {
    const database = await storeDatabase('PostgreSQL');
    const [left, right] = (await Promise.all([database.open(), database.open()])).map(turnsOf);
    expect((await left!.reserve(INTERVAL_MS, 0)).slowUntil).toBeNull();
    await left!.pause(0, 20_000);
    // A shorter slowdown does not replace a longer one.
    await right!.pause(0, 10_000);
    const { now, slowUntil } = await right!.reserve(INTERVAL_MS, 0);
    expect(slowUntil! - now).toBeGreaterThan(15_000);
    expect(slowUntil! - now).toBeLessThanOrEqual(20_000);
  });

  it('are never further away than a minute, should the clock be set back', async () => {
    const turns = turnsOf(await (await storeDatabase('PostgreSQL')).open());
    await turns.pause(24 * 3_600_000, 24 * 3_600_000);
    const { at, now, slowUntil } = await turns.reserve(INTERVAL_MS, 0);
    expect(at - now).toBeLessThanOrEqual(60_000);
    expect(slowUntil).toBeNull();
  });

  it('are not shared on SQLite, which has one gateway', async () => {
    expect((await newStore('SQLite')).turns).toBeNull();
  });
});
