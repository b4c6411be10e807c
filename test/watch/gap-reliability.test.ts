import { describe, expect, it } from 'vitest';
import { type Recording } from '../../src/recordings/view/recording.js';
import { createLog } from '../../src/telemetry/log.js';
import { createMetrics } from '../../src/telemetry/metrics.js';
import { createGapReliability, isPartlySubscribed } from '../../src/watch/gap-reliability.js';
import { APP_ID, notification } from '../recordings/observations.js';
import { newStore } from '../store/support.js';

function delivery(received: number, missingCount: number): Recording['delivery'] {
  return { received, missingCount, duplicates: 0, conflicts: 0, outOfOrder: 0, missing: [], jumps: 0 };
}

const many = (count: number, one: Recording['delivery']) => Array.from({ length: count }, () => one);

describe('A project', () => {
  it('counts as subscribed to only some events if most of its recordings have gaps', () => {
    expect(isPartlySubscribed([...many(6, delivery(5, 4)), ...many(4, delivery(9, 0))])).toBe(true);
    expect(isPartlySubscribed([...many(5, delivery(5, 4)), ...many(5, delivery(9, 0))])).toBe(false);
  });

  it('is not judged by fewer than ten recordings with enough notifications', () => {
    expect(isPartlySubscribed(many(9, delivery(5, 4)))).toBe(false);
    expect(isPartlySubscribed([...many(9, delivery(5, 4)), ...many(20, delivery(2, 2))])).toBe(false);
    expect(isPartlySubscribed(many(10, delivery(5, 4)))).toBe(true);
  });

  it('is judged once a minute by its own latest recordings, and shown as a metric', async () => {
    const store = await newStore();
    const metrics = createMetrics();
    const isReliable = createGapReliability({ store, log: createLog('silent'), metrics });
    const shown = async () => (await metrics.partlySubscribed.get()).values[0]?.value;
    expect(await isReliable(APP_ID, 0)).toBe(true);
    expect(await shown()).toBe(0);
    for (let recording = 0; recording < 10; recording += 1) {
      for (const sequence of [0, 9]) {
        const about = { recordingId: null, sid: `sid-${recording}`, sequence };
        await store.record(notification(40, {}, about));
      }
    }
    expect(await isReliable(APP_ID, 59_999)).toBe(true);
    expect(await isReliable(APP_ID, 60_000)).toBe(false);
    expect(await isReliable('another', 60_000)).toBe(true);
    expect(await shown()).toBe(1);
  });
});
