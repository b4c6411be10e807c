import {
  type ExtensionServiceRequest,
  type RecordingConfig,
  type StartParameters,
  type TranscodingConfig,
} from '@agora-recording-gateway/agora/client/requests';
import { DEFAULT_MAX_IDLE_SECONDS, type Mode } from '@agora-recording-gateway/agora/tables/operations';
import { pageAddressParts, pushAddressParts } from '@agora-recording-gateway/agora/redaction/address';
import { NO_SETTINGS, type RecordingSettings } from '../../recordings/observation.js';
import { type SentSecret } from '../../telemetry/known-secrets.js';
import { given } from './given.js';
import { layoutRequest, layoutSecrets, layoutSettings } from './layout.js';
import {
  type CompositeConfigInput,
  type IndividualConfigInput,
  type PushOutputInput,
  type RecordingConfigInput,
  type StreamConfigInput,
  type TranscodingConfigInput,
  type WebConfigInput,
} from './start-input.js';

/** What a mode makes of its configuration: the request's own part, what is kept of it, and what must not be. */
export interface ModePart {
  mode: Mode;
  /** acquire's scene: 1 for page recordings. */
  scene: number;
  parameters: Omit<StartParameters, 'storageConfig' | 'token'>;
  settings: RecordingSettings;
  secrets: SentSecret[];
}

function transcodingConfig(input: TranscodingConfigInput): TranscodingConfig {
  const { width, height, fps, bitrate, ...layout } = input;
  return { ...given({ width, height, fps, bitrate }), ...layoutRequest(layout) };
}

function recordingConfig(input: StreamConfigInput): RecordingConfig {
  const { channelType, streamTypes, videoStreamType, maxIdleTime, decryptionMode, secret, salt } = input;
  const { subscribeAudioUids, unsubscribeAudioUids, subscribeVideoUids, unsubscribeVideoUids } = input;
  const lists = { subscribeAudioUids, unsubscribeAudioUids, subscribeVideoUids, unsubscribeVideoUids };
  return {
    channelType: channelType ?? 0,
    ...given({ streamTypes, videoStreamType, maxIdleTime, decryptionMode, secret, salt, ...lists }),
  };
}

/** The settings in force, with Agora's defaults where nothing was given (rest-api-reference.md, recordingConfig). */
function streamSettings(input: StreamConfigInput): RecordingSettings {
  return {
    ...NO_SETTINGS,
    channelType: input.channelType ?? 0,
    streamTypes: input.streamTypes ?? 2,
    videoStreamType: input.videoStreamType ?? 0,
    maxIdleTime: input.maxIdleTime ?? DEFAULT_MAX_IDLE_SECONDS,
    avFileType: input.avFileType ?? ['hls'],
    decryptionMode: input.decryptionMode ?? 0,
    subscribeAudioUids: input.subscribeAudioUids ?? null,
    unsubscribeAudioUids: input.unsubscribeAudioUids ?? null,
    subscribeVideoUids: input.subscribeVideoUids ?? null,
    unsubscribeVideoUids: input.unsubscribeVideoUids ?? null,
  };
}

function streamSecrets({ secret, salt }: StreamConfigInput): SentSecret[] {
  return [secret, salt].filter((text) => text != null).map((text) => ({ kind: 'start', text }));
}

export function pushSecrets(outputs: readonly PushOutputInput[] | null | undefined): SentSecret[] {
  return (outputs ?? []).flatMap(({ rtmpUrl }) =>
    pushAddressParts(rtmpUrl).secrets.map((text) => ({ kind: 'push' as const, text })),
  );
}

function compositePart(input: CompositeConfigInput): ModePart {
  const transcoding = input.transcodingConfig ?? {};
  return {
    mode: 'mix',
    scene: 0,
    parameters: {
      recordingConfig: {
        ...recordingConfig(input),
        ...given({ audioProfile: input.audioProfile }),
        ...(input.transcodingConfig == null ? {} : { transcodingConfig: transcodingConfig(transcoding) }),
      },
      recordingFileConfig: { avFileType: input.avFileType ?? ['hls'] },
    },
    settings: {
      ...streamSettings(input),
      audioProfile: input.audioProfile ?? 0,
      transcoding: {
        width: transcoding.width ?? 360,
        height: transcoding.height ?? 640,
        fps: transcoding.fps ?? 15,
        bitrate: transcoding.bitrate ?? 500,
        ...layoutSettings(transcoding),
      },
    },
    secrets: [...streamSecrets(input), ...layoutSecrets(transcoding)],
  };
}

const DEFAULT_CAPTURE_SECONDS = 10;
const SNAPSHOT_TYPES = ['jpg'];

function individualPart(input: IndividualConfigInput): ModePart {
  const { streamMode, snapshotConfig, avFileType } = input;
  const subscribeUidGroup = input.subscribeUidGroup ?? 0;
  // Agora takes screenshots alone where no recordingFileConfig is set (rest-api-reference.md, recordingFileConfig).
  const onlySnapshots = snapshotConfig != null && avFileType == null;
  return {
    mode: 'individual',
    scene: 0,
    parameters: {
      recordingConfig: { ...recordingConfig(input), subscribeUidGroup, ...given({ streamMode }) },
      ...(onlySnapshots ? {} : { recordingFileConfig: { avFileType: avFileType ?? ['hls'] } }),
      ...(snapshotConfig == null
        ? {}
        : {
            snapshotConfig: {
              ...given({ captureInterval: snapshotConfig.captureInterval }),
              fileType: SNAPSHOT_TYPES,
            },
          }),
    },
    settings: {
      ...streamSettings(input),
      avFileType: onlySnapshots ? null : (avFileType ?? ['hls']),
      subscribeUidGroup,
      streamMode: streamMode ?? 'default',
      snapshot:
        snapshotConfig == null
          ? null
          : { captureInterval: snapshotConfig.captureInterval ?? DEFAULT_CAPTURE_SECONDS },
    },
    secrets: streamSecrets(input),
  };
}

const HD_PIXELS = 1280 * 720;

function webPart(input: WebConfigInput): ModePart {
  const { outputs, avFileType, paused, ...plain } = input;
  const services: ExtensionServiceRequest[] = [
    {
      serviceName: 'web_recorder_service',
      serviceParam: given({ ...plain, onhold: paused }) as WebParameters,
    },
  ];
  if (outputs != null) services.push({ serviceName: 'rtmp_publish_service', serviceParam: { outputs } });
  const page = pageAddressParts(input.url);
  const hd = input.videoWidth * input.videoHeight >= HD_PIXELS;
  return {
    mode: 'web',
    scene: 1,
    parameters: {
      recordingFileConfig: { avFileType: avFileType ?? ['hls'] },
      extensionServiceConfig: { extensionServices: services },
    },
    settings: {
      ...NO_SETTINGS,
      audioProfile: input.audioProfile,
      avFileType: avFileType ?? ['hls'],
      web: {
        url: page.shown,
        videoWidth: input.videoWidth,
        videoHeight: input.videoHeight,
        maxRecordingHour: input.maxRecordingHour,
        videoBitrate: input.videoBitrate ?? (hd ? 2000 : 1500),
        videoFps: input.videoFps ?? 15,
        mobile: input.mobile ?? false,
        maxVideoDuration: input.maxVideoDuration ?? 120,
        paused: paused ?? false,
        readyTimeout: input.readyTimeout ?? 0,
        outputs: (outputs ?? []).map(({ rtmpUrl }) => pushAddressParts(rtmpUrl).shown),
      },
    },
    secrets: [...page.secrets.map((text) => ({ kind: 'page' as const, text })), ...pushSecrets(outputs)],
  };
}

type WebParameters = Extract<
  ExtensionServiceRequest,
  { serviceName: 'web_recorder_service' }
>['serviceParam'];

/** The part of the mode that is asked for; null where the input names none. */
export function modePart({ individual, composite, web }: RecordingConfigInput): ModePart | null {
  if (individual != null) return individualPart(individual);
  if (composite != null) return compositePart(composite);
  return web == null ? null : webPart(web);
}
