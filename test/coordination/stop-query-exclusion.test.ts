import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  createStopQueryExclusion,
  QUERY_GRACE_MS,
  type RunningQuery,
} from '../../src/coordination/stop-query-exclusion.js';
import { sized } from '../support/size.js';

afterEach(() => {
  vi.useRealTimers();
});

const STOP_UNDER_WAY = { name: 'Error', reason: 'stop-under-way' };

/** A call that the test ends, and that shows whether it has begun. */
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
    run: (query?: RunningQuery) => {
      begun.times += 1;
      begun.signal = query?.signal ?? null;
      query?.markSent();
      return done;
    },
  };
}

/** Lets everything run that does not depend on a call. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('A stop', () => {
  it('waits until the query in flight is answered', async () => {
    const exclusion = createStopQueryExclusion();
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

  it('proceeds when the query in flight fails', async () => {
    const exclusion = createStopQueryExclusion();
    const query = call('state');
    const asked = exclusion.query('r1', query.run);
    const stopping = exclusion.stop('r1', () => Promise.resolve('stopped'));
    query.fail(new Error('no connection'));
    await expect(asked).rejects.toThrow('no connection');
    expect(await stopping).toBe('stopped');
  });

  it('aborts a query that keeps it waiting for three seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const exclusion = createStopQueryExclusion();
    let signal: AbortSignal | null = null;
    const asked = exclusion.query('r1', async ({ signal: given, markSent }) => {
      signal = given;
      markSent();
      return await new Promise<string>((resolve) => {
        given.addEventListener('abort', () => resolve('ended'));
      });
    });
    let stopped = false;
    const stopping = exclusion.stop('r1', () => Promise.resolve((stopped = true)));
    await vi.advanceTimersByTimeAsync(QUERY_GRACE_MS - 1);
    expect([signal!.aborted, stopped]).toEqual([false, false]);
    await vi.advanceTimersByTimeAsync(1);
    expect(await asked).toBe('ended');
    await stopping;
    expect([signal!.aborted, stopped]).toEqual([true, true]);
    expect(QUERY_GRACE_MS).toBe(3_000);
  });

  it('does not wait for a query that was not sent yet', async () => {
    const exclusion = createStopQueryExclusion();
    const asked = exclusion.query(
      'r1',
      ({ signal }) =>
        new Promise<string>((resolve) => signal.addEventListener('abort', () => resolve('gave way'))),
    );
    expect(await exclusion.stop('r1', () => Promise.resolve('stopped'))).toBe('stopped');
    expect(await asked).toBe('gave way');
  });

  it('that does not exist lets a query run for as long as it takes', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const exclusion = createStopQueryExclusion();
    const query = call('state');
    const asked = exclusion.query('r1', query.run);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(query.begun.signal?.aborted).toBe(false);
    query.end();
    expect(await asked).toBe('state');
  });

  it('waits for every query in flight, not only for the latest', async () => {
    const exclusion = createStopQueryExclusion();
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

  it('that fails rejects, and lets queries run again', async () => {
    const exclusion = createStopQueryExclusion();
    await expect(exclusion.stop('r1', () => Promise.reject(new Error('no permit')))).rejects.toThrow(
      'no permit',
    );
    expect(await exclusion.query('r1', () => Promise.resolve('state'))).toBe('state');
  });
});

describe('A query', () => {
  it('is not sent while a stop waits, nor while it runs, and is sent again after it', async () => {
    const exclusion = createStopQueryExclusion();
    const query = call('state');
    const stop = call('stopped');
    const late = call('late');
    const asked = exclusion.query('r1', query.run);
    const stopping = exclusion.stop('r1', stop.run);
    await expect(exclusion.query('r1', late.run)).rejects.toMatchObject(STOP_UNDER_WAY);
    query.end();
    await asked;
    await settle();
    expect(stop.begun.times).toBe(1);
    await expect(exclusion.query('r1', late.run)).rejects.toMatchObject(STOP_UNDER_WAY);
    expect(late.begun.times).toBe(0);
    stop.end();
    await stopping;
    late.end();
    expect(await exclusion.query('r1', late.run)).toBe('late');
  });

  it('is rejected until the last of several stops has ended', async () => {
    const exclusion = createStopQueryExclusion();
    const [first, second] = [call('first'), call('second')];
    const stopping = [exclusion.stop('r1', first.run), exclusion.stop('r1', second.run)];
    await settle();
    first.end();
    await stopping[0];
    await expect(exclusion.query('r1', () => Promise.resolve('state'))).rejects.toMatchObject(STOP_UNDER_WAY);
    second.end();
    await stopping[1];
    expect(await exclusion.query('r1', () => Promise.resolve('state'))).toBe('state');
  });

  it('that fails rejects, and blocks neither queries nor stops', async () => {
    const exclusion = createStopQueryExclusion();
    await expect(exclusion.query('r1', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await exclusion.query('r1', () => Promise.resolve('state'))).toBe('state');
    expect(await exclusion.stop('r1', () => Promise.resolve('stopped'))).toBe('stopped');
  });

  it('of one recording does not affect another recording', async () => {
    const exclusion = createStopQueryExclusion();
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

describe('Any sequence of queries and stops of one recording', () => {
  type Step = { kind: 'query' | 'stop'; wait: number; run: number; taken: boolean };
  const step = fc.record<Step>({
    kind: fc.constantFrom('query', 'query', 'stop'),
    wait: fc.integer({ min: 0, max: 5 }),
    run: fc.integer({ min: 0, max: 5 }),
    taken: fc.boolean(),
  });
  const ticks = async (count: number) => {
    for (let tick = 0; tick < count; tick += 1) await settle();
  };

  it('never runs a query together with a stop, sends no query after a stop that was taken, and runs every stop', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(step, fc.integer({ min: 0, max: 3 })), { maxLength: 12 }),
        async (steps) => {
          const exclusion = createStopQueryExclusion();
          let [queries, stops, stopped] = [0, 0, 0];
          let taken = false;
          const all = steps.map(async ([{ kind, wait, run, taken: isTaken }, pause], index) => {
            await ticks(index + pause);
            if (kind === 'stop') {
              await exclusion.stop('r1', async () => {
                stops += 1;
                expect(queries).toBe(0);
                await ticks(run);
                expect(queries).toBe(0);
                stops -= 1;
                stopped += 1;
                taken ||= isTaken;
              });
              return;
            }
            const query = exclusion.query('r1', async ({ signal, markSent }) => {
              // As in the gateway, the recording is read inside.
              if (taken) return;
              await ticks(wait);
              if (signal.aborted) return;
              markSent();
              queries += 1;
              expect([stops, taken]).toEqual([0, false]);
              await ticks(run);
              queries -= 1;
            });
            await query.catch((error: unknown) => expect(error).toMatchObject(STOP_UNDER_WAY));
          });
          await Promise.all(all);
          expect(stopped).toBe(steps.filter(([{ kind }]) => kind === 'stop').length);
          expect(await exclusion.query('r1', () => Promise.resolve('open again'))).toBe('open again');
        },
      ),
      { numRuns: sized(200, 400, 2_000) },
    );
  });
});
