/** A part of a text: the index of its first UTF-16 code unit, and the index after its last. */
export type Range = readonly [from: number, to: number];

/** What stands where something was cut out. */
export const REDACTED = '[redacted]';

/** The text with each range replaced by a mark; ranges that overlap are replaced together. */
export function cutOut(text: string, ranges: readonly Range[]): string {
  if (ranges.length === 0) return text;
  const pieces: string[] = [];
  let at = 0;
  let end = -1;
  for (const [from, to] of [...ranges].sort((left, right) => left[0] - right[0])) {
    if (to <= end) continue;
    if (from >= end) {
      pieces.push(text.slice(at, from), REDACTED);
    }
    end = to;
    at = to;
  }
  pieces.push(text.slice(at));
  return pieces.join('');
}
