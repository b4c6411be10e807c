import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import {
  type CryptoKey,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWK,
  type JWTPayload,
  SignJWT,
} from 'jose';

/** A server of keys that signs tokens, and can replace its key. */
export interface IdentityProvider {
  /** The settings of a gateway that trusts it. */
  env: Record<string, string>;
  /** The key that signs at the moment, in PEM. */
  publicKey(): Promise<string>;
  /** A token of everything, for five minutes, unless the claims say otherwise. */
  token(
    claims?: JWTPayload,
    options?: { alg?: string; key?: CryptoKey | Uint8Array; kid?: string },
  ): Promise<string>;
  /** Signs with a new key from now on, and publishes only that one. */
  rotate(): Promise<void>;
  /** Whether it answers. */
  setAvailable(available: boolean): void;
  requests(): number;
  close(): Promise<void>;
}

export const ISSUER = 'https://login.example.com/';
export const AUDIENCE = 'recordings';

export const EVERYTHING = {
  scope: 'recordings:admin',
  agora_channels: ['*'],
  agora_app_ids: ['*'],
  storage_profiles: ['*'],
};

export async function openIdentityProvider(): Promise<IdentityProvider> {
  let current: { privateKey: CryptoKey; publicKey: CryptoKey; jwk: JWK; kid: string };
  let count = 0;
  let available = true;
  let requests = 0;

  async function rotate(): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const kid = `key-${(count += 1)}`;
    current = { privateKey, publicKey, kid, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256' } };
  }

  await rotate();
  const server = createServer((_request, response) => {
    requests += 1;
    response.writeHead(available ? 200 : 503, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ keys: [current.jwk] }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    env: {
      AUTH: 'jwt',
      AUTH_JWKS_URL: `http://127.0.0.1:${port}/jwks.json`,
      AUTH_ISSUER: ISSUER,
      AUTH_AUDIENCE: AUDIENCE,
    },
    publicKey: () => exportSPKI(current.publicKey),
    async token(claims = {}, { alg = 'ES256', key = current.privateKey, kid = current.kid } = {}) {
      const now = Math.floor(Date.now() / 1000);
      const standard = {
        iss: ISSUER,
        aud: AUDIENCE,
        sub: 'user-1',
        iat: now,
        exp: now + 300,
        ...EVERYTHING,
      };
      return await new SignJWT({ ...standard, ...claims }).setProtectedHeader({ alg, kid }).sign(key);
    },
    rotate,
    setAvailable: (value) => (available = value),
    requests: () => requests,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
