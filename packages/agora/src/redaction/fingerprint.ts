/**
 * What is kept of a secret in place of its value: enough to recognise the value in a text, given the key, and nothing
 * that gives the value back.
 */
export interface SecretFingerprint {
  /** Length of the value in UTF-16 code units. */
  length: number;
  /** 16 bits of a keyed rolling hash: says cheaply where a text cannot hold the value. */
  checksum: number;
  /** HMAC-SHA-256 of the value, 128 bits of it, in base64url. */
  digest: string;
}
