import { type ByName, entriesOf, sizeOf, valueOf, withValue } from '../by-name.js';

/**
 * Which notifications of one recorder have come, by their sequence numbers: the truth about completeness.
 * Bookkeeping of arrival; it never decides a phase.
 */

/** A run of sequence numbers that have all come. */
export type Run = [from: number, to: number];

/** A run of sequence numbers that are missing. */
export interface SequenceGap {
  recorderUid: string;
  from: number;
  to: number;
}

export interface SequenceStream {
  /** Ascending, with gaps between. */
  runs: Run[];
  /** Numbers in gaps that are no longer kept as ranges. */
  forgotten: number;
  /**
   * Gaps that have been reported, as they were then: what is still missing of them is not reported again. The name is part
   * of the stored form.
   */
  told: Run[];
  /** Gaps between these numbers wait to be reported since this time: late arrivals may still close them. Null if none waits. */
  pending: { from: number; to: number; since: number } | null;
}

/** More ranges than this are counted, not kept. */
export const MAX_GAP_RANGES = 100;

/** A wider jump is a fault of the numbering, not so many lost notifications. */
export const WIDEST_GAP = 10_000;

/** Recorders of one recording: each fail-over adds one. */
const MAX_STREAMS = 16;

/** By the recorder's uid. */
export type SequenceStreams = ByName<SequenceStream>;

/**
 * Notes one sequence number that came at the given time. `late` says that a greater one had come before; `repeated` that
 * the number itself had. `fromZero`: of a recording that we started, so that the first number is 0.
 */
export function noteSequence(
  streams: SequenceStreams,
  recorderUid: string,
  sequence: number,
  fromZero: boolean,
  at: number,
): { streams: SequenceStreams; late: boolean; repeated: boolean } {
  const held = valueOf(streams, recorderUid);
  if (held === undefined && sizeOf(streams) >= MAX_STREAMS) {
    return { streams, late: false, repeated: false };
  }
  const stream = held ?? { runs: [], forgotten: 0, told: [], pending: null };
  const last = stream.runs.at(-1)?.[1] ?? (fromZero ? -1 : sequence - 1);
  const late = sequence < last;
  const repeated = stream.runs.some(([from, to]) => from <= sequence && sequence <= to);
  const runs: Run[] = [];
  let added: Run = [sequence, sequence];
  for (const run of stream.runs) {
    if (run[1] + 1 < added[0]) runs.push(run);
    else if (added[1] + 1 < run[0]) {
      runs.push(added);
      added = run;
    } else added = [Math.min(run[0], added[0]), Math.max(run[1], added[1])];
  }
  runs.push(added);
  // Past the bound the oldest gaps are forgotten as ranges; how many numbers they missed stays.
  let { forgotten } = stream;
  while (runs.length > MAX_GAP_RANGES + 1) {
    const [first, second] = runs;
    if (first === undefined || second === undefined) break;
    forgotten += gapWidth(first[1], second[0]);
    runs.splice(0, 2, [first[0], second[1]]);
  }
  const noted = awaitingGaps({ ...stream, runs, forgotten }, recorderUid, fromZero, at);
  return { streams: withValue(streams, recorderUid, noted), late, repeated };
}

/** Notes that a gap was reported. */
export function markReported(
  streams: SequenceStreams,
  { recorderUid, from, to }: SequenceGap,
  fromZero: boolean,
  at: number,
): SequenceStreams {
  const stream = valueOf(streams, recorderUid);
  if (stream === undefined) return streams;
  const reported: SequenceStream = { ...stream, told: [...stream.told, [from, to]] };
  return withValue(streams, recorderUid, awaitingGaps(reported, recorderUid, fromZero, at));
}

function isWithin(gap: SequenceGap, from: number, to: number): boolean {
  return from <= gap.from && gap.to <= to;
}

/** The stream with the gaps that wait to be reported. A gap that opens while others wait gets its own time after them. */
function awaitingGaps(
  stream: SequenceStream,
  recorderUid: string,
  fromZero: boolean,
  at: number,
): SequenceStream {
  const gaps = gapsOf(recorderUid, stream, fromZero);
  const reported = stream.told.filter(([from, to]) => gaps.some((gap) => isWithin(gap, from, to)));
  const unreported = gaps.filter((gap) => !reported.some(([from, to]) => isWithin(gap, from, to)));
  const [first, last] = [unreported[0], unreported.at(-1)];
  if (first === undefined || last === undefined) return { ...stream, told: reported, pending: null };
  const { pending } = stream;
  if (pending !== null && unreported.some((gap) => isWithin(gap, pending.from, pending.to))) {
    return { ...stream, told: reported };
  }
  return { ...stream, told: reported, pending: { from: first.from, to: last.to, since: at } };
}

/** The gap that has waited longest to be reported, and since when; null if none waits. */
export function unreportedGap(
  streams: SequenceStreams,
  fromZero: boolean,
): { gap: SequenceGap; since: number } | null {
  let longest: { gap: SequenceGap; since: number } | null = null;
  for (const [recorderUid, stream] of entriesOf(streams)) {
    const { pending, told: reported } = stream;
    if (pending === null || (longest !== null && longest.since <= pending.since)) continue;
    const gap = gapsOf(recorderUid, stream, fromZero).find(
      (candidate) =>
        isWithin(candidate, pending.from, pending.to) &&
        !reported.some(([from, to]) => isWithin(candidate, from, to)),
    );
    if (gap !== undefined) longest = { gap, since: pending.since };
  }
  return longest;
}

/** How many numbers are missing between two that came; a jump counts for none. */
function gapWidth(before: number, after: number): number {
  return after - before > WIDEST_GAP ? 0 : after - before - 1;
}

/** What lies between the runs of one stream, ascending: gaps, and jumps that are too wide for one. */
function holesOf(recorderUid: string, { runs }: SequenceStream, fromZero: boolean): SequenceGap[] {
  const begin = fromZero ? -1 : (runs[0]?.[0] ?? 0) - 1;
  return runs.map(([from], index) => ({
    recorderUid,
    from: (index === 0 ? begin : (runs[index - 1]?.[1] ?? 0)) + 1,
    to: from - 1,
  }));
}

function gapsOf(recorderUid: string, stream: SequenceStream, fromZero: boolean): SequenceGap[] {
  return holesOf(recorderUid, stream, fromZero).filter(({ from, to }) => gapWidth(from - 1, to + 1) > 0);
}

/**
 * The gaps of all streams, those of the highest numbers first. The streams of a recording that we started count from 0;
 * of one seen from somewhere on, from the lowest number seen.
 */
export function sequenceGaps(
  streams: SequenceStreams,
  fromZero: boolean,
): { gaps: SequenceGap[]; missing: number; jumps: number } {
  const all = entriesOf(streams);
  const gaps = all.flatMap(([recorderUid, stream]) => gapsOf(recorderUid, stream, fromZero));
  const holes = all.flatMap(([recorderUid, stream]) => holesOf(recorderUid, stream, fromZero));
  const forgotten = all.reduce((sum, [, stream]) => sum + stream.forgotten, 0);
  return {
    gaps: [...gaps].reverse().slice(0, MAX_GAP_RANGES),
    missing: gaps.reduce((sum, gap) => sum + gap.to - gap.from + 1, forgotten),
    jumps: holes.filter(({ from, to }) => to - from + 2 > WIDEST_GAP).length,
  };
}
