import { CredentialError } from './credential-error.js';

/** Longer credentials are refused before anything is done with them. Characters. */
export const MAX_CREDENTIAL_LENGTH = 8_192;

/** The credential of an Authorization header, or of what stands for it in connection_init. */
export function bearerCredential(authorization: unknown): string {
  if (authorization === undefined || authorization === null || authorization === '') {
    throw new CredentialError('missing');
  }
  if (typeof authorization !== 'string') throw new CredentialError('invalid', 'not a text');
  if (authorization.length > MAX_CREDENTIAL_LENGTH) throw new CredentialError('invalid', 'too long');
  const [, credential] = /^bearer +([\w.~+/=-]+)$/i.exec(authorization.trim()) ?? [];
  if (credential === undefined) throw new CredentialError('invalid', 'not of the form "Bearer CREDENTIAL"');
  return credential;
}
