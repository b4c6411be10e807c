import { describe, expect, it } from 'vitest';
import { createEventTurns } from '../../src/feed/event-turns.js';

describe('Events of subscriptions', () => {
  it('are handed on one in each turn of the event loop, in order', async () => {
    const turns = createEventTurns({ isUnderLoad: () => false, monotonic: () => performance.now() });
    const taken: number[] = [];
    const all = Promise.all(
      Array.from({ length: 20 }, (_, index) => turns.take().then(() => taken.push(index))),
    );
    let loops = 0;
    const perLoop: number[] = [];
    while (taken.length < 20) {
      const before = taken.length;
      await new Promise(setImmediate);
      perLoop.push(taken.length - before);
      loops += 1;
      expect(loops).toBeLessThan(1_000);
    }
    await all;
    expect(Math.max(...perLoop)).toBe(1);
    expect(taken).toEqual([...taken].sort((left, right) => left - right));
    expect(turns.waiting()).toBe(0);
  });

  it('leave the thread most of the time while much is being recorded', async () => {
    let now = 0;
    const slept: number[] = [];
    const turns = createEventTurns({
      isUnderLoad: () => true,
      monotonic: () => now,
      sleep: (milliseconds) => {
        slept.push(milliseconds);
        now += milliseconds;
        return Promise.resolve();
      },
    });
    for (let index = 0; index < 5; index += 1) {
      await turns.take();
      now += 3;
    }
    await turns.take();
    const busy = 5 * 3;
    const free = slept.reduce((sum, milliseconds) => sum + milliseconds, 0);
    expect(busy / (busy + free)).toBeLessThanOrEqual(0.15 + 1e-9);
  });

  it('never wait longer than a bound after one event that took long', async () => {
    let now = 0;
    const slept: number[] = [];
    const turns = createEventTurns({
      isUnderLoad: () => true,
      monotonic: () => now,
      sleep: (milliseconds) => {
        slept.push(milliseconds);
        now += milliseconds;
        return Promise.resolve();
      },
    });
    await turns.take();
    now += 60_000;
    await turns.take();
    expect(slept).toEqual([250]);
  });
});
