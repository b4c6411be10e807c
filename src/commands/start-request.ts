import { type AgoraRequest, type StartParameters } from '../agora/requests.js';
import { DEFAULT_RESOURCE_EXPIRED_HOURS } from '../agora/tables/operations.js';
import { type StartFacts } from '../recordings/observation.js';
import { given } from './given.js';
import { type StartInput, type StorageProfile } from './start-input.js';
import { type ModePart } from './start-modes.js';

/** Everything that one start needs, worked out before Agora is asked. */
export interface PreparedStart {
  appId: string;
  channel: string;
  uid: string;
  acquire: AgoraRequest;
  start(resourceId: string): AgoraRequest;
  /** What may be written down about it: no secrets. */
  facts(resourceId: string): StartFacts;
  /** The input as JSON, from which the start can be made again; null where secrets came with it. */
  input: string | null;
  /** What may not, but for the keys of the storage profile, which the upstream knows. */
  secrets: string[];
}

function startParameters(input: StartInput, part: ModePart, profile: StorageProfile): StartParameters {
  const { vendor, region, bucket, accessKey, secretKey, fileNamePrefix } = profile;
  return {
    ...given({ token: input.token }),
    storageConfig: {
      vendor,
      region,
      bucket,
      accessKey: accessKey.reveal(),
      secretKey: secretKey.reveal(),
      ...(fileNamePrefix.length > 0 ? { fileNamePrefix } : {}),
    },
    ...part.parameters,
  };
}

export function prepareStart(
  appId: string,
  input: StartInput,
  part: ModePart,
  profile: StorageProfile,
): PreparedStart {
  const { channel, uid } = input;
  const { mode, scene, settings } = part;
  const secrets = [...(input.token == null ? [] : [input.token]), ...part.secrets];
  const parameters = startParameters(input, part, profile);
  return {
    appId,
    channel,
    uid,
    acquire: {
      operation: 'acquire',
      appId,
      body: {
        cname: channel,
        uid,
        clientRequest: {
          scene,
          ...given({
            resourceExpiredHour: input.resourceExpiredHours,
            region: input.region,
            excludeResourceIds: input.excludeResourceIds,
          }),
          startParameter: parameters,
        },
      },
    },
    start: (resourceId) => ({
      operation: 'start',
      appId,
      resourceId,
      mode,
      body: { cname: channel, uid, clientRequest: parameters },
    }),
    facts: (resourceId) => ({
      channel,
      uid,
      mode,
      resourceId,
      resourceExpiredHour: input.resourceExpiredHours ?? DEFAULT_RESOURCE_EXPIRED_HOURS,
      settings,
      storage: {
        profile: profile.name,
        vendor: profile.vendor,
        region: profile.region,
        bucket: profile.bucket,
        fileNamePrefix: profile.fileNamePrefix,
      },
    }),
    // With today's defaults resolved: sent again tomorrow, it has to be the same start.
    input:
      secrets.length > 0
        ? null
        : JSON.stringify({ ...input, appId, storage: profile.name, idempotencyKey: null }),
    secrets,
  };
}
