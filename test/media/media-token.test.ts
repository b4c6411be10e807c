import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMediaTokens, type MediaGrant, placeDigest } from '../../src/media/media-token.js';
import { sized } from '../support/size.js';

const tokens = createMediaTokens(() => ['the key of a store', null]);

const GRANT: MediaGrant = {
  recordingId: 'r',
  place: placeDigest({ appId: 'a', channel: 'lesson' }),
  fileName: 'acme/a.m3u8',
  expiresAt: 2_000,
  holder: { id: 'key-1', endsAt: 3_000_000 },
};

const grants: fc.Arbitrary<MediaGrant> = fc.record({
  recordingId: fc.uuid(),
  place: fc.record({ appId: fc.string(), channel: fc.string() }).map(placeDigest),
  fileName: fc.string({ unit: 'grapheme', maxLength: 200 }),
  expiresAt: fc.integer({ min: 1, max: 4_000_000_000 }),
  holder: fc.option(
    fc.record({
      id: fc.string({ minLength: 1 }),
      endsAt: fc.option(fc.integer({ min: 0, max: 4_000_000_000_000 })),
    }),
  ),
});

describe('The token in the address of a file', () => {
  it('permits what it was issued for until it expires', () => {
    const token = tokens.issue(GRANT);
    expect(tokens.read(token, 1_999_999)).toEqual(GRANT);
    expect(tokens.read(token, 2_000_000)).toBe('expired');
  });

  it('gives back every grant, in an address that needs no escaping', () => {
    fc.assert(
      fc.property(grants, (grant) => {
        const token = tokens.issue(grant);
        expect(token).toMatch(/^[\w-]+\.[\w-]+$/);
        expect(tokens.read(token, 0)).toEqual(grant);
      }),
      { numRuns: sized(200, 2_000, 10_000) },
    );
  });

  it('is refused after any change of a character, and with anything added or taken away', () => {
    const characters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ é'];
    fc.assert(
      fc.property(
        grants,
        fc.nat(),
        fc.constantFrom(...characters),
        fc.constantFrom('replace', 'insert', 'remove'),
        (grant, number, character, change) => {
          const token = tokens.issue(grant);
          const at = number % token.length;
          const after = token.slice(change === 'insert' ? at : at + 1);
          const changed = token.slice(0, at) + (change === 'remove' ? '' : character) + after;
          fc.pre(changed !== token);
          expect(tokens.read(changed, 0)).toBe('invalid');
        },
      ),
      { numRuns: sized(500, 5_000, 20_000) },
    );
  });

  it('is refused with the signature of another one', () => {
    fc.assert(
      fc.property(grants, grants, (one, other) => {
        const [text, signature] = [tokens.issue(one).split('.')[0], tokens.issue(other).split('.')[1]];
        fc.pre(tokens.issue(one) !== tokens.issue(other));
        expect(tokens.read(`${text}.${signature}`, 0)).toBe('invalid');
      }),
      { numRuns: sized(200, 2_000, 10_000) },
    );
  });

  it.each(['', '.', '..', 'a', 'a.b', 'a.b.c'])('is not any other text: %j', (text) => {
    expect(tokens.read(text, 0)).toBe('invalid');
  });

  it('is refused by a gateway of another store, and after the added secret was replaced', () => {
    const token = tokens.issue(GRANT);
    expect(createMediaTokens(() => ['another key', null]).read(token, 0)).toBe('invalid');
    let added: string | null = null;
    const replaced = createMediaTokens(() => ['the key of a store', added]);
    expect([replaced.read(token, 0), replaced.isOwn(token)]).toEqual([GRANT, true]);
    added = 'first';
    expect([replaced.read(token, 0), replaced.isOwn(token)]).toEqual(['invalid', false]);
    const first = replaced.issue(GRANT);
    expect(replaced.read(first, 0)).toEqual(GRANT);
    added = 'second';
    expect(replaced.read(first, 0)).toBe('invalid');
  });
});
