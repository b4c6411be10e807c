/** Algorithms with which tokens may be signed. All are asymmetric: no verification key can sign. */
export const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
] as const;

export type Algorithm = (typeof ALGORITHMS)[number];

export interface JwtSettings {
  kind: 'jwt';
  /** Where the keys come from: a JWKS that may rotate, or one public key in PEM. */
  keys: { url: string } | { publicKey: string };
  issuer: string;
  audience: string;
  algorithms: readonly Algorithm[];
}

export interface KeysSettings {
  kind: 'keys';
  /** The path of AUTH_API_KEYS_FILE. */
  file: string;
}

/** How callers are authenticated. */
export type AuthSettings = { kind: 'off' } | JwtSettings | KeysSettings;
