import { afterEach, describe, expect, it, vi } from 'vitest';
import { StoreBusyError, StoreUnavailableError } from '../../src/store/errors.js';
import {
  createBatchQueue,
  MAX_BATCH_SIZE,
  MAX_OUTAGE_MS,
  MAX_QUEUE_LENGTH,
  MAX_WAIT_MS,
} from '../../src/store/log/queue.js';

/** A writer that notes its batches, refuses those with a bad item, and writes when it is let. */
function writer({ bad = new Set<number>(), held = false } = {}) {
  const batches: number[][] = [];
  let letGo = () => {};
  const gate = held ? new Promise<void>((resolve) => (letGo = resolve)) : Promise.resolve();
  return {
    batches,
    letGo: () => letGo(),
    write: async (items: readonly number[]) => {
      batches.push([...items]);
      await gate;
      if (items.some((item) => bad.has(item))) throw new Error(`bad among ${items.join()}`);
      return items.map((item) => item * 10);
    },
  };
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('what waits to be written', () => {
  it('is written in the order it came, while one batch is written the next one gathers', async () => {
    const { batches, write } = writer();
    const queue = createBatchQueue(write);
    expect(await Promise.all(numbers(150).map((item) => queue.add(item, false)))).toEqual(
      numbers(150).map((item) => item * 10),
    );
    expect(batches.flat()).toEqual(numbers(150));
    expect(batches.map(({ length }) => length)).toEqual([1, MAX_BATCH_SIZE, MAX_BATCH_SIZE, 21]);
    expect(MAX_BATCH_SIZE).toBe(64);
    expect(queue.size()).toBe(0);
  });

  it('is written one by one where the batch fails, so that one bad item fails alone', async () => {
    const { batches, write } = writer({ bad: new Set([3]) });
    const queue = createBatchQueue(write);
    const results = await Promise.allSettled(numbers(6).map((item) => queue.add(item, false)));
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect(batches).toEqual([[0], [1, 2, 3, 4, 5], [1], [2], [3], [4], [5]]);
    expect(await queue.add(7, false)).toBe(70);
  });

  it('is bounded: what does not fit is refused at once, and fits again later', async () => {
    const { write, letGo } = writer({ held: true });
    const queue = createBatchQueue(write);
    const waiting = numbers(MAX_QUEUE_LENGTH + 1).map((item) => queue.add(item, false));
    expect(queue.size()).toBe(MAX_QUEUE_LENGTH);
    await expect(queue.add(1, false)).rejects.toThrow(StoreBusyError);
    letGo();
    await Promise.all(waiting);
    expect(await queue.add(1, false)).toBe(10);
  });

  it('is written before close resolves, and nothing more is taken', async () => {
    const { batches, write, letGo } = writer({ held: true });
    const queue = createBatchQueue(write);
    const waiting = numbers(100).map((item) => queue.add(item, false));
    let closed = false;
    const closing = queue.close().then(() => (closed = true));
    await expect(queue.add(1, false)).rejects.toThrow(StoreBusyError);
    expect(closed).toBe(false);
    letGo();
    await closing;
    expect(batches.flat()).toEqual(numbers(100));
    await Promise.all(waiting);
  });

  it('lets an idle queue close at once', async () => {
    const queue = createBatchQueue(writer().write);
    await expect(queue.close()).resolves.toBeUndefined();
  });
});

describe('what waits too long', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is refused after five seconds where its sender sends it again, and is not written later', async () => {
    vi.useFakeTimers();
    const { batches, write, letGo } = writer({ held: true });
    const queue = createBatchQueue(write);
    const [underWay, later, must] = [queue.add(1, false), queue.add(2, false), queue.add(3, true)];
    const refused = Promise.allSettled([underWay, later]);
    await vi.advanceTimersByTimeAsync(MAX_WAIT_MS);
    expect(MAX_WAIT_MS).toBe(5_000);
    for (const result of await refused) {
      expect(result).toMatchObject({ status: 'rejected', reason: expect.any(StoreBusyError) as unknown });
    }
    letGo();
    expect(await must).toBe(30);
    expect(batches).toEqual([[1], [3]]);
  });
});

describe('while the database cannot be used', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  function outage() {
    const state = { out: true, attempts: 0 };
    const write = (items: readonly number[]) => {
      state.attempts += 1;
      return state.out
        ? Promise.reject(new StoreUnavailableError(new Error('gone')))
        : Promise.resolve([...items]);
    };
    return { state, write };
  }

  it('what its sender sends again is refused at once, without one try for each', async () => {
    const { state, write } = outage();
    const queue = createBatchQueue(write);
    const results = await Promise.allSettled(numbers(65).map((item) => queue.add(item, false)));
    for (const result of results) {
      expect(result).toMatchObject({
        status: 'rejected',
        reason: expect.any(StoreUnavailableError) as unknown,
      });
    }
    expect(state.attempts).toBe(2);
  });

  it('what has no sender to repeat it is kept, in its order, and written when it can be', async () => {
    vi.useFakeTimers();
    const { state, write } = outage();
    const queue = createBatchQueue(write);
    const results = Promise.all(numbers(100).map((item) => queue.add(item, true)));
    await vi.advanceTimersByTimeAsync(MAX_OUTAGE_MS / 2);
    state.out = false;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await results).toEqual(numbers(100));
    expect(queue.size()).toBe(0);
  });

  it('it is given up after half a minute, and the queue continues', async () => {
    vi.useFakeTimers();
    const { state, write } = outage();
    const queue = createBatchQueue(write);
    const result = Promise.allSettled([queue.add(1, true)]);
    await vi.advanceTimersByTimeAsync(MAX_OUTAGE_MS + 1_000);
    expect(await result).toMatchObject([{ status: 'rejected' }]);
    state.out = false;
    expect(await queue.add(2, false)).toBe(2);
  });
});
