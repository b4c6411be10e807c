import { base64Runs, decodings } from './base64.js';
import { CHECKSUMS, type FingerprintKey, type SecretFingerprint, SHORTEST_SECRET } from './fingerprint.js';
import { fold } from './fold.js';
import { labelledSecrets } from './labels.js';
import { type Pace, type Paced } from './pace.js';
import { type Range } from './range.js';
import { MAX_ROUNDS, originalRange, type TextView, unescapeOnce } from './text-view.js';

/** Indexes that are looked at between two counts of steps. */
const CHUNK = 65_536;

/** Steps that count for one HMAC. */
const DIGEST_STEPS = 1_000;

/** Base64 inside of base64 is decoded as well, once. */
const MAX_BASE64_DEPTH = 2;

/** Finds secrets in texts by their fingerprints. */
export class SecretMatcher {
  readonly #key: FingerprintKey;
  readonly #marked = new Uint8Array(CHECKSUMS);
  /** Digests by checksum and length. */
  readonly #digests = new Map<number, Map<number, Set<string>>>();

  constructor(key: FingerprintKey, fingerprints: Iterable<SecretFingerprint>) {
    this.#key = key;
    for (const { length, checksum, digest } of fingerprints) {
      this.#marked[checksum] = 1;
      const byLength = this.#digests.get(checksum) ?? new Map<number, Set<string>>();
      this.#digests.set(checksum, byLength);
      byLength.set(length, (byLength.get(length) ?? new Set()).add(digest));
    }
  }

  get isEmpty(): boolean {
    return this.#digests.size === 0;
  }

  /** Where the values stand in a text, in any case of letters. */
  *plain(text: string, pace: Pace): Paced<Range[]> {
    const found: Range[] = [];
    if (this.isEmpty) return found;
    for (let from = 0; from < text.length; from += CHUNK) {
      const to = Math.min(from + CHUNK, text.length);
      if (pace.spend(to - from)) yield;
      for (const { start, checksum } of this.#key.candidates(text, from, to, this.#marked)) {
        for (const [length, digests] of this.#digests.get(checksum) ?? []) {
          if (start + length > text.length) continue;
          if (digests.has(this.#key.digest(fold(text.slice(start, start + length))))) {
            found.push([start, start + length]);
          }
          if (pace.spend(DIGEST_STEPS + length)) yield;
        }
      }
    }
    return found;
  }
}

/** Runs of base64 that hold a secret. */
function* base64Secrets(text: string, matcher: SecretMatcher, pace: Pace, depth: number): Paced<Range[]> {
  const found: Range[] = [];
  if (matcher.isEmpty || depth >= MAX_BASE64_DEPTH) return found;
  for (const { run, index } of base64Runs(text)) {
    for (const decoded of decodings(run)) {
      if (pace.spend(run.length)) yield;
      if (decoded === null) continue;
      const inside = yield* findSecrets(decoded, matcher, pace, depth + 1);
      if (inside.length === 0) continue;
      found.push([index, index + run.length]);
      break;
    }
  }
  return found;
}

/**
 * Where secrets stand in a text: values whose fingerprints the matcher has, and values that the text itself labels as
 * secrets. Looked for as it stands, percent-encoded, escaped as in JSON, as XML entities, one inside of the other, and in
 * base64 in each of them.
 */
export function* findSecrets(text: string, matcher: SecretMatcher, pace: Pace, depth = 0): Paced<Range[]> {
  const found: Range[] = [];
  let view: TextView | null = text.length < SHORTEST_SECRET ? null : { text, starts: null };
  for (let round = 0; view !== null && round <= MAX_ROUNDS; round += 1) {
    const ranges: Range[] = [
      ...(yield* matcher.plain(view.text, pace)),
      ...labelledSecrets(view.text),
      ...(yield* base64Secrets(view.text, matcher, pace, depth)),
    ];
    if (pace.spend(view.text.length)) yield;
    for (const range of ranges) found.push(originalRange(view, range));
    view = yield* unescapeOnce(view, pace);
  }
  return found;
}
