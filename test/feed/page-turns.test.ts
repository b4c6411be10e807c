import { describe, expect, it } from 'vitest';
import { createPageTurns, PAGES_PER_SECOND_UNDER_LOAD } from '../../src/feed/page-turns.js';

function stage(isUnderLoad: boolean) {
  let sleptMs = 0;
  const turns = createPageTurns({
    isUnderLoad: () => isUnderLoad,
    sleep: (milliseconds) => {
      sleptMs += milliseconds;
      return Promise.resolve();
    },
  });
  return { turns, sleptMs: () => sleptMs };
}

const running = new AbortController().signal;

describe('Pages of the log for subscriptions', () => {
  it('are read at once while little is being recorded', async () => {
    const { turns, sleptMs } = stage(false);
    await Promise.all(Array.from({ length: 50 }, () => turns.take(running)));
    expect([sleptMs(), turns.waiting()]).toEqual([0, 0]);
  });

  it('are so many a second while much is being recorded, in order', async () => {
    const { turns, sleptMs } = stage(true);
    const taken: number[] = [];
    const pages = Array.from({ length: PAGES_PER_SECOND_UNDER_LOAD }, (_, index) =>
      turns.take(running).then(() => taken.push(index)),
    );
    await Promise.all(pages);
    expect(sleptMs()).toBeCloseTo(1_000);
    expect(taken).toEqual(pages.map((_page, index) => index));
  });

  it('take no time for subscriptions that have ended', async () => {
    const { turns, sleptMs } = stage(true);
    const ended = AbortSignal.abort();
    await Promise.all(Array.from({ length: 1_000 }, () => turns.take(ended)));
    expect([sleptMs(), turns.waiting()]).toEqual([0, 0]);
  });
});
