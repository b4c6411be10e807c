import { type StorageProfile } from '../commands/start/storage.js';
import { type CheckResult } from './check-result.js';

async function checkProfile(profile: StorageProfile, now: number): Promise<CheckResult> {
  const result = { kind: 'storage profile', name: profile.name } as const;
  try {
    const pairs = [await profile.credentials(), await profile.readCredentials?.()];
    if (pairs.some((pair) => pair?.stsExpiration != null && pair.stsExpiration * 1_000 <= now)) {
      return {
        ...result,
        outcome: 'failed',
        detail: 'Its temporary credentials have expired. Replace them.',
      };
    }
    return { ...result, outcome: 'ok', detail: 'Its credentials can be read.' };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ...result, outcome: 'failed', detail: `Its credentials cannot be read: ${reason}` };
  }
}

/** Whether the credentials of each profile can be read and are valid. `now` is Unix milliseconds. */
export async function checkStorageProfiles(
  profiles: readonly StorageProfile[],
  now: number,
): Promise<CheckResult[]> {
  return await Promise.all(profiles.map((profile) => checkProfile(profile, now)));
}
