import { type AgoraRequest } from '@agora-recording-gateway/agora/client/requests';
import { type Log } from '../../telemetry/log.js';
import { type AcquireInput, type PlaceInput, type StartInput } from './start-input.js';
import { modePart } from './start-modes.js';
import {
  type PreparedStart,
  prepareStart,
  resourceRequest,
  secretsInInput,
  startParameters,
} from './start-request.js';
import {
  type ChosenStorage,
  fromInput,
  fromProfile,
  type StorageConfigInput,
  type StorageProfile,
  validateArea,
  validateStorage,
} from './storage.js';
import { userError, type UserError } from '../user-errors.js';
import { validateAcquire, validateStart } from './rules/validate-start.js';

/** What the configuration lets a caller choose from. */
export interface Choice {
  /** The projects that may be recorded; the first is the default. */
  appIds: readonly string[];
  /** Those of the settings as they are now. */
  profiles: () => readonly StorageProfile[];
  /** Whether a request may bring a storage with its keys. */
  allowInlineStorage: boolean;
  log: Log;
}

export interface StorageInput {
  storage?: string | null;
  storageConfig?: StorageConfigInput | null;
}

/** The storage that is asked for, or what stands in its way. `now` is gateway time in milliseconds. */
export async function chooseStorage(
  { profiles, allowInlineStorage, log }: Choice,
  { storage: name, storageConfig }: StorageInput,
  now: number,
  at: { storage: string[]; storageConfig: string[] } = {
    storage: ['storage'],
    storageConfig: ['storageConfig'],
  },
): Promise<ChosenStorage | UserError[]> {
  if (storageConfig != null) {
    if (allowInlineStorage) {
      const errors = validateStorage(storageConfig, at.storageConfig, now);
      return errors.length > 0 ? errors : fromInput(storageConfig);
    }
    const message =
      'This gateway takes no storage keys from its callers: name a storage profile in `storage`. The operator can allow it ' +
      '(allowInlineStorage).';
    return [userError('INLINE_STORAGE_FORBIDDEN', message, { field: at.storageConfig })];
  }
  const profile = profiles().find((each) => (name == null ? each.isDefault : each.name === name));
  if (profile === undefined) {
    const names = profiles()
      .map((each) => each.name)
      .join(', ');
    const message = `Name one of the configured storage profiles: ${names || 'there are none'}.`;
    return [userError('STORAGE_PROFILE_UNKNOWN', message, { field: at.storage })];
  }
  try {
    const storage = await fromProfile(profile);
    if (storage.location.expireAt !== null && storage.location.expireAt <= now) {
      const message = `The credentials of storage profile ${profile.name} have expired. The operator has to replace them.`;
      return [userError('STORAGE_CREDENTIALS_UNAVAILABLE', message, { field: at.storage })];
    }
    return storage;
  } catch (error) {
    log.error({ error, profile: profile.name }, 'the credentials of a storage profile cannot be read');
    const message = `The credentials of storage profile ${profile.name} cannot be read. The gateway's log says why.`;
    return [userError('STORAGE_CREDENTIALS_UNAVAILABLE', message, { field: at.storage })];
  }
}

export function chooseAppId({ appIds }: Choice, asked: string | null | undefined): string | UserError[] {
  const appId = asked ?? appIds[0];
  if (appId !== undefined && appIds.includes(appId)) return appId;
  const message = 'The gateway is not configured for this App ID. Leave appId out for the default.';
  return [userError('APP_ID_UNKNOWN', message, { field: ['appId'] })];
}

async function choosePlace(choice: Choice, input: PlaceInput, errors: UserError[], now: number) {
  const appId = chooseAppId(choice, input.appId);
  if (Array.isArray(appId)) errors.push(...appId);
  const storage = await chooseStorage(choice, input, now);
  errors.push(...(Array.isArray(storage) ? storage : validateArea(storage.location, input.region)));
  return { appId, storage };
}

/** The start that is asked for, or everything that stands in its way. */
export async function prepare(
  choice: Choice,
  input: StartInput,
  now: number,
): Promise<PreparedStart | UserError[]> {
  const errors = validateStart(input);
  const { appId, storage } = await choosePlace(choice, input, errors, now);
  const part = modePart(input.config);
  if (errors.length > 0 || Array.isArray(appId) || Array.isArray(storage) || part === null) return errors;
  return prepareStart(appId, input, part, storage);
}

export interface PreparedAcquire {
  appId: string;
  channel: string;
  uid: string;
  request: AgoraRequest;
  secrets: string[];
}

/** The acquire that is asked for, or everything that stands in its way. */
export async function prepareAcquire(
  choice: Choice,
  input: AcquireInput,
  now: number,
): Promise<PreparedAcquire | UserError[]> {
  const errors = validateAcquire(input);
  const part = input.config == null ? null : modePart(input.config);
  const { appId, storage } =
    part === null
      ? { appId: chooseAppId(choice, input.appId), storage: null }
      : await choosePlace(choice, input, errors, now);
  if (part === null && Array.isArray(appId)) errors.push(...appId);
  if (errors.length > 0 || Array.isArray(appId) || Array.isArray(storage)) return errors;
  const { channel, uid } = input;
  const parameters = part === null || storage === null ? null : startParameters(input, part, storage);
  const scene = part?.scene ?? input.scene ?? 0;
  return {
    appId,
    channel,
    uid,
    request: {
      operation: 'acquire',
      appId,
      body: { cname: channel, uid, clientRequest: resourceRequest(input, scene, parameters) },
    },
    secrets: [...secretsInInput(input, part, storage), ...(storage?.secrets ?? [])],
  };
}
