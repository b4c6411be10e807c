import { describe, expect, it } from 'vitest';
import { ANYONE } from '../../src/auth/caller.js';
import {
  createCallerLimits,
  LimitExceededError,
  type LimitSettings,
} from '../../src/auth/limits/caller-limits.js';
import { networkOf } from '../../src/auth/limits/network.js';
import { TokenBuckets } from '../../src/auth/limits/token-buckets.js';

const OFF: LimitSettings = { operations: null, cost: null, subscriptions: null, connections: null };

function limitsWith(settings: Partial<LimitSettings>) {
  let now = 0;
  const exceeded: string[] = [];
  const limits = createCallerLimits({
    settings: { ...OFF, ...settings },
    monotonic: () => now,
    onExceeded: (limit) => exceeded.push(limit),
  });
  return { limits, exceeded, pass: (milliseconds: number) => (now += milliseconds) };
}

const named = (name: string | null, address = '192.0.2.1') => ({
  caller: { ...ANYONE, name },
  address,
  transport: 'http' as const,
  requestId: 'request',
  trace: null,
});

describe('An allowance that refills', () => {
  it('permits a minute of use at once, and then one more as soon as it says', () => {
    let now = 0;
    const buckets = new TokenBuckets({ perMinute: 60, monotonic: () => now });
    for (let count = 0; count < 60; count += 1) expect(buckets.take('key', 1)).toBe(0);
    const wait = buckets.take('key', 1);
    expect(wait).toBe(1_000);
    now += wait - 1;
    expect(buckets.take('key', 1)).toBe(1);
    now += 1;
    expect(buckets.take('key', 1)).toBe(0);
    expect(buckets.take('other', 1)).toBe(0);
  });

  it('holds no more than a minute of use, however long it was not used', () => {
    let now = 0;
    const buckets = new TokenBuckets({ perMinute: 2, monotonic: () => now });
    buckets.take('key', 1);
    now += 3_600_000;
    expect([buckets.take('key', 1), buckets.take('key', 1), buckets.take('key', 1)]).toEqual([0, 0, 30_000]);
  });

  it('lets an amount that is larger than itself through when it is full, and owes the rest', () => {
    const buckets = new TokenBuckets({ perMinute: 100, monotonic: () => 0 });
    expect(buckets.take('key', 250)).toBe(0);
    // 150 are owed, and 1 is wanted.
    expect(buckets.take('key', 1)).toBe(Math.ceil(1.51 * 60_000));
  });

  it('is forgotten when others were used since, so that many addresses cannot fill the memory', () => {
    const buckets = new TokenBuckets({ perMinute: 1, monotonic: () => 0, maxBuckets: 2 });
    for (const key of ['first', 'second', 'third']) expect(buckets.take(key, 1)).toBe(0);
    expect(buckets.take('third', 1)).toBe(60_000);
    expect(buckets.take('first', 1)).toBe(0);
  });
});

describe('What counts as one client', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::'],
    ['2001:db8:1:2::', '2001:db8:1:2::'],
    ['', ''],
  ])('for %s is %s', (address, network) => expect(networkOf(address)).toBe(network));
});

describe('The limits of callers', () => {
  it('count for the name of a credential from every address, and otherwise for the address', () => {
    const { limits, exceeded } = limitsWith({ operations: 1 });
    expect(limits.operation(named('one', '192.0.2.1'))).toBeNull();
    expect(limits.operation(named('one', '192.0.2.2'))).toBeInstanceOf(LimitExceededError);
    expect(limits.operation(named('two', '192.0.2.1'))).toBeNull();
    expect(limits.operation(named(null, '192.0.2.1'))).toBeNull();
    expect(limits.operation(named(null, '192.0.2.1'))).toMatchObject({ retryAfter: 60 });
    expect(limits.operation(named(null, '192.0.2.2'))).toBeNull();
    expect(exceeded).toEqual(['operations', 'operations']);
  });

  it('say in whole seconds when to try again, and permit it then', () => {
    const { limits, pass } = limitsWith({ cost: 7 });
    expect(limits.cost(named('one'), 7)).toBeNull();
    const refused = limits.cost(named('one'), 1);
    expect(refused).toMatchObject({ limit: 'cost', retryAfter: 9 });
    pass((refused?.retryAfter ?? 0) * 1_000);
    expect(limits.cost(named('one'), 1)).toBeNull();
  });

  it.each(['subscription', 'connection'] as const)('permit another %s when one has ended, once', (kind) => {
    const { limits } = limitsWith({ subscriptions: 2, connections: 2 });
    const open = () => {
      const opened = limits[kind](named('one'));
      if (opened instanceof LimitExceededError) throw opened;
      return opened;
    };
    const first = open();
    open();
    expect(limits[kind](named('one'))).toBeInstanceOf(LimitExceededError);
    expect(limits[kind](named('two'))).not.toBeInstanceOf(LimitExceededError);
    first.release();
    first.release();
    open();
    expect(limits[kind](named('one'))).toBeInstanceOf(LimitExceededError);
  });

  it('permit everything where they are off', () => {
    const { limits, exceeded } = limitsWith({});
    for (let count = 0; count < 1_000; count += 1) {
      limits.operation(named('one'));
      limits.cost(named('one'), 2_000_000);
      limits.connection(named('one'));
      limits.subscription(named('one'));
    }
    expect(exceeded).toEqual([]);
  });
});
