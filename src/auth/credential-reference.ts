import { createHash } from 'node:crypto';

/** A credential as it is known where something was made for it, such as the address of a file. No credential can be made from it. */
export interface CredentialReference {
  /** The same on every gateway, and for as long as there is the credential. */
  id: string;
  /** When the credential itself says that it ends, without any tolerance. Unix milliseconds of real time; null if it does not. */
  endsAt: number | null;
}

/** 132 bits of a hash. Characters. */
const DIGEST_LENGTH = 22;

/** Enough to keep the few issuers of a gateway apart. Characters. */
const ISSUER_LENGTH = 8;

function digest(parts: readonly string[], length: number): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, length);
}

/** The id of an API key, by the hash that the file has of it. */
export function keyId(sha256: string): string {
  return `key-${digest([sha256], DIGEST_LENGTH)}`;
}

/** What the ids of all tokens of an issuer begin with. */
export function issuerPrefix(issuer: string): string {
  return `jwt-${digest([issuer], ISSUER_LENGTH)}-`;
}

/** The id of a token: that of its subject, or of the token alone if it has none. */
export function tokenId({
  issuer,
  subject,
  token,
}: {
  issuer: string;
  subject?: string;
  token: string;
}): string {
  const named = subject === undefined ? ['token', token] : ['subject', subject];
  return issuerPrefix(issuer) + digest([issuer, ...named], DIGEST_LENGTH);
}
