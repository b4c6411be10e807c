/** Opaque to front ends; what is inside may change with any release. */
export function encodeCursor(parts: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** The parts of a cursor, or null for what this store never gave out. */
export function decodeCursor(cursor: string, kind: string): (string | number)[] | null {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (!Array.isArray(parts) || parts[0] !== kind) return null;
    return parts.slice(1).filter((part) => typeof part === 'string' || typeof part === 'number');
  } catch {
    return null; // Not base64url, or no JSON inside: the same answer as for any other text that is no cursor.
  }
}

export class CursorInvalidError extends Error {
  constructor() {
    super(
      'The cursor is not one of this list. Pass endCursor, headCursor or a cursor of an edge of the same list.',
    );
  }
}
