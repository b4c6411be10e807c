import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Secret } from '../client/secret.js';

/** HTTP headers that carry a notification's signature. Names of headers ignore case. */
export const SIGNATURE_HEADERS = { sha1: 'agora-signature', sha256: 'agora-signature-v2' } as const;

type Algorithm = keyof typeof SIGNATURE_HEADERS;

/** Lower-case hex HMAC over the raw bytes of the body, with the notification secret (docs/agora/notifications.md, Signature). */
export function sign(algorithm: Algorithm, secret: Secret, body: Uint8Array): string {
  return createHmac(algorithm, secret.reveal()).update(body).digest('hex');
}

function equal(expected: string, given: string): boolean {
  const left = Buffer.from(expected, 'latin1');
  const right = Buffer.from(given, 'latin1');
  return left.length === right.length && timingSafeEqual(left, right);
}

export interface Signatures {
  sha1: string | undefined;
  sha256: string | undefined;
}

/**
 * Whether one of the secrets made the signature. The SHA-256 signature decides where it is given; a notification that
 * carries only the SHA-1 one is accepted by that. All secrets are tried, so the time does not reveal which one matches.
 */
export function verifySignature(
  body: Uint8Array,
  signatures: Signatures,
  secrets: readonly Secret[],
): boolean {
  const algorithm: Algorithm = signatures.sha256 === undefined ? 'sha1' : 'sha256';
  const given = signatures[algorithm];
  if (given === undefined) return false;
  let verified = false;
  for (const secret of secrets) {
    if (equal(sign(algorithm, secret, body), given)) verified = true;
  }
  return verified;
}
