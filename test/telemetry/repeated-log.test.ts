import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Log, createLog } from '../../src/telemetry/log.js';
import { createRepeatedLog, SUMMARY_INTERVAL_MS } from '../../src/telemetry/repeated-log.js';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function openLog() {
  const lines: object[] = [];
  const log: Log = { ...createLog('silent'), warn: (fields, message) => lines.push({ ...fields, message }) };
  return { lines, log: createRepeatedLog(log) };
}

describe('Of events that come in a flood, the log shows', () => {
  it('the first one at once, and one summary a minute while they keep coming', () => {
    const { lines, log } = openLog();
    for (let second = 0; second < 150; second += 1) {
      log.warn('refused', { appId: 'a', second }, 'refused');
      vi.advanceTimersByTime(1_000);
    }
    expect(lines).toEqual([
      { appId: 'a', second: 0, message: 'refused' },
      { appId: 'a', second: 59, message: 'refused', times: 59, seconds: 60 },
      { appId: 'a', second: 119, message: 'refused', times: 60, seconds: 60 },
    ]);
    vi.advanceTimersByTime(SUMMARY_INTERVAL_MS);
    expect(lines).toHaveLength(4);
    expect(lines[3]).toMatchObject({ times: 30 });
  });

  it('the next one at once again after a minute without any', () => {
    const { lines, log } = openLog();
    log.warn('refused', {}, 'refused');
    vi.advanceTimersByTime(SUMMARY_INTERVAL_MS);
    log.warn('refused', {}, 'refused');
    expect(lines).toEqual([{ message: 'refused' }, { message: 'refused' }]);
  });

  it('each kind by itself, and no more than a hundred kinds', () => {
    const { lines, log } = openLog();
    for (let kind = 0; kind < 300; kind += 1) log.warn(`kind ${kind}`, {}, `kind ${kind}`);
    expect(lines).toHaveLength(101);
    vi.advanceTimersByTime(SUMMARY_INTERVAL_MS);
    expect(lines).toHaveLength(102);
    expect(lines[101]).toMatchObject({ times: 199 });
  });
});
