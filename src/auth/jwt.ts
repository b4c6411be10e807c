import { createPublicKey } from 'node:crypto';
import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import * as z from 'zod';
import { type Caller } from './caller.js';
import { CredentialError } from './credential-error.js';
import { tokenId } from './credential-reference.js';
import { createJwks, fetchProblemOf, type JwksParts } from './jwks.js';
import { AppIds, Channels, permissionsOf, StorageProfiles } from './permissions.js';
import { type JwtSettings } from './settings.js';

/** Difference that is tolerated between the clocks of issuer and gateway. Seconds. */
export const CLOCK_TOLERANCE_SECONDS = 30;

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

function keySource({ keys }: JwtSettings, parts: JwksParts): JWTVerifyGetKey {
  if ('publicKey' in keys) {
    const key = createPublicKey(keys.publicKey);
    return () => Promise.resolve(key);
  }
  return createJwks(keys.url, parts);
}

function refusalOf(error: unknown): CredentialError {
  if (error instanceof CredentialError) return error;
  if (error instanceof errors.JWTExpired) return new CredentialError('expired');
  const problem = fetchProblemOf(error);
  if (problem !== null) return new CredentialError('unavailable', problem);
  return new CredentialError('invalid', error instanceof errors.JOSEError ? error.code : null);
}

/** From a JSON Web Token to its caller. Rejects with CredentialError. */
export function createJwtVerifier(
  settings: JwtSettings,
  parts: JwksParts,
): (token: string) => Promise<Caller> {
  const key = keySource(settings, parts);
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
