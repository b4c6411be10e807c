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

/** Enough characters to distinguish two epochs. */
const EPOCH_CHARACTERS = 12;

export function createCursors(epoch: string): Cursors {
  const mark = epoch.slice(0, EPOCH_CHARACTERS);
  return {
    encode: (kind, ...parts) => Buffer.from(JSON.stringify([kind, mark, ...parts])).toString('base64url'),
    decode(kind, cursor) {
      let decoded: unknown;
      try {
        decoded = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
      } catch {
        throw new CursorInvalidError(); // Not base64url, or no JSON inside.
      }
      if (!Array.isArray(decoded) || decoded[0] !== kind) throw new CursorInvalidError();
      const [, ofEpoch, ...parts] = decoded as unknown[];
      return ofEpoch === mark ? parts : null;
    },
  };
}
