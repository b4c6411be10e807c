import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../src/control/clock.js';
import { seededRandom } from '../../src/random.js';
import { Scheduler } from '../../src/tasks/scheduler.js';

function standing() {
  let real = 1_000;
  const clock = new VirtualClock(null, () => real);
  const batches: number[] = [];
  const scheduler = new Scheduler(clock, (work) => {
    batches.push(clock.now());
    work();
  });
  return { clock, scheduler, batches, pass: (ms: number) => (real += ms) };
}

describe('The virtual clock', () => {
  it('continues at a new speed from the current time', () => {
    const { clock, pass } = standing();
    clock.change({ speed: 60 });
    pass(1_000);
    expect(clock.now()).toBe(61_000);
    clock.change({ speed: 1 });
    pass(500);
    expect(clock.now()).toBe(61_500);
  });

  it('does not go back when real time does', () => {
    const { clock, pass } = standing();
    pass(-5_000);
    expect(clock.now()).toBe(1_000);
  });

  it('continues from the kept state', () => {
    const clock = new VirtualClock({ base: 5_000, realBase: 1_000, speed: 10 }, () => 2_000);
    expect(clock.now()).toBe(15_000);
  });
});

describe('The scheduler', () => {
  it('runs everything within a step in the order of due times, including entries added meanwhile', () => {
    const { clock, scheduler, batches } = standing();
    const seen: [string, number][] = [];
    for (let index = 0; index < 50; index++) {
      const at = 2_000 + ((index * 37) % 50) * 10;
      scheduler.add(at, (time) => seen.push(['planned', time]));
    }
    scheduler.add(2_105, (time) => scheduler.add(time + 10, (later) => seen.push(['added', later])));
    scheduler.add(9_000, (time) => seen.push(['too late', time]));
    clock.change({ stepMs: 5_000 });
    const times = seen.map(([, time]) => time);
    expect(times).toEqual([...times].sort((left, right) => left - right));
    expect(seen).toHaveLength(51);
    expect(seen).toContainEqual(['added', 2_115]);
    expect(batches).toHaveLength(1);
    scheduler.close();
  });

  it('keeps the order of entries that are due at the same time', () => {
    const { clock, scheduler } = standing();
    const seen: number[] = [];
    for (let index = 0; index < 20; index++) scheduler.add(2_000, () => seen.push(index));
    clock.change({ stepMs: 1_000 });
    expect(seen).toEqual(Array.from({ length: 20 }, (_, index) => index));
    scheduler.close();
  });
});

describe('Random numbers', () => {
  it('repeat with their seed and are in [0, 1)', () => {
    const draw = (seed: number) => {
      const random = seededRandom(seed);
      return Array.from({ length: 1_000 }, random);
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw(7).every((number) => number >= 0 && number < 1)).toBe(true);
    const mean = draw(7).reduce((sum, number) => sum + number, 0) / 1_000;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.05);
  });
});
