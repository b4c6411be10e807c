import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDistantClock } from '../../src/agora-calls/distant-clock.js';

/** How far the other clock is ahead of ours. */
const AHEAD = 1_000_000;

describe('A distant clock', () => {
  it('is known as exactly as the quickest reply allows, however slow the others are', () => {
    const way = fc.double({ min: 0, max: 500, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(way, way), { minLength: 1, maxLength: 50 }), (ways) => {
        const clock = createDistantClock();
        let now = 0;
        for (const [there, back] of ways) {
          clock.read(now + there + AHEAD, now, now + there + back);
          now += there + back;
        }
        const quickest = Math.min(...ways.map(([there, back]) => there + back));
        const error = Math.abs(clock.toOurs(now + AHEAD) - now);
        // A slower reply may have replaced an old one.
        expect(error).toBeLessThanOrEqual(quickest / 2 + now * 0.000_1 + 0.001);
      }),
    );
  });

  it('is followed after it was set', () => {
    const clock = createDistantClock();
    clock.read(AHEAD, 0, 2);
    clock.read(AHEAD - 60_000 + 1_000, 1_000, 1_040);
    expect(clock.toOurs(AHEAD - 60_000 + 2_000)).toBeCloseTo(2_020, 0);
  });

  it('is followed while it runs slightly faster than ours', () => {
    const clock = createDistantClock();
    for (let now = 0; now < 3_600_000; now += 1_000) {
      const theirs = AHEAD + now * 1.000_05;
      clock.read(theirs, now - 1 - (now % 7), now + 1 + (now % 7));
      expect(Math.abs(clock.toOurs(theirs) - now)).toBeLessThan(10);
    }
  });
});
