import { createPublicKey } from 'node:crypto';
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import * as z from 'zod';
import { type Caller } from './caller.js';
import { CredentialError } from './credential-error.js';
import { tokenId } from './credential-reference.js';
import { AppIds, Channels, permissionsOf, StorageProfiles } from './permissions.js';
import { type JwtSettings } from './settings.js';

/** Difference that is tolerated between the clocks of issuer and gateway. Seconds. */
export const CLOCK_TOLERANCE_SECONDS = 30;

/** How long the keys of a JWKS are used without asking again. Real milliseconds. */
const JWKS_MAX_AGE_MS = 10 * 60_000;

/** A token with an unknown key makes the gateway ask for new keys, at most once in this time. Real milliseconds. */
const JWKS_COOLDOWN_MS = 10_000;

const JWKS_TIMEOUT_MS = 5_000;

const MAX_SUBJECT_LENGTH = 200;

/** The claims that say what a token permits. What is missing permits nothing. */
const Claims = z.object({
  exp: z.number('must be there: a token that never expires is not accepted'),
  sub: z.string().min(1).max(MAX_SUBJECT_LENGTH).optional(),
  scope: z.string().default(''),
  agora_channels: Channels.optional(),
  agora_app_ids: AppIds.optional(),
  storage_profiles: StorageProfiles.optional(),
});

function callerOf(payload: JWTPayload, issuer: string, token: string): Caller {
  const parsed = Claims.safeParse(payload);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new CredentialError('invalid', problems.join('; '));
  }
  const { exp, sub, scope, agora_channels, agora_app_ids, storage_profiles } = parsed.data;
  return {
    ...permissionsOf({
      scopes: scope.split(' '),
      channels: agora_channels,
      appIds: agora_app_ids,
      storageProfiles: storage_profiles,
    }),
    name: sub ?? 'token without sub',
    credential: { id: tokenId({ issuer, subject: sub, token }), endsAt: exp * 1000 },
    expiresAt: (exp + CLOCK_TOLERANCE_SECONDS) * 1000,
    isRevoked: () => false,
  };
}

function keySource({ keys }: JwtSettings): JWTVerifyGetKey {
  if ('publicKey' in keys) {
    const key = createPublicKey(keys.publicKey);
    return () => Promise.resolve(key);
  }
  return createRemoteJWKSet(new URL(keys.url), {
    cacheMaxAge: JWKS_MAX_AGE_MS,
    cooldownDuration: JWKS_COOLDOWN_MS,
    timeoutDuration: JWKS_TIMEOUT_MS,
  });
}

/** The codes of errors that are about fetching the keys: `ERR_JOSE_GENERIC` is a reply other than 200, or without JSON. */
const FETCH_ERRORS: readonly string[] = ['ERR_JOSE_GENERIC', 'ERR_JWKS_INVALID', 'ERR_JWKS_TIMEOUT'];

function refusalOf(error: unknown): CredentialError {
  if (error instanceof CredentialError) return error;
  if (error instanceof errors.JWTExpired) return new CredentialError('expired');
  // A network error, which jose passes on.
  if (!(error instanceof errors.JOSEError)) {
    return new CredentialError('unavailable', error instanceof Error ? error.message : null);
  }
  return new CredentialError(FETCH_ERRORS.includes(error.code) ? 'unavailable' : 'invalid', error.code);
}

/** From a JSON Web Token to its caller. Rejects with CredentialError. */
export function createJwtVerifier(settings: JwtSettings): (token: string) => Promise<Caller> {
  const key = keySource(settings);
  const options = {
    issuer: settings.issuer,
    audience: settings.audience,
    algorithms: [...settings.algorithms],
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
  };
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, key, options);
      return callerOf(payload, settings.issuer, token);
    } catch (error) {
      throw refusalOf(error);
    }
  };
}
