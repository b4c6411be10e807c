import {
  type AgoraRequest,
  type RecordingConfig,
  type StartParameters,
  type TranscodingConfig,
} from '../agora/requests.js';
import { DEFAULT_MAX_IDLE_SECONDS, DEFAULT_RESOURCE_EXPIRED_HOURS } from '../agora/tables/operations.js';
import { type RecordingSettings, type StartFacts } from '../recordings/observation.js';
import {
  type CompositeConfigInput,
  type StartInput,
  type StorageProfile,
  type TranscodingConfigInput,
} from './start-input.js';

/** What has no value is left out: Agora's default then applies. */
function given<T extends object>(fields: T): { [Key in keyof T]?: NonNullable<T[Key]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null)) as {
    [Key in keyof T]?: NonNullable<T[Key]>;
  };
}

function transcodingConfig(input: TranscodingConfigInput): TranscodingConfig {
  const { layoutConfig, ...plain } = input;
  return {
    ...given(plain),
    ...(layoutConfig == null
      ? {}
      : {
          layoutConfig: layoutConfig.map(({ uid, x, y, width, height, alpha, renderMode }) => ({
            ...given({ uid, alpha, render_mode: renderMode }),
            x_axis: x,
            y_axis: y,
            width,
            height,
          })),
        }),
  };
}

function recordingConfig(input: CompositeConfigInput): RecordingConfig {
  const { avFileType: _files, transcodingConfig: transcoding, channelType, ...plain } = input;
  return {
    channelType: channelType ?? 0,
    ...given(plain),
    ...(transcoding == null ? {} : { transcodingConfig: transcodingConfig(transcoding) }),
  };
}

function startParameters(
  input: StartInput,
  composite: CompositeConfigInput,
  profile: StorageProfile,
): StartParameters {
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
    recordingConfig: recordingConfig(composite),
    recordingFileConfig: { avFileType: composite.avFileType ?? ['hls'] },
  };
}

/** The settings in force, with Agora's defaults where nothing was given (rest-api-reference.md, recordingConfig). */
function settingsOf(config: CompositeConfigInput): RecordingSettings {
  const transcoding = config.transcodingConfig ?? {};
  return {
    channelType: config.channelType ?? 0,
    streamTypes: config.streamTypes ?? 2,
    videoStreamType: config.videoStreamType ?? 0,
    audioProfile: config.audioProfile ?? 0,
    maxIdleTime: config.maxIdleTime ?? DEFAULT_MAX_IDLE_SECONDS,
    avFileType: config.avFileType ?? ['hls'],
    decryptionMode: config.decryptionMode ?? 0,
    subscribeAudioUids: config.subscribeAudioUids ?? null,
    unsubscribeAudioUids: config.unsubscribeAudioUids ?? null,
    subscribeVideoUids: config.subscribeVideoUids ?? null,
    unsubscribeVideoUids: config.unsubscribeVideoUids ?? null,
    transcoding: {
      width: transcoding.width ?? 360,
      height: transcoding.height ?? 640,
      fps: transcoding.fps ?? 15,
      bitrate: transcoding.bitrate ?? 500,
      mixedVideoLayout: transcoding.mixedVideoLayout ?? 0,
      backgroundColor: transcoding.backgroundColor ?? '#000000',
      maxResolutionUid: transcoding.maxResolutionUid ?? null,
      layoutConfig: (transcoding.layoutConfig ?? []).map((region) => ({
        uid: region.uid ?? null,
        x: region.x,
        y: region.y,
        width: region.width,
        height: region.height,
        alpha: region.alpha ?? 1,
        renderMode: region.renderMode ?? 0,
      })),
    },
  };
}

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

export function prepareStart(
  appId: string,
  input: StartInput,
  composite: CompositeConfigInput,
  profile: StorageProfile,
): PreparedStart {
  const { channel, uid } = input;
  const secrets = [input.token, composite.secret, composite.salt].filter((text) => text != null);
  const parameters = startParameters(input, composite, profile);
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
          scene: 0,
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
      mode: 'mix',
      body: { cname: channel, uid, clientRequest: parameters },
    }),
    facts: (resourceId) => ({
      channel,
      uid,
      mode: 'mix',
      resourceId,
      resourceExpiredHour: input.resourceExpiredHours ?? DEFAULT_RESOURCE_EXPIRED_HOURS,
      settings: settingsOf(composite),
      storage: {
        profile: profile.name,
        vendor: profile.vendor,
        region: profile.region,
        bucket: profile.bucket,
        fileNamePrefix: profile.fileNamePrefix,
      },
    }),
    input: secrets.length > 0 ? null : JSON.stringify({ ...input, idempotencyKey: null }),
    secrets,
  };
}
