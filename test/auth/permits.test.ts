import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createAuthenticator, type Authenticator } from '../../src/auth/authenticator.js';
import { type CredentialReference } from '../../src/auth/credential-reference.js';
import { type AuthSettings } from '../../src/auth/settings.js';
import { createLog } from '../../src/telemetry/log.js';
import { bearer, newApiKeysFile } from '../support/api-keys.js';
import { cleanUpAfterEach } from '../support/clean-ups.js';
import { AUDIENCE, ISSUER, openIdentityProvider } from '../support/identity-provider.js';

const cleanUps = cleanUpAfterEach();

const PLACE = { appId: '0123456789abcdef0123456789abcdef', channel: 'lesson' };

function open(settings: AuthSettings, now = () => Date.now()): Authenticator {
  const authenticator = createAuthenticator({ settings, log: createLog('silent'), now });
  cleanUps.push(() => authenticator.close());
  return authenticator;
}

async function credentialOf(authenticator: Authenticator, credential: string) {
  return (await authenticator.authenticate(bearer(credential).authorization)).credential;
}

/** A file of keys, and an authenticator that reads it when the test says so. */
function withKeys() {
  const keys = newApiKeysFile();
  cleanUps.push(() => keys.remove());
  let now = Date.now();
  const authenticator = open({ kind: 'keys', file: keys.path }, () => now);
  return {
    keys,
    authenticator,
    /** A moment as the file writes it, that many milliseconds from now. */
    inFuture: (milliseconds: number) => new Date(now + milliseconds).toISOString(),
    advance: (milliseconds: number) => void (now += milliseconds),
    add: async (...given: Parameters<typeof keys.add>): Promise<CredentialReference | null> => {
      const credential = keys.add(...given);
      authenticator.reload();
      return await credentialOf(authenticator, credential);
    },
  };
}

describe('What was made for an API key', () => {
  it('may be used as long as the file has the key, and it permits to read the recording', async () => {
    const { keys, authenticator, add } = withKeys();
    const [teacher, student] = [await add('teacher'), await add('student')];
    const permitted = () => [teacher, student].map((each) => authenticator.permits(each, PLACE));
    expect(permitted()).toEqual([true, true]);
    const changes = [
      { channels: ['other', 'less*'], permits: true },
      { channels: ['other'], permits: false },
      { channels: ['*'], appIds: ['ffffffffffffffffffffffffffffffff'], permits: false },
      { appIds: [PLACE.appId], permits: true },
      { scopes: [], permits: false },
      { scopes: ['recordings:control' as const], permits: true },
    ];
    for (const { permits, ...change } of changes) {
      keys.change('teacher', change);
      authenticator.reload();
      expect([change, permitted()]).toEqual([change, [permits, true]]);
    }
    keys.revoke('teacher');
    authenticator.reload();
    expect(permitted()).toEqual([false, true]);
  });

  it('ends with the key, at the moment that it names', async () => {
    const { authenticator, add, advance, inFuture } = withKeys();
    const brief = await add('brief', { expiresAt: inFuture(60_000) });
    expect(authenticator.remainingSeconds(brief)).toBe(60);
    expect(authenticator.permits(brief, PLACE)).toBe(true);
    advance(60_000);
    expect(authenticator.permits(brief, PLACE)).toBe(false);
    expect(authenticator.remainingSeconds(brief)).toBe(0);
    expect(authenticator.remainingSeconds(await add('lasting'))).toBe(Infinity);
  });

  it('ends when the key does, also if its end was changed since', async () => {
    const { keys, authenticator, add, inFuture } = withKeys();
    const lasting = await add('lasting');
    keys.change('lasting', { expiresAt: inFuture(20_000) });
    authenticator.reload();
    expect(authenticator.remainingSeconds(lasting)).toBe(20);
  });

  it('shows neither the key nor its hash', async () => {
    const { keys, authenticator } = withKeys();
    const key = keys.add('teacher');
    authenticator.reload();
    const id = (await credentialOf(authenticator, key))?.id ?? '';
    expect(id).toMatch(/^key-[\w-]{22}$/);
    const hash = createHash('sha256').update(key);
    for (const shown of [key, hash.copy().digest('hex'), hash.copy().digest('base64url')]) {
      expect(shown).not.toContain(id.slice(4));
    }
  });
});

describe('What was made for a token', () => {
  async function withTokens() {
    const provider = await openIdentityProvider();
    cleanUps.push(() => provider.close());
    const settings: AuthSettings = {
      kind: 'jwt',
      keys: { url: provider.env.AUTH_JWKS_URL ?? '' },
      issuer: ISSUER,
      audience: AUDIENCE,
      algorithms: ['ES256'],
    };
    return { provider, settings };
  }

  it('ends with the exp of the token, although the token itself is accepted for 30 seconds more', async () => {
    const { provider, settings } = await withTokens();
    let now = Math.floor(Date.now() / 1000) * 1000;
    const authenticator = open(settings, () => now);
    const exp = now / 1000 + 10;
    const token = await provider.token({ exp });
    const credential = await credentialOf(authenticator, token);
    expect(credential?.endsAt).toBe(exp * 1000);
    expect([authenticator.remainingSeconds(credential), authenticator.permits(credential, PLACE)]).toEqual([
      10,
      true,
    ]);
    now += 10_000;
    expect(authenticator.permits(credential, PLACE)).toBe(false);
    expect(await credentialOf(authenticator, token)).toEqual(credential);
  });

  it('is of one subject of one issuer', async () => {
    const { provider, settings } = await withTokens();
    const authenticator = open(settings);
    const idOf = async (claims: Parameters<typeof provider.token>[0]) =>
      (await credentialOf(authenticator, await provider.token(claims)))?.id;
    expect(await idOf({ sub: 'a', exp: Math.floor(Date.now() / 1000) + 60 })).toBe(await idOf({ sub: 'a' }));
    expect(await idOf({ sub: 'b' })).not.toBe(await idOf({ sub: 'a' }));
    // Without a subject nothing says that two tokens are of one caller.
    expect(await idOf({ sub: undefined, jti: '1' })).not.toBe(await idOf({ sub: undefined, jti: '2' }));
    const elsewhere = open({ ...settings, issuer: 'https://elsewhere.example.com/' });
    const credential = await credentialOf(authenticator, await provider.token());
    expect([authenticator, elsewhere].map((each) => each.permits(credential, PLACE))).toEqual([true, false]);
  });
});

describe('What was made where callers are not authenticated', () => {
  it('is refused once they are, and the other way round', async () => {
    const { authenticator, add } = withKeys();
    const [off, teacher] = [open({ kind: 'off' }), await add('teacher')];
    expect([off.permits(null, PLACE), off.permits(teacher, PLACE)]).toEqual([true, false]);
    expect([authenticator.permits(null, PLACE), authenticator.permits(teacher, PLACE)]).toEqual([
      false,
      true,
    ]);
    expect(off.remainingSeconds(null)).toBe(Infinity);
  });
});
