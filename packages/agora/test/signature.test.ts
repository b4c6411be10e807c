import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Secret } from '../src/client/secret.js';
import { sign, verifySignature } from '../src/webhook/signature.js';
import { sample } from './support.js';

interface Vector {
  secret: string;
  rawBody: string;
  headers: { 'Agora-Signature': string; 'Agora-Signature-V2': string };
}

const vector = sample('signature-vector') as Vector;
const body = Buffer.from(vector.rawBody);
const right = new Secret(vector.secret);
const sha1 = vector.headers['Agora-Signature'];
const sha256 = vector.headers['Agora-Signature-V2'];

describe('signing a body', () => {
  it('gives the known signatures of the known body', () => {
    expect(sign('sha1', right, body)).toBe(sha1);
    expect(sign('sha256', right, body)).toBe(sha256);
  });
});

describe('a signature', () => {
  it.each([
    ['the SHA-1 one alone', { sha1, sha256: undefined }],
    ['the SHA-256 one alone', { sha1: undefined, sha256 }],
    ['both', { sha1, sha256 }],
  ])('is accepted as %s', (_what, signatures) => {
    expect(verifySignature(body, signatures, [right])).toBe(true);
  });

  it('may be made with any of several secrets, wherever it stands among them', () => {
    const [a, b] = [new Secret('another-secret'), new Secret('yet-another-secret')];
    for (const secrets of [
      [right, a, b],
      [a, right, b],
      [a, b, right],
    ]) {
      expect(verifySignature(body, { sha1, sha256 }, secrets)).toBe(true);
      expect(verifySignature(body, { sha1, sha256: undefined }, secrets)).toBe(true);
    }
    expect(verifySignature(body, { sha1, sha256 }, [a, b])).toBe(false);
  });

  it('is decided by SHA-256 where both are given', () => {
    const wrong = sign('sha256', new Secret('another-secret'), body);
    expect(verifySignature(body, { sha1, sha256: wrong }, [right])).toBe(false);
    expect(verifySignature(body, { sha1, sha256: '' }, [right])).toBe(false);
    expect(verifySignature(body, { sha1: '0'.repeat(40), sha256 }, [right])).toBe(true);
  });

  it.each([
    ['absent', { sha1: undefined, sha256: undefined }],
    ['empty', { sha1: '', sha256: undefined }],
    ['too short', { sha1: undefined, sha256: sha256.slice(0, -1) }],
    ['too long', { sha1: undefined, sha256: `${sha256}0` }],
    ['in upper-case hex', { sha1: undefined, sha256: sha256.toUpperCase() }],
    ['in upper-case hex, SHA-1', { sha1: sha1.toUpperCase(), sha256: undefined }],
    ['in the header of the other algorithm', { sha1: sha256, sha256: undefined }],
    ['the SHA-1 one in the header of SHA-256', { sha1, sha256: sha1 }],
    ['no hex at all', { sha1: undefined, sha256: '☃'.repeat(64) }],
  ])('is refused when it is %s', (_what, signatures) => {
    expect(verifySignature(body, signatures, [right])).toBe(false);
  });

  it('is refused if no secret is configured', () => {
    expect(verifySignature(body, { sha1, sha256 }, [])).toBe(false);
  });

  it('is refused after any one bit of the body has changed', () => {
    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.nat(7), (at, bit) => {
        const changed = Buffer.from(body);
        changed[at] = changed[at]! ^ (1 << bit);
        expect(verifySignature(changed, { sha1: undefined, sha256 }, [right])).toBe(false);
        expect(verifySignature(changed, { sha1, sha256: undefined }, [right])).toBe(false);
      }),
    );
  });

  it('made here is accepted here, whatever the bytes and the secret', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string({ minLength: 1 }), (bytes, text) => {
        const secret = new Secret(text);
        expect(
          verifySignature(bytes, { sha1: undefined, sha256: sign('sha256', secret, bytes) }, [secret]),
        ).toBe(true);
        expect(
          verifySignature(bytes, { sha1: sign('sha1', secret, bytes), sha256: undefined }, [secret]),
        ).toBe(true);
      }),
    );
  });
});
