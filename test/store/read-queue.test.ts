import { describe, expect, it } from 'vitest';
import { createReadQueue, MAX_READS } from '../../src/store/thread/read-queue.js';
import { waitFor } from '../support/wait-for.js';

/** Calls that end when the test says so, by their names in the order in which they began. */
function stage() {
  const began: string[] = [];
  const ends: (() => void)[] = [];
  const queue = createReadQueue();
  const read = (name: string) =>
    queue.run(name, async () => {
      began.push(name);
      await new Promise<void>((resolve) => ends.push(resolve));
      return name;
    });
  return { queue, began, read, end: () => ends.shift()?.() };
}

describe('Long reads of callers', () => {
  it(`reach the store ${MAX_READS} at a time, and everything else at once`, async () => {
    const { queue, began, read, end } = stage();
    const reads = Array.from({ length: MAX_READS + 3 }, () => read('eventPage'));
    expect(began).toHaveLength(MAX_READS);
    expect(queue.waiting()).toBe(3);
    void read('recordBatch');
    void read('states');
    expect(began.slice(MAX_READS)).toEqual(['recordBatch', 'states']);
    end();
    await waitFor(() => began.length === MAX_READS + 3);
    expect(await reads[0]).toBe('eventPage');
  });

  it('for queries come before those of followers of the log', async () => {
    const { began, read, end } = stage();
    for (const name of ['eventsAfter', 'changesAfter', 'eventsAfter', 'recordingPage']) void read(name);
    end();
    await waitFor(() => began.length === 3);
    expect(began.at(-1)).toBe('recordingPage');
  });

  it('that fail make room for the next', async () => {
    const { queue } = stage();
    const fail = () => queue.run('eventsAfter', () => Promise.reject(new Error('failed')));
    const failures = await Promise.allSettled(Array.from({ length: 5 }, fail));
    expect(failures.map(({ status }) => status)).toEqual(Array(5).fill('rejected'));
    expect(queue.waiting()).toBe(0);
  });
});
