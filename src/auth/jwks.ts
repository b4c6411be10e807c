import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  jwksCache,
  type JWKSCacheInput,
  type JWTVerifyGetKey,
} from 'jose';

/** How long the keys of a JWKS are used without asking again. Real milliseconds. */
const MAX_AGE_MS = 10 * 60_000;

/** How long they are used while they cannot be fetched again. Real milliseconds. */
export const MAX_STALE_MS = 60 * 60_000;

/** A token with an unknown key makes the gateway ask for new keys, at most once in this time. Real milliseconds. */
const COOLDOWN_MS = 10_000;

/** After a fetch that failed the known keys are used for this time before the next one. Real milliseconds. */
export const RETRY_INTERVAL_MS = 10_000;

const TIMEOUT_MS = 5_000;

/** The codes of errors that are about fetching the keys: `ERR_JOSE_GENERIC` is a reply other than 200, or without JSON. */
const FETCH_ERRORS: readonly string[] = ['ERR_JOSE_GENERIC', 'ERR_JWKS_INVALID', 'ERR_JWKS_TIMEOUT'];

/** What kept the keys from being fetched; null for an error of a token. A network error is none of jose's. */
export function fetchProblemOf(error: unknown): string | null {
  if (error instanceof errors.JOSEError) return FETCH_ERRORS.includes(error.code) ? error.code : null;
  return error instanceof Error ? error.message : String(error);
}

export interface JwksParts {
  /** Unix milliseconds of real time. */
  now: () => number;
  /** The keys cannot be fetched; those that are known stay in use. Called once, until they are fetched again. */
  onStale: (problem: string) => void;
  onFetched: () => void;
}

/**
 * The keys of an identity provider. An outage of it does not shut out callers whose tokens are signed with a key that is
 * known; for a token with another key it does.
 */
export function createJwks(url: string, { now, onStale, onFetched }: JwksParts): JWTVerifyGetKey {
  /** Filled at each fetch. */
  const fetched: JWKSCacheInput = {};
  const remote = createRemoteJWKSet(new URL(url), {
    cacheMaxAge: MAX_AGE_MS,
    cooldownDuration: COOLDOWN_MS,
    timeoutDuration: TIMEOUT_MS,
    [jwksCache]: fetched,
  });
  let known: { jwks: JSONWebKeySet; keys: JWTVerifyGetKey } | null = null;
  let failure: { error: unknown; at: number } | null = null;
  let isStale = false;

  function knownKeys(): JWTVerifyGetKey | null {
    const { jwks, uat = -Infinity } = fetched;
    if (jwks === undefined || now() - uat >= MAX_STALE_MS) return null;
    if (known?.jwks !== jwks) known = { jwks, keys: createLocalJWKSet(jwks) };
    return known.keys;
  }

  return async (header, token) => {
    const usable = knownKeys();
    if (failure === null || usable === null || now() - failure.at >= RETRY_INTERVAL_MS) {
      try {
        const key = await remote(header, token);
        failure = null;
        if (isStale) onFetched();
        isStale = false;
        return key;
      } catch (error) {
        const problem = fetchProblemOf(error);
        if (problem === null) throw error;
        if (!isStale && usable !== null) {
          isStale = true;
          onStale(problem);
        }
        failure = { error, at: now() };
      }
    }
    if (usable === null) throw failure.error;
    try {
      return await usable(header, token);
    } catch (error) {
      // It may be a new key.
      throw error instanceof errors.JWKSNoMatchingKey ? failure.error : error;
    }
  };
}
