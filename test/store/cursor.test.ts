import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCursors, CursorInvalidError } from '../../src/store/reads/cursor.js';

const identity = { key: '5e'.repeat(32), epoch: 'a1'.repeat(32) };
const cursors = createCursors(identity);

const bytesOf = (cursor: string) => Buffer.from(cursor, 'base64url');

describe('A cursor', () => {
  it('gives back its place, and the same place has the same cursor in every gateway of a store', () => {
    const parts = fc.array(fc.oneof(fc.string(), fc.integer()), { maxLength: 4 });
    fc.assert(
      fc.property(parts, (place) => {
        const cursor = cursors.encode('event', ...place);
        expect(createCursors(identity).encode('event', ...place)).toBe(cursor);
        expect(createCursors(identity).decode('event', cursor)).toEqual(place);
      }),
    );
  });

  it('shows nothing of its place', () => {
    const text = bytesOf(cursors.encode('STARTED_AT_DESC', 1_750_000_000_000, 'recording-4711')).toString(
      'latin1',
    );
    for (const shown of ['STARTED', '1750', '4711']) expect(text).not.toContain(shown);
  });

  it('shows nothing of how far apart two places in the log are', () => {
    const [first, second, far] = [1_000, 1_001, 9_001].map((position) =>
      bytesOf(cursors.encode('event', position)),
    );
    const equal = (left?: Buffer, right?: Buffer) =>
      [...(left ?? [])].filter((byte, index) => byte === right?.[index]).length;
    // Only the mark of the store is the same; a few bytes may be by chance.
    expect(equal(first, second)).toBeLessThan(16);
    expect(equal(first, far)).toBeLessThan(16);
  });

  it('of another list is refused, and so is one that was changed at any place', () => {
    const cursor = cursors.encode('event', 4_711);
    expect(() => cursors.decode('change', cursor)).toThrow(CursorInvalidError);
    const bytes = bytesOf(cursor);
    // The mark says which store it is of: another one is as if from another store.
    for (let index = 8; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => cursors.decode('event', changed.toString('base64url'))).toThrow(CursorInvalidError);
    }
  });

  it.each(['', 'x', 'forged', 'bnVsbA', 'W10', 'a'.repeat(60), '{}'])('is not any other text: %j', (text) => {
    expect(() => cursors.decode('event', text)).toThrow(CursorInvalidError);
  });

  it('of another epoch, of another store or of a version that did not seal it is known as such', () => {
    const others = [
      { ...identity, epoch: 'b2'.repeat(32) },
      { key: '6f'.repeat(32), epoch: 'c3'.repeat(32) },
    ];
    for (const other of others) {
      expect(cursors.decode('event', createCursors(other).encode('event', 1))).toBeNull();
    }
    const unsealed = Buffer.from(JSON.stringify(['event', 'a1a1a1a1a1a1', 1])).toString('base64url');
    expect(cursors.decode('event', unsealed)).toBeNull();
  });
});
