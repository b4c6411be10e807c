/** Line and column, both from 1, of a place in a text. */
function placeOf(text: string, position: number): string {
  const before = text.slice(0, position).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

/** JSON, or what is wrong with it. The text is not quoted: it may hold secrets, and the parser's own message quotes it. */
export function parseJson(text: string): { value: unknown } | { problem: string } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    const position = /at position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    const place = position === undefined ? '' : ` (${placeOf(text, Number(position))})`;
    return { problem: `is not valid JSON${place}` };
  }
}
