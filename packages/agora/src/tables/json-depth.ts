import { endOfString } from '../redaction/json-strings.js';

/** The deepest nesting of objects and lists that is accepted. Agora's messages have about ten levels. */
export const MAX_JSON_DEPTH = 64;

const QUOTE = 0x22;
const OPENING = new Set([0x7b, 0x5b]);
const CLOSING = new Set([0x7d, 0x5d]);

/** Whether objects and lists of a JSON text stand inside of each other more than MAX_JSON_DEPTH deep. */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at) - 1;
    else if (OPENING.has(code)) {
      depth += 1;
      if (depth > MAX_JSON_DEPTH) return true;
    } else if (CLOSING.has(code)) depth -= 1;
  }
  return false;
}
