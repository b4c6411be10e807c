import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createBudget, NoTurnError, type PairOfTurns, PRIORITIES } from '../../src/upstream/budget.js';
import { sized } from '../support/size.js';

/** Time for these tests: nothing but the clock is made up. */
function fakeClock() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 0 });
  return () => Date.now();
}

afterEach(() => {
  vi.useRealTimers();
});

function mostInOneSecond(granted: readonly number[]): number {
  const sorted = [...granted].sort((left, right) => left - right);
  return Math.max(0, ...sorted.map((from) => sorted.filter((at) => at >= from && at < from + 1000).length));
}

const step = fc.oneof(
  fc.record({
    kind: fc.constant('turn' as const),
    priority: fc.constantFrom(...PRIORITIES),
    waitMs: fc.integer({ min: 0, max: 3_000 }),
  }),
  fc.record({
    kind: fc.constant('pair' as const),
    waitMs: fc.integer({ min: 0, max: 3_000 }),
    holdMs: fc.integer({ min: 0, max: 2_500 }),
    take: fc.boolean(),
  }),
);

describe('the budget', () => {
  it('grants no sliding second more than its turns, whatever is asked and whenever', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 10 }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), step), { minLength: 1, maxLength: 60 }),
        async (limit, steps) => {
          const now = fakeClock();
          const budget = createBudget(now, limit);
          const granted: number[] = [];
          const asked: Promise<void>[] = [];
          const remember = (running: Promise<void>) => {
            running.catch(() => undefined);
            asked.push(running);
          };
          for (const [pauseMs, request] of steps) {
            await vi.advanceTimersByTimeAsync(pauseMs);
            if (request.kind === 'turn') {
              remember(
                budget.turn(request.priority, request.waitMs).then(() => {
                  granted.push(now());
                }),
              );
              continue;
            }
            remember(
              budget.pair(request.waitMs).then(async (pair) => {
                granted.push(now());
                await new Promise((resolve) => setTimeout(resolve, request.holdMs));
                if (request.take) {
                  pair.takeSecond();
                  granted.push(now());
                } else {
                  pair.release();
                }
              }),
            );
          }
          const settled = Promise.allSettled(asked);
          await vi.advanceTimersByTimeAsync(20_000);
          for (const outcome of await settled) {
            if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(NoTurnError);
          }
          expect(mostInOneSecond(granted)).toBeLessThanOrEqual(limit);
          expect(budget.waiting()).toBe(0);
        },
      ),
      { numRuns: sized(150, 2_000) },
    );
  });

  it('keeps the same promise on the real clock', async () => {
    const budget = createBudget(() => performance.now(), 9);
    const granted: number[] = [];
    const asked = Array.from({ length: 22 }, async (_, index) => {
      if (index % 4 !== 0) {
        await budget.turn('heartbeat', 10_000);
        granted.push(performance.now());
        return;
      }
      const pair = await budget.pair(10_000);
      granted.push(performance.now());
      await new Promise((resolve) => setTimeout(resolve, index * 20));
      pair.takeSecond();
      granted.push(performance.now());
    });
    await Promise.all(asked);
    expect(granted).toHaveLength(28);
    // What Agora itself allows: a turn is told a moment after it is counted.
    expect(mostInOneSecond(granted)).toBeLessThanOrEqual(10);
  });

  it('spaces turns, also the first ones after a start', async () => {
    const now = fakeClock();
    const budget = createBudget(now, 10);
    const granted: number[] = [];
    for (let index = 0; index < 5; index += 1) {
      void budget.turn('refresh', 10_000).then(() => granted.push(now()));
    }
    await vi.advanceTimersByTimeAsync(2_000);
    expect(granted).toEqual([0, 100, 200, 300, 400]);
  });

  it('uses all of its turns when there is enough to do', async () => {
    const now = fakeClock();
    const budget = createBudget(now, 10);
    let granted = 0;
    for (let index = 0; index < 200; index += 1) {
      void budget.turn('heartbeat', 60_000).then(() => (granted += 1));
    }
    await vi.advanceTimersByTimeAsync(9_950);
    expect(granted).toBe(100);
  });

  it('lets the urgent go first, and the equally urgent in the order they came', async () => {
    const now = fakeClock();
    const budget = createBudget(now, 5);
    const order: string[] = [];
    await budget.turn('heartbeat', 0);
    const ask = (name: string, asked: Promise<unknown>) => void asked.then(() => order.push(name));
    ask('heartbeat 1', budget.turn('heartbeat', 10_000));
    ask('confirmation', budget.turn('confirmation', 10_000));
    ask('heartbeat 2', budget.turn('heartbeat', 10_000));
    ask('refresh', budget.turn('refresh', 10_000));
    ask('update', budget.turn('update', 10_000));
    ask(
      'start pair',
      budget.pair(10_000).then((pair) => pair.release()),
    );
    ask('stop 1', budget.turn('stop', 10_000));
    ask('stop 2', budget.turn('stop', 10_000));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(order).toEqual([
      'stop 1',
      'stop 2',
      'start pair',
      'update',
      'refresh',
      'confirmation',
      'heartbeat 1',
      'heartbeat 2',
    ]);
  });
});

describe('a pair of turns', () => {
  it('has its second turn at once, however busy the budget is', async () => {
    const now = fakeClock();
    const budget = createBudget(now, 4);
    const granted: number[] = [];
    const pair = await budget.pair(0);
    granted.push(now());
    for (let index = 0; index < 20; index += 1) {
      void budget.turn('stop', 60_000).then(() => granted.push(now()));
    }
    await vi.advanceTimersByTimeAsync(2_333);
    pair.takeSecond();
    granted.push(now());
    await vi.advanceTimersByTimeAsync(5_000);
    expect(granted).toContain(2_333);
    expect(mostInOneSecond(granted)).toBeLessThanOrEqual(4);
  });

  async function othersWithin(pair: PairOfTurns | null, budget: ReturnType<typeof createBudget>) {
    let others = 0;
    for (let index = 0; index < 20; index += 1) {
      void budget.turn('stop', 60_000).then(() => (others += 1));
    }
    pair?.release();
    await vi.advanceTimersByTimeAsync(950);
    return others;
  }

  it('keeps its second turn from all others until it is given back', async () => {
    const held = createBudget(fakeClock(), 4);
    const pair = await held.pair(0);
    expect(await othersWithin(null, held)).toBe(2);
    pair.release();

    const free = createBudget(() => Date.now(), 4);
    expect(await othersWithin(await free.pair(0), free)).toBe(3);
  });

  it('may be released after its second turn was taken, and twice, without giving turns away', async () => {
    const now = fakeClock();
    const budget = createBudget(now, 4);
    const granted: number[] = [];
    const pair = await budget.pair(0);
    pair.takeSecond();
    granted.push(now(), now());
    pair.release();
    pair.release();
    pair.takeSecond();
    for (let index = 0; index < 10; index += 1) {
      void budget.turn('stop', 60_000).then(() => granted.push(now()));
    }
    await vi.advanceTimersByTimeAsync(10_000);
    expect(granted).toHaveLength(12);
    expect(mostInOneSecond(granted)).toBe(4);
  });

  it('that nobody finishes does not stop others: at most four are held at once', async () => {
    const now = fakeClock();
    const budget = createBudget(now, 9);
    let pairs = 0;
    for (let index = 0; index < 8; index += 1)
      void budget.pair(30_000).then(
        () => (pairs += 1),
        () => null,
      );
    await vi.advanceTimersByTimeAsync(5_000);
    expect(pairs).toBe(4);
    let heartbeat = false;
    void budget.turn('heartbeat', 5_000).then(() => (heartbeat = true));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(heartbeat).toBe(true);
  });
});

describe('waiting for a turn', () => {
  it('ends with NoTurnError when its time is over, and nothing waits on', async () => {
    const now = fakeClock();
    const budget = createBudget(now, 2);
    await budget.turn('stop', 0);
    const late = budget.turn('heartbeat', 300).then(
      () => 'granted',
      (error: unknown) => [now(), error instanceof NoTurnError],
    );
    expect(budget.waiting()).toBe(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await late).toEqual([300, true]);
    expect(budget.waiting()).toBe(0);
  });

  it('without any time still gets a turn that is free', async () => {
    fakeClock();
    const budget = createBudget(() => Date.now(), 2);
    await expect(budget.turn('heartbeat', 0)).resolves.toBeUndefined();
  });

  it('is refused at once beyond a thousand who wait', async () => {
    fakeClock();
    const budget = createBudget(() => Date.now(), 2);
    await budget.turn('stop', 0);
    const waiting = Array.from({ length: 1_000 }, () =>
      budget.turn('heartbeat', 100).catch((error: unknown) => error),
    );
    await expect(budget.turn('stop', 60_000)).rejects.toBeInstanceOf(NoTurnError);
    expect(budget.waiting()).toBe(1_000);
    await vi.advanceTimersByTimeAsync(200);
    await Promise.all(waiting);
    expect(budget.waiting()).toBe(0);
  });

  it('ends for all when the budget closes, and begins for nobody after that', async () => {
    fakeClock();
    const budget = createBudget(() => Date.now(), 2);
    const pair = await budget.pair(0);
    const waiting = [budget.turn('stop', 60_000), budget.turn('heartbeat', 60_000), budget.pair(60_000)];
    budget.close();
    for (const refused of waiting) await expect(refused).rejects.toBeInstanceOf(NoTurnError);
    await expect(budget.turn('stop', 60_000)).rejects.toBeInstanceOf(NoTurnError);
    expect(() => pair.takeSecond()).not.toThrow();
    expect(vi.getTimerCount()).toBe(0);
  });
});
