import { createHmac } from 'node:crypto';
import { fold, foldedUnit } from './fold.js';
import { Pace, runAtOnce } from './pace.js';
import { MAX_ROUNDS, type TextView, unescapeOnce } from './text-view.js';

/** Shorter values are not recognised: cutting them out would garble innocent text. In UTF-16 code units. */
export const SHORTEST_SECRET = 6;

/**
 * What is kept of a secret in place of its value: enough to recognise the value in a text, given the key, and nothing
 * that gives the value back.
 */
export interface SecretFingerprint {
  /** Length of the value in UTF-16 code units. */
  length: number;
  /** 16 bits of a keyed rolling hash of how the value begins: says cheaply where a text cannot hold it. */
  checksum: number;
  /** HMAC-SHA-256 of the value, 128 bits of it, in base64url. */
  digest: string;
}

const DIGEST_BYTES = 16;

/** Number of different checksums. */
export const CHECKSUMS = 0x1_00_00;

/** The key of all fingerprints of a store. */
export class FingerprintKey {
  readonly #key: Buffer;
  readonly #multiplier: number;
  /** What the first unit of a window counts in its hash. */
  readonly #outgoing: number;
  readonly #mask: number;
  readonly #finish: number;

  /** `secret`: any text that is known to those alone who may recognise the secrets. */
  constructor(secret: string) {
    this.#key = createHmac('sha256', secret).update('fingerprints of secrets').digest();
    const words = createHmac('sha256', this.#key).update('rolling hash').digest();
    this.#multiplier = words.readInt32LE(0) | 1;
    this.#mask = words.readInt32LE(4);
    this.#finish = words.readInt32LE(8) | 1;
    let outgoing = 1;
    for (let index = 1; index < SHORTEST_SECRET; index += 1) {
      outgoing = Math.imul(outgoing, this.#multiplier);
    }
    this.#outgoing = outgoing;
  }

  digest(units: Uint16Array): string {
    const bytes = Buffer.from(units.buffer, units.byteOffset, units.byteLength);
    return createHmac('sha256', this.#key).update(bytes).digest().toString('base64url', 0, DIGEST_BYTES);
  }

  /**
   * Where a text may hold a secret: each index from `from` to before `to` at which the checksum is one of those that are
   * marked. One step for each index, however many secrets there are.
   */
  candidates(
    text: string,
    from: number,
    to: number,
    marked: Uint8Array,
  ): { start: number; checksum: number }[] {
    const found: { start: number; checksum: number }[] = [];
    const last = Math.min(to, text.length - SHORTEST_SECRET + 1);
    if (last <= from) return found;
    let hash = 0;
    for (let index = from; index < from + SHORTEST_SECRET; index += 1) {
      hash = (Math.imul(hash, this.#multiplier) + (foldedUnit(text, index) ^ this.#mask)) | 0;
    }
    for (let start = from; ; start += 1) {
      const checksum = Math.imul(hash ^ (hash >>> 15), this.#finish) >>> 16;
      if (marked[checksum] === 1) found.push({ start, checksum });
      if (start + 1 >= last) return found;
      hash = (hash - Math.imul(foldedUnit(text, start) ^ this.#mask, this.#outgoing)) | 0;
      const incoming = foldedUnit(text, start + SHORTEST_SECRET) ^ this.#mask;
      hash = (Math.imul(hash, this.#multiplier) + incoming) | 0;
    }
  }

  #checksum(text: string): number {
    const [first] = this.candidates(text, 0, 1, new Uint8Array(CHECKSUMS).fill(1));
    return first?.checksum ?? 0;
  }

  /** Fingerprints by which the values are recognised in any spelling: of each value, and of what it unescapes to. */
  fingerprints(values: Iterable<string>): SecretFingerprint[] {
    const found = new Map<string, SecretFingerprint>();
    for (const value of values) {
      for (const form of forms(value)) {
        if (form.length < SHORTEST_SECRET) continue;
        const digest = this.digest(fold(form));
        found.set(digest, { length: form.length, checksum: this.#checksum(form), digest });
      }
    }
    return [...found.values()];
  }
}

/** A value that looks as if it were escaped reads differently where a text is unescaped. */
function forms(value: string): string[] {
  const all: string[] = [];
  const pace = new Pace();
  let view: TextView | null = { text: value, starts: null };
  for (let round = 0; view !== null && round <= MAX_ROUNDS; round += 1) {
    all.push(view.text);
    view = runAtOnce(unescapeOnce(view, pace));
  }
  return all;
}
