import { generateKeyPairSync } from 'node:crypto';
import { generateKeyPair } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Caller } from '../../src/auth/caller.js';
import { CredentialError } from '../../src/auth/credential-error.js';
import { MAX_STALE_MS, RETRY_INTERVAL_MS } from '../../src/auth/jwks.js';
import { createJwtVerifier } from '../../src/auth/jwt.js';
import { type JwtSettings } from '../../src/auth/settings.js';
import {
  AUDIENCE,
  type IdentityProvider,
  ISSUER,
  openIdentityProvider,
} from '../support/identity-provider.js';

let provider: IdentityProvider;
let settings: JwtSettings;
beforeAll(async () => {
  provider = await openIdentityProvider();
  settings = {
    kind: 'jwt',
    keys: { url: provider.env.AUTH_JWKS_URL ?? '' },
    issuer: ISSUER,
    audience: AUDIENCE,
    algorithms: ['RS256', 'ES256', 'EdDSA'],
  };
});
afterAll(async () => await provider.close());

/** What is said of the keys. */
let said: string[] = [];
beforeEach(() => void (said = []));

const verifierOf = (given: JwtSettings) =>
  createJwtVerifier(given, {
    now: Date.now,
    onStale: (problem) => said.push(problem),
    onFetched: () => said.push('fetched'),
  });

const seconds = () => Math.floor(Date.now() / 1000);

async function outcomeOf(verify: (token: string) => Promise<Caller>, token: string): Promise<string> {
  try {
    await verify(token);
    return 'accepted';
  } catch (error) {
    if (error instanceof CredentialError) return error.reason;
    throw error;
  }
}

const unsigned = (header: object, claims: object) =>
  [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') + '.';

describe('A token', () => {
  it('permits what its claims say, and nothing where they are missing', async () => {
    const verify = verifierOf(settings);
    const claims = {
      sub: 'teacher',
      scope: 'openid recordings:read recordings:control',
      agora_channels: ['staff', 'class-*'],
      agora_app_ids: ['0123456789ABCDEF0123456789abcdef'],
    };
    expect(await verify(await provider.token({ ...claims, storage_profiles: undefined }))).toMatchObject({
      name: 'teacher',
      scope: 'recordings:control',
      range: {
        appIds: ['0123456789abcdef0123456789abcdef'],
        channels: { names: ['staff'], prefixes: ['class-'] },
      },
      storageProfiles: 'default',
    });
    const nothing = { scope: undefined, agora_channels: undefined, agora_app_ids: undefined };
    expect(await verify(await provider.token(nothing))).toMatchObject({
      scope: null,
      range: { appIds: [], channels: { names: [], prefixes: [] } },
    });
  });

  it.each([
    ['of another issuer', () => ({ iss: 'https://evil.example.com/' }), 'invalid'],
    ['for another audience', () => ({ aud: 'something else' }), 'invalid'],
    ['without an issuer', () => ({ iss: undefined }), 'invalid'],
    ['without an audience', () => ({ aud: undefined }), 'invalid'],
    ['that never expires', () => ({ exp: undefined }), 'invalid'],
    ['that expired a minute ago', () => ({ exp: seconds() - 60 }), 'expired'],
    ['that expired less than the tolerance ago', () => ({ exp: seconds() - 5 }), 'accepted'],
    ['that will be valid later', () => ({ nbf: seconds() + 120 }), 'invalid'],
    ['whose channels are not a list', () => ({ agora_channels: '*' }), 'invalid'],
    ['whose channels hold a * in the middle', () => ({ agora_channels: ['a*b'] }), 'invalid'],
    ['with more channels than are compared', () => ({ agora_channels: Array(101).fill('a') }), 'invalid'],
    ['with a malformed App ID', () => ({ agora_app_ids: ['x'] }), 'invalid'],
    ['whose scope is a list', () => ({ scope: ['recordings:admin'] }), 'invalid'],
  ])('%s is %s', async (_, claims, outcome) => {
    expect(await outcomeOf(verifierOf(settings), await provider.token(claims()))).toBe(outcome);
  });

  it('that is not signed, signed with a symmetric key, or with a key that is not published is not valid', async () => {
    const verify = verifierOf(settings);
    const claims = { iss: ISSUER, aud: AUDIENCE, exp: seconds() + 60, scope: 'recordings:admin' };
    expect(await outcomeOf(verify, unsigned({ alg: 'none' }, claims))).toBe('invalid');
    expect(await outcomeOf(verify, unsigned({ alg: 'NONE', kid: 'key-1' }, claims))).toBe('invalid');
    const secret = Buffer.from(await provider.publicKey());
    expect(await outcomeOf(verify, await provider.token({}, { alg: 'HS256', key: secret }))).toBe('invalid');
    const { privateKey } = await generateKeyPair('ES256');
    expect(await outcomeOf(verify, await provider.token({}, { key: privateKey }))).toBe('invalid');
    expect(await outcomeOf(verify, await provider.token({}, { key: privateKey, kid: 'other' }))).toBe(
      'invalid',
    );
    for (const text of ['', '.', '..', 'a.b.c', '{}', `${await provider.token()}x`]) {
      expect([text, await outcomeOf(verify, text)]).toEqual([text, 'invalid']);
    }
  });

  it('is not valid with an algorithm that is not listed, though the key would fit', async () => {
    const verify = verifierOf({ ...settings, algorithms: ['RS256'] });
    expect(await outcomeOf(verify, await provider.token())).toBe('invalid');
  });

  it('is verified with one public key where that is configured', async () => {
    const verify = verifierOf({ ...settings, keys: { publicKey: await provider.publicKey() } });
    expect(await outcomeOf(verify, await provider.token())).toBe('accepted');
    const secret = Buffer.from(await provider.publicKey());
    expect(await outcomeOf(verify, await provider.token({}, { alg: 'HS256', key: secret }))).toBe('invalid');
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const other = { publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString() };
    expect(await outcomeOf(verifierOf({ ...settings, keys: other }), await provider.token())).toBe('invalid');
  });
});

describe('While the keys cannot be fetched', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
  afterEach(() => {
    vi.useRealTimers();
    provider.setAvailable(true);
  });

  const pass = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds);

  it('tokens are refused for the moment if none are known, and accepted once the keys are there', async () => {
    const verify = verifierOf(settings);
    provider.setAvailable(false);
    expect(await outcomeOf(verify, await provider.token())).toBe('unavailable');
    provider.setAvailable(true);
    expect(await outcomeOf(verify, await provider.token())).toBe('accepted');
    expect(said).toEqual([]);
  });

  it('known keys are used for an hour, and the provider is not asked for each token', async () => {
    const verify = verifierOf(settings);
    expect(await outcomeOf(verify, await provider.token())).toBe('accepted');
    provider.setAvailable(false);
    pass(MAX_STALE_MS / 2);
    const before = provider.requests();
    for (let shown = 0; shown < 3; shown += 1) {
      expect(await outcomeOf(verify, await provider.token())).toBe('accepted');
    }
    expect(await outcomeOf(verify, `${await provider.token()}x`)).toBe('invalid');
    expect(provider.requests()).toBe(before + 1);
    pass(RETRY_INTERVAL_MS);
    expect(await outcomeOf(verify, await provider.token())).toBe('accepted');
    expect(provider.requests()).toBe(before + 2);
    pass(MAX_STALE_MS / 2);
    expect(await outcomeOf(verify, await provider.token())).toBe('unavailable');
    provider.setAvailable(true);
    expect(await outcomeOf(verify, await provider.token())).toBe('accepted');
    expect(said).toEqual(['ERR_JOSE_GENERIC', 'fetched']);
  });

  it('a token with another key is refused for the moment, and accepted once that key is there', async () => {
    const verify = verifierOf(settings);
    expect(await outcomeOf(verify, await provider.token())).toBe('accepted');
    provider.setAvailable(false);
    await provider.rotate();
    pass(MAX_STALE_MS / 2);
    for (let shown = 0; shown < 2; shown += 1) {
      expect(await outcomeOf(verify, await provider.token())).toBe('unavailable');
    }
    provider.setAvailable(true);
    pass(RETRY_INTERVAL_MS);
    expect(await outcomeOf(verify, await provider.token())).toBe('accepted');
    expect(said).toEqual(['ERR_JOSE_GENERIC', 'fetched']);
  });
});
