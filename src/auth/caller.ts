import { createHash } from 'node:crypto';
import { EVERY_RECORDING, type RecordingRange } from '../store/reads/range.js';
import { type CredentialReference } from './credential-reference.js';

/** What a credential permits. Each scope includes those before it. */
export const SCOPES = ['recordings:read', 'recordings:control', 'recordings:admin'] as const;

export type Scope = (typeof SCOPES)[number];

/** Storage profiles that a start may name: `all`, the `default` one only, or those that are listed. */
export type StorageProfileRange = 'all' | 'default' | readonly string[];

/** What a credential permits, apart from its scope. */
export interface Permissions {
  /** The highest scope; null permits nothing. */
  scope: Scope | null;
  range: RecordingRange;
  storageProfiles: StorageProfileRange;
}

/** Who sends an operation, and what they may see and do. */
export interface Caller extends Permissions {
  /** The name of the key, or the subject of the token; null where callers are not authenticated. */
  name: string | null;
  /** The credential, where something is made for it; null where callers are not authenticated. */
  credential: CredentialReference | null;
  /** When the credential expires, in Unix milliseconds of real time; null if it does not. */
  expiresAt: number | null;
  /** Whether the credential was withdrawn since. */
  isRevoked: () => boolean;
}

/** Every caller where AUTH is off. */
export const ANYONE: Caller = {
  name: null,
  credential: null,
  scope: 'recordings:admin',
  range: EVERY_RECORDING,
  storageProfiles: 'all',
  expiresAt: null,
  isRevoked: () => false,
};

export function hasScope({ scope }: Permissions, needed: Scope): boolean {
  return scope !== null && SCOPES.indexOf(scope) >= SCOPES.indexOf(needed);
}

export function isPermittedProfile(
  { storageProfiles }: Permissions,
  { name, isDefault }: { name: string; isDefault: boolean },
): boolean {
  if (storageProfiles === 'all') return true;
  return storageProfiles === 'default' ? isDefault : storageProfiles.includes(name);
}

/**
 * Two callers with the same key read the same from the same operation, apart from addresses of files, so that subscriptions may
 * share what was read.
 */
export function viewerKey({ scope, range: { appIds, channels } }: Permissions): string {
  const sorted = (names: readonly string[] | undefined) => (names === undefined ? null : [...names].sort());
  const seen = [scope, sorted(appIds ?? undefined), sorted(channels?.names), sorted(channels?.prefixes)];
  return createHash('sha256').update(JSON.stringify(seen)).digest('base64url');
}
