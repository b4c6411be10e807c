import { type Secret } from '@agora-recording-gateway/agora/client/secret';
import { type Log } from '../../telemetry/log.js';
import { fail, ok, type Result } from '../result.js';
import { userError, type UserError } from '../user-errors.js';
import {
  type ChosenStorage,
  fromInput,
  fromProfile,
  type StorageConfigInput,
  type StorageProfile,
  validateStorage,
} from './storage.js';

/** What the configuration lets a caller choose from. */
export interface Choice {
  /** The projects that may be recorded; the first is the default. */
  appIds: readonly string[];
  /** What the RTC tokens of a project are signed with, as it is now; null if the gateway makes none. */
  appCertificate: (appId: string) => Secret | null;
  /** The profiles of the settings as they are now. */
  profiles: () => readonly StorageProfile[];
  /** Whether a request may contain a storage with its keys. */
  allowInlineStorage: boolean;
  /** Hosts of private networks that Agora may be given addresses of. */
  permitsHost: (host: string) => boolean;
  log: Log;
}

export interface StorageInput {
  storage?: string | null;
  storageConfig?: StorageConfigInput | null;
}

/** The storage that is asked for, or why it cannot be used. `now`: gateway time, Unix milliseconds. `at`: paths in the input. */
export async function chooseStorage(
  { profiles, allowInlineStorage, log }: Choice,
  { storage: name, storageConfig }: StorageInput,
  now: number,
  at: { storage: string[]; storageConfig: string[] } = {
    storage: ['storage'],
    storageConfig: ['storageConfig'],
  },
): Promise<Result<ChosenStorage, UserError[]>> {
  const refuse = (code: UserError['code'], message: string, field: string[]) =>
    fail([userError(code, message, { field })]);
  if (storageConfig != null) {
    if (!allowInlineStorage) {
      const message =
        'Inline storage credentials are disabled; use a storage profile. The operator can enable them ' +
        '(allowInlineStorage).';
      return refuse('INLINE_STORAGE_FORBIDDEN', message, at.storageConfig);
    }
    const errors = validateStorage(storageConfig, at.storageConfig, now);
    return errors.length > 0 ? fail(errors) : ok(fromInput(storageConfig));
  }
  const profile = profiles().find((each) => (name == null ? each.isDefault : each.name === name));
  if (profile === undefined) {
    const names = profiles()
      .map((each) => each.name)
      .join(', ');
    const message =
      names === ''
        ? 'No storage profile is configured.'
        : `Name one of the configured storage profiles: ${names}.`;
    return refuse('STORAGE_PROFILE_UNKNOWN', message, at.storage);
  }
  try {
    const storage = await fromProfile(profile);
    if (storage.location.expireAt === null || storage.location.expireAt > now) return ok(storage);
    const message = `The credentials of storage profile ${profile.name} have expired. The operator must replace them.`;
    return refuse('STORAGE_CREDENTIALS_UNAVAILABLE', message, at.storage);
  } catch (error) {
    log.error({ error, profile: profile.name }, 'cannot read storage profile credentials');
    const message = `The credentials of storage profile ${profile.name} cannot be read. See the gateway log.`;
    return refuse('STORAGE_CREDENTIALS_UNAVAILABLE', message, at.storage);
  }
}
