import { type Pace, type Paced } from './pace.js';
import { type Range } from './range.js';

/** Rounds of unescaping: percent-encoded twice inside of JSON inside of JSON takes four. */
export const MAX_ROUNDS = 5;

/** A text as it reads after some rounds of unescaping. */
export interface TextView {
  text: string;
  /** Where each code unit begins in the original text, and where the last one ends; null for the original itself. */
  starts: Uint32Array | null;
}

/** The part of the original that a part of the view was read from. */
export function originalRange({ starts }: TextView, [from, to]: Range): Range {
  return starts === null ? [from, to] : [starts[from] ?? 0, starts[to] ?? 0];
}

const PERCENT = 0x25;
const AMPERSAND = 0x26;
const BACKSLASH = 0x5c;
const ESCAPE = /[%&\\]/;

const NAMED_ENTITY = /&(amp|lt|gt|quot|apos);/iy;
const NUMBERED_ENTITY = /&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));/iy;
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

const UNICODE_ESCAPE = /\\(?:u([0-9a-f]{4})|x([0-9a-f]{2}))/iy;
const LETTER_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['b', '\b'],
  ['f', '\f'],
]);
const ALPHANUMERIC = /[0-9a-z]/i;

const MAX_CODE_POINT = 0x10ffff;

/** One unescaped character, and how much of the text it took. */
interface Unescaped {
  value: string;
  length: number;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function percentByte(text: string, at: number): number | null {
  const digits = text.charCodeAt(at) === PERCENT ? text.slice(at + 1, at + 3) : '';
  return /^[0-9a-f]{2}$/i.test(digits) ? Number.parseInt(digits, 16) : null;
}

/** How many bytes a character of UTF-8 has that begins with this one; 1 also for what begins none. */
function utf8Length(byte: number): number {
  if (byte >= 0xf0 && byte < 0xf8) return 4;
  if (byte >= 0xe0) return byte < 0xf0 ? 3 : 1;
  return byte >= 0xc2 ? 2 : 1;
}

function fromPercent(text: string, at: number): Unescaped | null {
  const first = percentByte(text, at);
  if (first === null) return null;
  const bytes = [first];
  while (bytes.length < utf8Length(first)) {
    const next = percentByte(text, at + 3 * bytes.length);
    if (next === null || (next & 0xc0) !== 0x80) break;
    bytes.push(next);
  }
  if (bytes.length === utf8Length(first) && bytes.length > 1) {
    return { value: Buffer.from(bytes).toString('utf8'), length: 3 * bytes.length };
  }
  return { value: String.fromCharCode(first), length: 3 };
}

function fromEntity(text: string, at: number): Unescaped | null {
  const named = matchAt(NAMED_ENTITY, text, at);
  if (named !== null) {
    return { value: ENTITIES.get(named[1]?.toLowerCase() ?? '') ?? '&', length: named[0].length };
  }
  const numbered = matchAt(NUMBERED_ENTITY, text, at);
  if (numbered === null) return null;
  const [whole, hexadecimal, decimal] = numbered;
  const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
  return code > MAX_CODE_POINT ? null : { value: String.fromCodePoint(code), length: whole.length };
}

function fromBackslash(text: string, at: number): Unescaped | null {
  const unicode = matchAt(UNICODE_ESCAPE, text, at);
  if (unicode !== null) {
    const code = Number.parseInt(unicode[1] ?? unicode[2] ?? '', 16);
    return { value: String.fromCharCode(code), length: unicode[0].length };
  }
  const next = text.charAt(at + 1);
  const letter = LETTER_ESCAPES.get(next.toLowerCase());
  if (letter !== undefined) return { value: letter, length: 2 };
  // A quote, a slash or a backslash; before a letter that means nothing, the backslash stands for itself.
  return next === '' || ALPHANUMERIC.test(next) ? null : { value: next, length: 2 };
}

function unescapeAt(text: string, at: number, code: number): Unescaped | null {
  if (code === PERCENT) return fromPercent(text, at);
  if (code === AMPERSAND) return fromEntity(text, at);
  return code === BACKSLASH ? fromBackslash(text, at) : null;
}

/**
 * One round: percent-encoding, backslash escapes as in JSON, and XML entities, all at once. Null if there is nothing to
 * unescape.
 */
export function* unescapeOnce(view: TextView, pace: Pace): Paced<TextView | null> {
  const { text, starts } = view;
  if (!ESCAPE.test(text)) return null;
  const units = new Uint16Array(text.length);
  const origins = new Uint32Array(text.length + 1);
  let size = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const unescaped = unescapeAt(text, at, code);
    const origin = starts === null ? at : (starts[at] ?? 0);
    if (unescaped === null) {
      units[size] = code;
      origins[size] = origin;
      size += 1;
      at += 1;
    } else {
      for (let index = 0; index < unescaped.value.length; index += 1) {
        units[size] = unescaped.value.charCodeAt(index);
        origins[size] = origin;
        size += 1;
      }
      at += unescaped.length;
    }
    if (pace.spend(unescaped === null ? 2 : 20)) yield;
  }
  if (size === text.length) return null;
  origins[size] = starts === null ? text.length : (starts[text.length] ?? 0);
  const unescapedText = Buffer.from(units.buffer, 0, size * 2).toString('utf16le');
  return { text: unescapedText, starts: origins.slice(0, size + 1) };
}
