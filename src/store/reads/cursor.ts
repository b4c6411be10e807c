import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  timingSafeEqual,
} from 'node:crypto';
import { type RecordingOrder } from './recording-pages.js';

/** The kinds of cursors: each list and each stream takes its own only. */
export type CursorKind =
  'event' | 'change' | 'channel' | 'audit' | 'file at' | 'file name' | 'problem' | RecordingOrder;

/**
 * Opaque to front ends; what is inside may change with any release. Each cursor names the epoch of its store: after a
 * backup was restored, the same place in the log holds something else.
 */
export interface Cursors {
  encode(kind: CursorKind, ...parts: readonly (string | number)[]): string;
  /** The encoded parts; null for a cursor of another epoch. Throws CursorInvalidError for any other text. */
  decode(kind: CursorKind, cursor: string): unknown[] | null;
}

export class CursorInvalidError extends Error {
  constructor() {
    super(
      'The cursor is not one of this list. Pass endCursor, headCursor or a cursor of an edge of the same list.',
    );
  }
}

/** What stood behind the cursor is not all there any more: it was removed, or the store is another one. */
export class CursorExpiredError extends Error {
  /** From where on everything is there; null for a page of a list, which begins again at its first. */
  readonly oldestCursor: string | null;

  constructor(oldestCursor: string | null) {
    super(
      'The cursor is older than what the gateway keeps, or from before a backup was restored. Read what there is now, ' +
        (oldestCursor === null
          ? 'from the first page.'
          : 'and continue from there; or from extensions.oldestCursor.'),
    );
    this.oldestCursor = oldestCursor;
  }
}

/** What every cursor begins with, so that any other text is known as such. */
const FORMAT = Buffer.from([0xca, 0x01]);

/** The format, and enough of an epoch to distinguish two of them. */
const MARK_BYTES = FORMAT.length + 6;

/** The tag proves who made the cursor, and is the initialization vector of what is sealed. */
const TAG_BYTES = 16;

const CIPHER = 'aes-256-ctr';

/** The secret of a store, and its epoch; both in hexadecimal. */
export interface CursorIdentity {
  key: string;
  epoch: string;
}

/** A key for one purpose only. */
const deriveKey = (key: string, purpose: string) => Buffer.from(hkdfSync('sha256', key, '', purpose, 32));

/** Cursors of versions that did not seal them: JSON with a kind and the mark of an epoch. */
function isUnsealed(bytes: Buffer): boolean {
  try {
    const [kind, mark] = JSON.parse(bytes.toString()) as unknown[];
    return typeof kind === 'string' && typeof mark === 'string';
  } catch {
    return false; // Not JSON, or not a list: some other text.
  }
}

/**
 * Makes and reads the cursors of a store. They are sealed: a page may end at a recording that its caller may not see, and the
 * places in the log count what all callers do. The same place has the same cursor. A cursor of another store or epoch is
 * known by its mark, which is not sealed.
 */
export function createCursors({ key, epoch }: CursorIdentity): Cursors {
  const mark = Buffer.concat([FORMAT, createHash('sha256').update(epoch).digest()]).subarray(0, MARK_BYTES);
  const tagKey = deriveKey(key, 'cursor tag');
  const cipherKey = deriveKey(key, 'cursor cipher');
  const tagOf = (text: string) => createHmac('sha256', tagKey).update(text).digest().subarray(0, TAG_BYTES);
  return {
    encode(kind, ...parts) {
      const text = JSON.stringify([kind, ...parts]);
      const tag = tagOf(text);
      const sealed = createCipheriv(CIPHER, cipherKey, tag).update(text);
      return Buffer.concat([mark, tag, sealed]).toString('base64url');
    },
    decode(kind, cursor) {
      const bytes = Buffer.from(cursor, 'base64url');
      if (isUnsealed(bytes)) return null;
      const tag = bytes.subarray(MARK_BYTES, MARK_BYTES + TAG_BYTES);
      const sealed = bytes.subarray(MARK_BYTES + TAG_BYTES);
      if (!bytes.subarray(0, FORMAT.length).equals(FORMAT) || sealed.length === 0)
        throw new CursorInvalidError();
      if (!mark.equals(bytes.subarray(0, MARK_BYTES))) return null;
      const text = createDecipheriv(CIPHER, cipherKey, tag).update(sealed).toString();
      if (!timingSafeEqual(tagOf(text), tag)) throw new CursorInvalidError();
      const [ofKind, ...parts] = JSON.parse(text) as unknown[];
      if (ofKind !== kind) throw new CursorInvalidError();
      return parts;
    },
  };
}
