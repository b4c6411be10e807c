import { SHORTEST_SECRET } from './fingerprint.js';

/** Standard and URL-safe; the shortest secret takes eight characters. */
const BASE64_RUN = /[A-Za-z0-9+/_-]{8,}={0,2}/g;

/** A text around base64 may end in characters of its alphabet: the encoding begins at one of these. */
const OFFSETS = [0, 1, 2, 3];

export function* base64Runs(text: string): Generator<{ run: string; index: number }> {
  for (const { 0: run, index } of text.matchAll(BASE64_RUN)) yield { run, index };
}

/** Bytes of a text in UTF-8: printable ASCII and line breaks, and those of longer characters where they follow each other. */
function isText(byte: number, before: number): boolean {
  if (byte < 0x80) return (byte >= 0x20 && byte !== 0x7f) || (byte >= 0x09 && byte <= 0x0d);
  return byte >= 0xc2 ? byte < 0xf5 : byte < 0xc0 && before >= 0x80;
}

/** Whether some part of the bytes can be a text as long as a secret: most of what only looks like base64 has none. */
function holdsText(bytes: Uint8Array): boolean {
  let characters = 0;
  let before = 0;
  for (const byte of bytes) {
    // Counted as in UTF-16: a character of four bytes is two, and the bytes that continue one do not count.
    if (!isText(byte, before)) characters = 0;
    else if (byte < 0x80 || byte >= 0xc2) characters += byte >= 0xf0 ? 2 : 1;
    if (characters >= SHORTEST_SECRET) return true;
    before = byte;
  }
  return false;
}

/** What a run of base64 can mean, by where its encoding begins; null where that holds no text. */
export function* decodings(run: string): Generator<string | null> {
  for (const offset of OFFSETS) {
    const bytes = Buffer.from(offset === 0 ? run : run.slice(offset), 'base64');
    yield holdsText(bytes) ? bytes.toString('utf8') : null;
  }
}
