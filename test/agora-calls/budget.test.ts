import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Budget, type PermitPair } from '../../src/agora-calls/budget.js';
import { MAX_WAITING, OVERDUE_DELAY_MS, PRIORITIES } from '../../src/agora-calls/permit-queue.js';
import { NotSentError } from '../../src/coordination/not-sent-error.js';
import { createLog } from '../../src/telemetry/log.js';
import { sized } from '../support/size.js';

/** Time for these tests: nothing but the clock is made up. */
function fakeClock() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 0 });
  return () => Date.now();
}

afterEach(() => {
  vi.useRealTimers();
});

function budgetOf(monotonic: () => number, callsPerSecond: number): Budget {
  return new Budget({ monotonic, callsPerSecond, log: createLog('silent') });
}

function mostInOneSecond(granted: readonly number[]): number {
  const sorted = [...granted].sort((left, right) => left - right);
  return Math.max(0, ...sorted.map((from) => sorted.filter((at) => at >= from && at < from + 1000).length));
}

const step = fc.oneof(
  fc.record({
    kind: fc.constant('turn' as const),
    priority: fc.constantFrom(...PRIORITIES),
    waitMs: fc.integer({ min: 0, max: 3_000 }),
    owner: fc.record({ appId: fc.constantFrom('a', 'b'), recording: fc.constantFrom('1', '2', '3') }),
  }),
  fc.record({
    kind: fc.constant('refused' as const),
    agoMs: fc.integer({ min: 0, max: 200 }),
    retryAfterMs: fc.option(fc.constantFrom(0, 500, 3_000)),
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
          const budget = budgetOf(now, limit);
          const granted: number[] = [];
          const asked: Promise<void>[] = [];
          const remember = (running: Promise<void>) => {
            running.catch(() => undefined);
            asked.push(running);
          };
          for (const [pauseMs, request] of steps) {
            await vi.advanceTimersByTimeAsync(pauseMs);
            if (request.kind === 'refused') {
              budget.rateLimited(now() - request.agoMs, request.retryAfterMs);
              continue;
            }
            if (request.kind === 'turn') {
              remember(
                budget
                  .permit({ priority: request.priority, waitMs: request.waitMs, owner: request.owner })
                  .then(() => {
                    granted.push(now());
                  }),
              );
              continue;
            }
            remember(
              budget.permitPair({ waitMs: request.waitMs }).then(async (pair) => {
                granted.push(now());
                await new Promise((resolve) => setTimeout(resolve, request.holdMs));
                if (request.take) {
                  await pair.takeSecond();
                  granted.push(now());
                } else {
                  pair.release();
                }
              }),
            );
          }
          const settled = Promise.allSettled(asked);
          await vi.advanceTimersByTimeAsync(70_000);
          for (const outcome of await settled) {
            if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(NotSentError);
          }
          expect(mostInOneSecond(granted)).toBeLessThanOrEqual(limit);
          expect(budget.waiting()).toBe(0);
        },
      ),
      { numRuns: sized(80, 350, 2_000) },
    );
  });

  it('keeps the same promise on the real clock', async () => {
    const budget = budgetOf(() => performance.now(), 9);
    const granted: number[] = [];
    const asked = Array.from({ length: 22 }, async (_, index) => {
      if (index % 4 !== 0) {
        await budget.permit({ priority: 'heartbeat', waitMs: 10_000 });
        granted.push(performance.now());
        return;
      }
      const pair = await budget.permitPair({ waitMs: 10_000 });
      granted.push(performance.now());
      await new Promise((resolve) => setTimeout(resolve, index * 20));
      await pair.takeSecond();
      granted.push(performance.now());
    });
    await Promise.all(asked);
    expect(granted).toHaveLength(28);
    // What Agora itself allows: a permit is reported a moment after it is counted.
    expect(mostInOneSecond(granted)).toBeLessThanOrEqual(10);
  });

  it('spaces turns, also the first ones after a start', async () => {
    const now = fakeClock();
    const budget = budgetOf(now, 10);
    const granted: number[] = [];
    for (let index = 0; index < 5; index += 1) {
      void budget.permit({ priority: 'refresh', waitMs: 10_000 }).then(() => granted.push(now()));
    }
    await vi.advanceTimersByTimeAsync(2_000);
    expect(granted).toEqual([0, 100, 200, 300, 400]);
  });

  it('uses all of its turns when there is enough to do', async () => {
    const now = fakeClock();
    const budget = budgetOf(now, 10);
    let granted = 0;
    for (let index = 0; index < 200; index += 1) {
      void budget.permit({ priority: 'heartbeat', waitMs: 60_000 }).then(() => (granted += 1));
    }
    await vi.advanceTimersByTimeAsync(9_950);
    expect(granted).toBe(100);
  });

  it('lets the urgent go first, and the equally urgent in the order they came', async () => {
    const now = fakeClock();
    const budget = budgetOf(now, 5);
    const order: string[] = [];
    await budget.permit({ priority: 'heartbeat', waitMs: 0 });
    const ask = (name: string, asked: Promise<unknown>) => void asked.then(() => order.push(name));
    ask('heartbeat 1', budget.permit({ priority: 'heartbeat', waitMs: 10_000 }));
    ask('confirmation', budget.permit({ priority: 'confirmation', waitMs: 10_000 }));
    ask('heartbeat 2', budget.permit({ priority: 'heartbeat', waitMs: 10_000 }));
    ask('refresh', budget.permit({ priority: 'refresh', waitMs: 10_000 }));
    ask('update', budget.permit({ priority: 'update', waitMs: 10_000 }));
    ask(
      'start pair',
      budget.permitPair({ waitMs: 10_000 }).then((pair) => pair.release()),
    );
    ask('stop 1', budget.permit({ priority: 'stop', waitMs: 10_000 }));
    ask('stop 2', budget.permit({ priority: 'stop', waitMs: 10_000 }));
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
    const budget = budgetOf(now, 4);
    const granted: number[] = [];
    const pair = await budget.permitPair({ waitMs: 0 });
    granted.push(now());
    for (let index = 0; index < 20; index += 1) {
      void budget.permit({ priority: 'stop', waitMs: 60_000 }).then(() => granted.push(now()));
    }
    await vi.advanceTimersByTimeAsync(2_333);
    await pair.takeSecond();
    granted.push(now());
    await vi.advanceTimersByTimeAsync(5_000);
    expect(granted).toContain(2_333);
    expect(mostInOneSecond(granted)).toBeLessThanOrEqual(4);
  });

  async function othersWithin(pair: PermitPair | null, budget: Budget) {
    let others = 0;
    for (let index = 0; index < 20; index += 1) {
      void budget.permit({ priority: 'stop', waitMs: 60_000 }).then(() => (others += 1));
    }
    pair?.release();
    await vi.advanceTimersByTimeAsync(950);
    return others;
  }

  it('keeps its second turn from all others until it is given back', async () => {
    const held = budgetOf(fakeClock(), 4);
    const pair = await held.permitPair({ waitMs: 0 });
    expect(await othersWithin(null, held)).toBe(2);
    pair.release();

    const free = budgetOf(() => Date.now(), 4);
    expect(await othersWithin(await free.permitPair({ waitMs: 0 }), free)).toBe(3);
  });

  it('may be released after its second turn was taken, and twice, without giving turns away', async () => {
    const now = fakeClock();
    const budget = budgetOf(now, 4);
    const granted: number[] = [];
    const pair = await budget.permitPair({ waitMs: 0 });
    await pair.takeSecond();
    granted.push(now(), now());
    pair.release();
    pair.release();
    await expect(pair.takeSecond()).rejects.toBeInstanceOf(NotSentError);
    for (let index = 0; index < 10; index += 1) {
      void budget.permit({ priority: 'stop', waitMs: 60_000 }).then(() => granted.push(now()));
    }
    await vi.advanceTimersByTimeAsync(10_000);
    expect(granted).toHaveLength(12);
    expect(mostInOneSecond(granted)).toBe(4);
  });

  it('that is never finished does not stop others: at most four are held at once', async () => {
    const now = fakeClock();
    const budget = budgetOf(now, 9);
    let pairs = 0;
    for (let index = 0; index < 8; index += 1)
      void budget.permitPair({ waitMs: 30_000 }).then(
        () => (pairs += 1),
        () => null,
      );
    await vi.advanceTimersByTimeAsync(5_000);
    expect(pairs).toBe(4);
    let heartbeat = false;
    void budget.permit({ priority: 'heartbeat', waitMs: 5_000 }).then(() => (heartbeat = true));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(heartbeat).toBe(true);
  });
});

describe('waiting for a turn', () => {
  it('ends with NotSentError when its time is over, and nothing waits on', async () => {
    const now = fakeClock();
    const budget = budgetOf(now, 2);
    await budget.permit({ priority: 'stop', waitMs: 0 });
    const late = budget.permit({ priority: 'heartbeat', waitMs: 300 }).then(
      () => 'granted',
      (error: unknown) => [now(), error instanceof NotSentError],
    );
    expect(budget.waiting()).toBe(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await late).toEqual([300, true]);
    expect(budget.waiting()).toBe(0);
  });

  it('without any time still gets a turn that is free', async () => {
    fakeClock();
    const budget = budgetOf(() => Date.now(), 2);
    await expect(budget.permit({ priority: 'heartbeat', waitMs: 0 })).resolves.toBeDefined();
  });

  it('is refused at once beyond a thousand who wait, unless one of them is less urgent: that one gives way', async () => {
    fakeClock();
    expect(MAX_WAITING).toBe(1_000);
    const budget = budgetOf(() => Date.now(), 2);
    await budget.permit({ priority: 'stop', waitMs: 0 });
    const ended: number[] = [];
    for (let index = 0; index < MAX_WAITING; index += 1) {
      budget.permit({ priority: 'refresh', waitMs: 100 }).catch(() => ended.push(index));
    }
    for (const priority of ['refresh', 'heartbeat'] as const) {
      await expect(budget.permit({ priority, waitMs: 60_000 })).rejects.toBeInstanceOf(NotSentError);
    }
    const urgent = budget.permit({ priority: 'stop', waitMs: 60_000 });
    await vi.advanceTimersByTimeAsync(0);
    expect(ended).toEqual([999]);
    expect(budget.waiting()).toBe(1_000);
    await vi.advanceTimersByTimeAsync(600);
    await expect(urgent).resolves.toBeDefined();
    expect(budget.waiting()).toBe(0);
  });

  it('is not refused to a project because another one fills the queue', async () => {
    fakeClock();
    const budget = budgetOf(() => Date.now(), 2);
    const turn = (appId: string) => budget.permit({ priority: 'refresh', waitMs: 2_000, owner: { appId } });
    await turn('greedy');
    let gaveWay = 0;
    for (let index = 0; index < MAX_WAITING; index += 1) turn('greedy').catch(() => (gaveWay += 1));
    const modest = turn('modest');
    await vi.advanceTimersByTimeAsync(0);
    expect(gaveWay).toBe(1);
    await vi.advanceTimersByTimeAsync(1_100);
    await expect(modest).resolves.toBeDefined();
    await vi.advanceTimersByTimeAsync(2_000);
  });

  it('ends for all when the budget closes, and begins for none after that', async () => {
    fakeClock();
    const budget = budgetOf(() => Date.now(), 2);
    const pair = await budget.permitPair({ waitMs: 0 });
    const waiting = [
      budget.permit({ priority: 'stop', waitMs: 60_000 }),
      budget.permit({ priority: 'heartbeat', waitMs: 60_000 }),
      budget.permitPair({ waitMs: 60_000 }),
    ];
    budget.close();
    for (const refused of waiting) await expect(refused).rejects.toBeInstanceOf(NotSentError);
    await expect(budget.permit({ priority: 'stop', waitMs: 60_000 })).rejects.toBeInstanceOf(NotSentError);
    await expect(pair.takeSecond()).rejects.toBeInstanceOf(NotSentError);
    expect(vi.getTimerCount()).toBe(0);
  });
});

/** Asks for turns in the given order and returns the order in which they were granted. */
async function served(
  budget: Budget,
  asked: readonly { appId: string; recording: string }[],
): Promise<string[]> {
  const order: string[] = [];
  for (const owner of asked) {
    void budget
      .permit({ priority: 'refresh', waitMs: 600_000, owner })
      .then(() => order.push(`${owner.appId}${owner.recording}`));
  }
  await vi.advanceTimersByTimeAsync(asked.length * 150);
  return order;
}

const of = (name: string) => ({ appId: name[0] ?? '', recording: name.slice(1) });

describe('between the equally urgent', () => {
  it('turns go round the projects, and within each round its recordings', async () => {
    const budget = budgetOf(fakeClock(), 10);
    await budget.permit({ priority: 'stop', waitMs: 0 });
    const asked = ['a1', 'a1', 'a1', 'a2', 'a3', 'b1', 'b1', 'c1'].map(of);
    expect(await served(budget, asked)).toEqual(['a1', 'b1', 'c1', 'a2', 'b1', 'a3', 'a1', 'a1']);
  });

  it('no caller waits longer than one round of all callers, however much each asks for', async () => {
    const owner = fc.record({
      appId: fc.constantFrom('a', 'b', 'c'),
      recording: fc.constantFrom('1', '2', '3'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(owner, { minLength: 1, maxLength: 40 }), async (asked) => {
        const budget = budgetOf(fakeClock(), 10);
        await budget.permit({ priority: 'stop', waitMs: 0 });
        const order = await served(budget, asked);
        expect(order).toHaveLength(asked.length);
        for (const level of [1, 2]) {
          const names = (list: readonly string[]) => list.map((name) => name.slice(0, level));
          // Between two turns of one project (of one recording of it) no other gets more than one such turn more.
          const last = new Map<string, number>();
          const turns = names(order);
          turns.forEach((name, index) => {
            const before = last.get(name);
            last.set(name, index);
            if (before === undefined || level === 2) return;
            const between = turns.slice(before + 1, index);
            expect(new Set(between).size).toBe(between.length);
          });
        }
      }),
      { numRuns: sized(100, 200, 1_000) },
    );
  });
});

describe('a flood of urgent calls', () => {
  it('leaves one turn in five to those that have waited for too long', async () => {
    const now = fakeClock();
    const budget = budgetOf(now, 10);
    let heartbeats = 0;
    const beat = () =>
      void budget.permit({ priority: 'heartbeat', waitMs: 10_000 }).then(
        () => {
          heartbeats += 1;
          beat();
        },
        () => undefined,
      );
    beat();
    for (let passed = 0; passed < 30_000; passed += 50) {
      void budget.permit({ priority: 'stop', waitMs: 1_000 }).catch(() => undefined);
      await vi.advanceTimersByTimeAsync(50);
    }
    expect(OVERDUE_DELAY_MS).toBe(2_000);
    expect(heartbeats).toBeGreaterThanOrEqual(10);
    expect(heartbeats).toBeLessThanOrEqual(15);
    budget.close();
  });
});

describe('a 429 of Agora', () => {
  async function perSecond(budget: Budget, seconds: number): Promise<number> {
    let turns = 0;
    let asking = true;
    const ask = () =>
      void budget.permit({ priority: 'heartbeat', waitMs: 100_000 }).then(() => {
        if (!asking) return;
        turns += 1;
        ask();
      });
    ask();
    await vi.advanceTimersByTimeAsync(seconds * 1_000);
    asking = false;
    await vi.advanceTimersByTimeAsync(1_000);
    return turns / seconds;
  }

  it('stops all calls for a second, halves their rate, and lets it recover by one each five seconds', async () => {
    const now = fakeClock();
    const budget = budgetOf(now, 9);
    await vi.advanceTimersByTimeAsync(5_000);
    budget.rateLimited(now() - 10, null);
    let first = 0;
    void budget.permit({ priority: 'stop', waitMs: 5_000 }).then(() => (first = now()));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(first).toBe(6_000);
    expect(budget.callsPerSecond()).toBe(4);
    expect(await perSecond(budget, 4)).toBeCloseTo(4, 0);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(budget.callsPerSecond()).toBe(9);
    expect(await perSecond(budget, 5)).toBeCloseTo(9, 0);
  });

  it('shows the permits that are left: fewer for each call and each open start, none while it pauses', async () => {
    const now = fakeClock();
    const budget = budgetOf(now, 9);
    expect(budget.permitsLeft()).toBe(9);
    await budget.permit({ priority: 'refresh', waitMs: 1_000 });
    expect(budget.permitsLeft()).toBe(8);
    const pair = budget.permitPair({ waitMs: 1_000 });
    await vi.advanceTimersByTimeAsync(200);
    expect(budget.permitsLeft()).toBe(6);
    (await pair).release();
    expect(budget.permitsLeft()).toBe(7);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(budget.permitsLeft()).toBe(9);
    budget.rateLimited(now(), null);
    expect(budget.permitsLeft()).toBe(0);
    await vi.advanceTimersByTimeAsync(1_001);
    expect(budget.permitsLeft()).toBe(4);
  });

  it('counts once for calls that were on their way together, and never slows below two a second', async () => {
    const now = fakeClock();
    const budget = budgetOf(now, 9);
    await vi.advanceTimersByTimeAsync(5_000);
    for (let index = 0; index < 5; index += 1) budget.rateLimited(now() - 20, null);
    expect(budget.callsPerSecond()).toBe(4);
    for (let index = 0; index < 5; index += 1) {
      await vi.advanceTimersByTimeAsync(2_000);
      budget.rateLimited(now(), null);
    }
    expect(budget.callsPerSecond()).toBe(2);
  });

  it('waits as long as Retry-After says, but no longer than a minute', async () => {
    const now = fakeClock();
    for (const [retryAfterMs, waited] of [
      [7_000, 7_000],
      [3_600_000, 60_000],
    ] as const) {
      const budget = budgetOf(now, 9);
      await vi.advanceTimersByTimeAsync(5_000);
      const refusedAt = now();
      budget.rateLimited(refusedAt, retryAfterMs);
      let first = 0;
      void budget.permit({ priority: 'stop', waitMs: 100_000 }).then(() => (first = now()));
      await vi.advanceTimersByTimeAsync(61_000);
      expect(first - refusedAt).toBe(waited);
    }
  });

  it('that follows at once doubles the pause, and after a recovery it is a second again', async () => {
    const now = fakeClock();
    const budget = budgetOf(now, 9);
    await vi.advanceTimersByTimeAsync(5_000);
    const pause = async (thenWaitMs: number) => {
      const from = now();
      budget.rateLimited(from, null);
      let at = 0;
      void budget.permit({ priority: 'stop', waitMs: 100_000 }).then(() => (at = now()));
      await vi.advanceTimersByTimeAsync(thenWaitMs);
      return at - from;
    };
    expect(await pause(3_000)).toBe(1_000);
    expect(await pause(4_000)).toBe(2_000);
    expect(await pause(6_000)).toBe(4_000);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await pause(3_000)).toBe(1_000);
  });
});
