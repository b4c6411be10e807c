import { expect, it } from 'vitest';
import { createReachability } from '../../src/agora-calls/reachability.js';

function reachabilityAt() {
  const seen: unknown[] = [];
  const time = { now: 0 };
  const reachability = createReachability(() => time.now, {
    onUnreachable: (since) => seen.push(['unreachable', since]),
    onReachable: () => seen.push(['reachable', time.now]),
  });
  const note = (now: number, fault: 'name' | 'network' | null) => {
    time.now = now;
    reachability.note(fault);
  };
  return { note, seen };
}

it('Agora counts as unreachable from the first of three failures in a row until the next answer', () => {
  const { note, seen } = reachabilityAt();
  note(1, 'network');
  note(2, 'name');
  expect(seen).toEqual([]);
  note(3, 'network');
  note(4, 'network');
  expect(seen).toEqual([['unreachable', 1]]);
  note(5, null);
  note(6, null);
  expect(seen).toEqual([
    ['unreachable', 1],
    ['reachable', 5],
  ]);
});

it('Failures with answers between them are not an outage', () => {
  const { note, seen } = reachabilityAt();
  for (let now = 0; now < 10; now += 1) note(now, now % 3 === 0 ? null : 'network');
  expect(seen).toEqual([]);
});
