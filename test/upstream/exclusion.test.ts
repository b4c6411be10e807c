import { afterEach, describe, expect, it, vi } from 'vitest';
import { createExclusion, STOP_WAITS_FOR_QUERY_MS } from '../../src/upstream/exclusion.js';

afterEach(() => {
  vi.useRealTimers();
});

/** A call that ends when the test says so, and tells whether it has begun. */
function call<T>(result: T) {
  let end = () => undefined as void;
  let fail = (_error: Error) => undefined as void;
  const done = new Promise<T>((resolve, reject) => {
    end = () => resolve(result);
    fail = reject;
  });
  const begun = { signal: null as AbortSignal | null, times: 0 };
  return {
    begun,
    end: () => end(),
    fail: (error: Error) => fail(error),
    run: (signal?: AbortSignal) => {
      begun.times += 1;
      begun.signal = signal ?? null;
      return done;
    },
  };
}

/** Lets everything run that does not wait for a call. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('a stop', () => {
  it('waits until the query in flight is answered', async () => {
    const exclusion = createExclusion();
    const query = call('state');
    const stop = call('stopped');
    const asked = exclusion.query('r1', query.run);
    const stopping = exclusion.stop('r1', stop.run);
    await settle();
    expect(stop.begun.times).toBe(0);
    query.end();
    expect(await asked).toBe('state');
    await settle();
    expect(stop.begun.times).toBe(1);
    stop.end();
    expect(await stopping).toBe('stopped');
    expect(query.begun.signal?.aborted).toBe(false);
  });

  it('goes ahead when the query in flight fails', async () => {
    const exclusion = createExclusion();
    const query = call('state');
    const asked = exclusion.query('r1', query.run);
    const stopping = exclusion.stop('r1', () => Promise.resolve('stopped'));
    query.fail(new Error('no connection'));
    await expect(asked).rejects.toThrow('no connection');
    expect(await stopping).toBe('stopped');
  });

  it('ends a query that keeps it waiting for three seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const exclusion = createExclusion();
    let signal: AbortSignal | null = null;
    const asked = exclusion.query('r1', async (given) => {
      signal = given;
      return await new Promise<string>((resolve) => {
        given.addEventListener('abort', () => resolve('ended'));
      });
    });
    let stopped = false;
    const stopping = exclusion.stop('r1', () => Promise.resolve((stopped = true)));
    await vi.advanceTimersByTimeAsync(STOP_WAITS_FOR_QUERY_MS - 1);
    expect([signal!.aborted, stopped]).toEqual([false, false]);
    await vi.advanceTimersByTimeAsync(1);
    expect(await asked).toBe('ended');
    await stopping;
    expect([signal!.aborted, stopped]).toEqual([true, true]);
    expect(STOP_WAITS_FOR_QUERY_MS).toBe(3_000);
  });

  it('leaves a query alone that nobody waits for', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const exclusion = createExclusion();
    const query = call('state');
    const asked = exclusion.query('r1', query.run);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(query.begun.signal?.aborted).toBe(false);
    query.end();
    expect(await asked).toBe('state');
  });

  it('waits for every query in flight, not only for the latest', async () => {
    const exclusion = createExclusion();
    const [first, second] = [call('first'), call('second')];
    const asked = [exclusion.query('r1', first.run), exclusion.query('r1', second.run)];
    first.end();
    await asked[0];
    const stop = call('stopped');
    const stopping = exclusion.stop('r1', stop.run);
    await settle();
    expect(stop.begun.times).toBe(0);
    second.end();
    stop.end();
    expect(await Promise.all([asked[1], stopping])).toEqual(['second', 'stopped']);
  });

  it('that fails tells its caller, and lets queries in again', async () => {
    const exclusion = createExclusion();
    await expect(exclusion.stop('r1', () => Promise.reject(new Error('no turn')))).rejects.toThrow('no turn');
    expect(await exclusion.query('r1', () => Promise.resolve('state'))).toBe('state');
  });
});

describe('a query', () => {
  it('is not sent while a stop waits, nor while it runs, and is sent again after it', async () => {
    const exclusion = createExclusion();
    const query = call('state');
    const stop = call('stopped');
    const late = call('late');
    const asked = exclusion.query('r1', query.run);
    const stopping = exclusion.stop('r1', stop.run);
    expect(await exclusion.query('r1', late.run)).toBeNull();
    query.end();
    await asked;
    await settle();
    expect(stop.begun.times).toBe(1);
    expect(await exclusion.query('r1', late.run)).toBeNull();
    expect(late.begun.times).toBe(0);
    stop.end();
    await stopping;
    late.end();
    expect(await exclusion.query('r1', late.run)).toBe('late');
  });

  it('is kept out until the last of several stops has ended', async () => {
    const exclusion = createExclusion();
    const [first, second] = [call('first'), call('second')];
    const stopping = [exclusion.stop('r1', first.run), exclusion.stop('r1', second.run)];
    await settle();
    first.end();
    await stopping[0];
    expect(await exclusion.query('r1', () => Promise.resolve('state'))).toBeNull();
    second.end();
    await stopping[1];
    expect(await exclusion.query('r1', () => Promise.resolve('state'))).toBe('state');
  });

  it('that fails tells its caller, and stands in nobody’s way', async () => {
    const exclusion = createExclusion();
    await expect(exclusion.query('r1', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await exclusion.query('r1', () => Promise.resolve('state'))).toBe('state');
    expect(await exclusion.stop('r1', () => Promise.resolve('stopped'))).toBe('stopped');
  });

  it('of one recording does not concern another', async () => {
    const exclusion = createExclusion();
    const query = call('state');
    const stop = call('stopped');
    const asked = exclusion.query('r1', query.run);
    const stopping = exclusion.stop('r2', stop.run);
    await settle();
    expect(stop.begun.times).toBe(1);
    expect(await exclusion.query('r3', () => Promise.resolve('other'))).toBe('other');
    query.end();
    stop.end();
    expect(await Promise.all([asked, stopping])).toEqual(['state', 'stopped']);
  });
});
