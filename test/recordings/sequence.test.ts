import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byName, sizeOf } from '../../src/recordings/by-name.js';
import {
  noteSequence,
  markReported,
  sequenceGaps,
  type SequenceStreams,
  unreportedGap,
} from '../../src/recordings/fold/sequence.js';
import { sized } from '../support/size.js';
import { permutationOf } from './arbitraries.js';

const UID = '527841';

function noteAll(sequences: readonly number[], from: SequenceStreams = byName(), uid = UID): SequenceStreams {
  return sequences.reduce(
    (streams, sequence) => noteSequence(streams, uid, sequence, false, 0).streams,
    from,
  );
}

function listed(streams: SequenceStreams, fromZero: boolean): number[] {
  return sequenceGaps(streams, fromZero)
    .gaps.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, index) => from + index))
    .sort((left, right) => left - right);
}

function missingOf(came: readonly number[], from: number): number[] {
  const last = Math.max(...came);
  return Array.from({ length: last - from + 1 }, (_, index) => from + index).filter(
    (sequence) => !came.includes(sequence),
  );
}

/** Some of 0..n in any order, some of them twice. */
const someSequences = fc
  .integer({ min: 0, max: 150 })
  .chain((n) =>
    fc.subarray(
      Array.from({ length: n + 1 }, (_, index) => index),
      { minLength: 1 },
    ),
  )
  .chain((came) => fc.tuple(fc.constant(came), fc.subarray(came)))
  .chain(([came, again]) => permutationOf([...came, ...again]));

describe('the gaps of a stream of notifications', () => {
  it('are exactly the numbers that did not come, in whichever order the others did', () => {
    fc.assert(
      fc.property(someSequences, (came) => {
        const streams = noteAll(came);
        expect(listed(streams, true)).toEqual(missingOf(came, 0));
        expect(listed(streams, false)).toEqual(missingOf(came, Math.min(...came)));
        expect(sequenceGaps(streams, true).missing).toBe(missingOf(came, 0).length);
        expect(sequenceGaps(streams, false).missing).toBe(missingOf(came, Math.min(...came)).length);
      }),
      { numRuns: sized(100, 400, 10_000) },
    );
  });

  it('are listed per recorder', () => {
    const streams = noteAll([0, 2], noteAll([1], byName(), 'other'));
    expect(sequenceGaps(streams, true)).toEqual({
      gaps: expect.arrayContaining([
        { recorderUid: UID, from: 1, to: 1 },
        { recorderUid: 'other', from: 0, to: 0 },
      ]) as unknown,
      missing: 2,
      jumps: 0,
    });
  });

  it('come with those of the highest numbers first', () => {
    expect(sequenceGaps(noteAll([1, 3, 5]), true).gaps.map(({ from }) => from)).toEqual([4, 2, 0]);
  });

  it('are at most 100 ranges, the newest ones', () => {
    const streams = noteAll(Array.from({ length: 250 }, (_, index) => 2 * index));
    const { gaps } = sequenceGaps(streams, true);
    expect(gaps).toHaveLength(100);
    expect(gaps[0]).toEqual({ recorderUid: UID, from: 497, to: 497 });
    expect(gaps.at(-1)).toEqual({ recorderUid: UID, from: 299, to: 299 });
  });

  it('are all counted, also those past the 100 ranges that are listed', () => {
    const streams = noteAll(Array.from({ length: 250 }, (_, index) => 2 * index));
    expect(sequenceGaps(streams, true).missing).toBe(249);
  });

  it('are none where the numbers jump by more than 10,000', () => {
    expect(sequenceGaps(noteAll([0, 1, 10_002]), true)).toEqual({ gaps: [], missing: 0, jumps: 1 });
    expect(sequenceGaps(noteAll([0, 1, 10_001]), true).missing).toBe(9_999);
  });

  it('are none either where the number past the jump comes first', () => {
    expect(sequenceGaps(noteAll([50_000, 3]), false).missing).toBe(0);
  });

  it('are none either where the first number of a recording that we started is past a jump', () => {
    expect(sequenceGaps(noteAll([50_000]), true).missing).toBe(0);
  });

  it('are kept of a bounded number of recorders', () => {
    const streams = Array.from({ length: 40 }, (_, index) => String(index)).reduce<SequenceStreams>(
      (noted, uid) => noteAll([0], noted, uid),
      byName(),
    );
    expect(sizeOf(streams)).toBe(16);
    expect(sequenceGaps(noteAll([3], streams, '5'), true).missing).toBe(2);
  });
});

describe('a notification', () => {
  it('is late if one with a greater number had come', () => {
    const streams = noteAll([0, 1, 5]);
    expect(noteSequence(streams, UID, 3, false, 0)).toMatchObject({ late: true });
    expect(noteSequence(streams, UID, 6, false, 0)).toMatchObject({ late: false });
    expect(noteSequence(streams, 'other', 3, false, 0)).toMatchObject({ late: false });
  });

  it('is late as often as it came after a greater one, and repeated as often as its number had come', () => {
    fc.assert(
      fc.property(someSequences, (came) => {
        let streams: SequenceStreams = byName();
        const before: number[] = [];
        for (const sequence of came) {
          const noted = noteSequence(streams, UID, sequence, false, 0);
          expect(noted.late).toBe(sequence < Math.max(-1, ...before));
          expect(noted.repeated).toBe(before.includes(sequence));
          streams = noted.streams;
          before.push(sequence);
        }
      }),
      { numRuns: sized(120, 600, 3_000) },
    );
  });
});

describe('a gap', () => {
  /** Notes numbers, each at the time next to it. */
  const noteAt = (came: readonly [sequence: number, at: number][], fromZero = true) =>
    came.reduce<SequenceStreams>(
      (streams, [sequence, at]) => noteSequence(streams, UID, sequence, fromZero, at).streams,
      byName(),
    );

  it('waits to be reported from when it opened', () => {
    expect(unreportedGap(noteAt([[3, 10]]), true)).toEqual({
      gap: { recorderUid: UID, from: 0, to: 2 },
      since: 10,
    });
    expect(unreportedGap(noteAt([[3, 10]], false), false)).toBeNull();
  });

  it('that closes again is never reported, and one that is partly filled is reported for the rest', () => {
    const open: [number, number][] = [
      [0, 1],
      [3, 2],
    ];
    expect(unreportedGap(noteAt([...open, [2, 3], [1, 4]]), true)).toBeNull();
    expect(unreportedGap(noteAt([...open, [1, 3]]), true)).toEqual({
      gap: { recorderUid: UID, from: 2, to: 2 },
      since: 2,
    });
  });

  it('that opens while another one waits has its own time', () => {
    const both = noteAt([
      [1, 10],
      [3, 14],
    ]);
    expect(unreportedGap(both, true)).toEqual({ gap: { recorderUid: UID, from: 0, to: 0 }, since: 10 });
    const reported = markReported(both, { recorderUid: UID, from: 0, to: 0 }, true, 15);
    expect(unreportedGap(reported, true)).toEqual({ gap: { recorderUid: UID, from: 2, to: 2 }, since: 15 });
    expect(unreportedGap(noteSequence(both, UID, 0, true, 15).streams, true)?.since).toBe(15);
  });

  it('of another recorder does not wait for it', () => {
    const streams = noteSequence(noteAt([[1, 10]]), 'other', 1, true, 12).streams;
    const reported = markReported(streams, { recorderUid: UID, from: 0, to: 0 }, true, 15);
    expect(unreportedGap(reported, true)).toEqual({
      gap: { recorderUid: 'other', from: 0, to: 0 },
      since: 12,
    });
  });

  it('is reported exactly once, whatever the order of arrival', () => {
    fc.assert(
      fc.property(someSequences, fc.array(fc.boolean(), { minLength: 1 }), (came, reports) => {
        let streams: SequenceStreams = byName();
        const reportedNumbers: number[] = [];
        const report = () => {
          for (let next = unreportedGap(streams, true); next !== null; next = unreportedGap(streams, true)) {
            for (let missing = next.gap.from; missing <= next.gap.to; missing += 1)
              reportedNumbers.push(missing);
            streams = markReported(streams, next.gap, true, 0);
          }
        };
        came.forEach((sequence, index) => {
          streams = noteSequence(streams, UID, sequence, true, 0).streams;
          if (reports[index % reports.length] === true) report();
        });
        report();
        expect(new Set(reportedNumbers).size).toBe(reportedNumbers.length);
        for (const missing of missingOf(came, 0)) expect(reportedNumbers).toContain(missing);
      }),
      { numRuns: sized(120, 600, 3_000) },
    );
  });
});
