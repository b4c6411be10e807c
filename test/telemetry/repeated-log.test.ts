import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRepeatedLog, SUMMARY_INTERVAL_MS } from '../../src/telemetry/repeated-log.js';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function openLog() {
  const lines: object[] = [];
  return { lines, log: createRepeatedLog((fields) => lines.push(fields)) };
}

describe('Of events that come in a flood, the log shows', () => {
  it('the first one at once, and one summary a minute while they keep coming', () => {
    const { lines, log } = openLog();
    for (let second = 0; second < 150; second += 1) {
      log.note('refused', { appId: 'a' });
      vi.advanceTimersByTime(1_000);
    }
    expect(lines).toEqual([{ appId: 'a' }, { appId: 'a', count: 59 }, { appId: 'a', count: 60 }]);
    vi.advanceTimersByTime(SUMMARY_INTERVAL_MS);
    expect(lines.slice(3)).toEqual([{ appId: 'a', count: 30 }]);
  });

  it('the next one at once again after a minute without any', () => {
    const { lines, log } = openLog();
    log.note('refused', {});
    vi.advanceTimersByTime(SUMMARY_INTERVAL_MS);
    log.note('refused', {});
    expect(lines).toEqual([{}, {}]);
  });

  it('each kind separately, and no more than a hundred kinds', () => {
    const { lines, log } = openLog();
    for (let kind = 0; kind < 300; kind += 1) log.note(`kind ${kind}`, { kind });
    expect(lines).toHaveLength(101);
    vi.advanceTimersByTime(SUMMARY_INTERVAL_MS);
    expect(lines.slice(101)).toEqual([{ kind: 100, count: 199 }]);
  });
});
