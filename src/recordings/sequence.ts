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
}

/** More ranges than this are counted, not kept. */
export const MAX_GAP_RANGES = 100;

/** A wider jump is a fault of the numbering, not so many lost notifications. */
export const WIDEST_GAP = 10_000;

/** Recorders of one recording: each fail-over adds one. */
const MAX_STREAMS = 16;

export type SequenceStreams = Record<string, SequenceStream>;

/**
 * Notes one sequence number. `late` says that a greater one had come before; `gap` is the hole that it left behind it.
 * `fromZero`: of a recording that we started, so that the first number is 0.
 */
export function noteSequence(
  streams: SequenceStreams,
  recorderUid: string,
  sequence: number,
  fromZero: boolean,
): { streams: SequenceStreams; late: boolean; gap: SequenceGap | null } {
  const held = streams[recorderUid];
  if (held === undefined && Object.keys(streams).length >= MAX_STREAMS) {
    return { streams, late: false, gap: null };
  }
  const stream = held ?? { runs: [], forgotten: 0 };
  const last = stream.runs.at(-1)?.[1] ?? (fromZero ? -1 : sequence - 1);
  const late = sequence < last;
  const gap = gapWidth(last, sequence) > 0 ? { recorderUid, from: last + 1, to: sequence - 1 } : null;
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
  return { streams: { ...streams, [recorderUid]: { runs, forgotten } }, late, gap };
}

/** How many numbers are missing between two that came; a jump counts for none. */
function gapWidth(before: number, after: number): number {
  return after - before > WIDEST_GAP ? 0 : after - before - 1;
}

/**
 * The gaps of all streams, those of the highest numbers first. The streams of a recording that we started count from 0;
 * of one seen from somewhere on, from the lowest number seen.
 */
export function sequenceGaps(
  streams: SequenceStreams,
  fromZero: boolean,
): { gaps: SequenceGap[]; missing: number; jumps: number } {
  const holes: SequenceGap[] = Object.entries(streams).flatMap(([recorderUid, { runs }]) => {
    const begin = fromZero ? -1 : (runs[0]?.[0] ?? 0) - 1;
    return runs.map(([from], index) => ({
      recorderUid,
      from: (index === 0 ? begin : (runs[index - 1]?.[1] ?? 0)) + 1,
      to: from - 1,
    }));
  });
  const gaps = holes.filter(({ from, to }) => gapWidth(from - 1, to + 1) > 0);
  const forgotten = Object.values(streams).reduce((sum, stream) => sum + stream.forgotten, 0);
  return {
    gaps: [...gaps].reverse().slice(0, MAX_GAP_RANGES),
    missing: gaps.reduce((sum, gap) => sum + gap.to - gap.from + 1, forgotten),
    jumps: holes.filter(({ from, to }) => to - from + 2 > WIDEST_GAP).length,
  };
}
