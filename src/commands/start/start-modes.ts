import {
  type ExtensionServiceRequest,
  type StartParameters,
} from '@agora-recording-gateway/agora/client/requests';
import {
  COMPOSITE_PARAMETERS,
  INDIVIDUAL_PARAMETERS,
  SNAPSHOT_PARAMETERS,
} from '@agora-recording-gateway/agora/parameters/channel';
import { factsOf } from '@agora-recording-gateway/agora/parameters/facts';
import { TRANSCODING_PARAMETERS } from '@agora-recording-gateway/agora/parameters/layout';
import { WEB_PARAMETERS } from '@agora-recording-gateway/agora/parameters/web';
import { wireBelow } from '@agora-recording-gateway/agora/parameters/wire';
import { type Mode } from '@agora-recording-gateway/agora/tables/operations';
import { NO_SETTINGS, type RecordingSettings } from '../../recordings/observation.js';
import { type SentSecret } from '../../telemetry/known-secrets.js';
import { sentSecrets } from './sent-secrets.js';
import {
  type CompositeConfigInput,
  type IndividualConfigInput,
  type RecordingConfigInput,
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

function compositePart(input: CompositeConfigInput): ModePart {
  const { transcodingConfig } = input;
  return {
    mode: 'mix',
    scene: 0,
    parameters: {
      recordingConfig: {
        ...wireBelow(COMPOSITE_PARAMETERS, 'recordingConfig', input),
        ...(transcodingConfig == null
          ? {}
          : { transcodingConfig: wireBelow(TRANSCODING_PARAMETERS, '', transcodingConfig) }),
      },
      recordingFileConfig: wireBelow(COMPOSITE_PARAMETERS, 'recordingFileConfig', input),
    },
    settings: {
      ...NO_SETTINGS,
      ...factsOf(COMPOSITE_PARAMETERS, input),
      transcoding: factsOf(TRANSCODING_PARAMETERS, transcodingConfig ?? {}),
    },
    secrets: [
      ...sentSecrets(COMPOSITE_PARAMETERS, input),
      ...sentSecrets(TRANSCODING_PARAMETERS, transcodingConfig ?? {}),
    ],
  };
}

const SNAPSHOT_TYPES = ['jpg'];

function individualPart(input: IndividualConfigInput): ModePart {
  const { snapshotConfig, avFileType } = input;
  // Agora takes only screenshots where no recordingFileConfig is set (docs/agora/starting-and-stopping.md).
  const onlySnapshots = snapshotConfig != null && avFileType == null;
  const facts = factsOf(INDIVIDUAL_PARAMETERS, input);
  return {
    mode: 'individual',
    scene: 0,
    parameters: {
      recordingConfig: wireBelow(INDIVIDUAL_PARAMETERS, 'recordingConfig', input),
      ...(onlySnapshots
        ? {}
        : { recordingFileConfig: wireBelow(INDIVIDUAL_PARAMETERS, 'recordingFileConfig', input) }),
      ...(snapshotConfig == null
        ? {}
        : {
            snapshotConfig: {
              ...wireBelow(SNAPSHOT_PARAMETERS, 'snapshotConfig', snapshotConfig),
              fileType: SNAPSHOT_TYPES,
            },
          }),
    },
    settings: {
      ...NO_SETTINGS,
      ...facts,
      avFileType: onlySnapshots ? null : facts.avFileType,
      snapshot: snapshotConfig == null ? null : factsOf(SNAPSHOT_PARAMETERS, snapshotConfig),
    },
    secrets: sentSecrets(INDIVIDUAL_PARAMETERS, input),
  };
}

const HD_PIXELS = 1280 * 720;

/** The default bitrate depends on the size of the video. Kbps. */
function defaultBitrate({ videoWidth, videoHeight }: WebConfigInput): number {
  return videoWidth * videoHeight >= HD_PIXELS ? 2000 : 1500;
}

function webPart(input: WebConfigInput): ModePart {
  const push = wireBelow(WEB_PARAMETERS, 'rtmp_publish_service', input);
  const services: ExtensionServiceRequest[] = [
    {
      serviceName: 'web_recorder_service',
      serviceParam: wireBelow(WEB_PARAMETERS, 'web_recorder_service', input),
    },
    ...(push.outputs === undefined
      ? []
      : [{ serviceName: 'rtmp_publish_service', serviceParam: push } as const]),
  ];
  const { audioProfile, avFileType, outputs, videoBitrate, ...page } = factsOf(WEB_PARAMETERS, input);
  return {
    mode: 'web',
    scene: 1,
    parameters: {
      recordingFileConfig: wireBelow(WEB_PARAMETERS, 'recordingFileConfig', input),
      extensionServiceConfig: { extensionServices: services },
    },
    settings: {
      ...NO_SETTINGS,
      audioProfile,
      avFileType,
      web: {
        ...page,
        videoBitrate: videoBitrate ?? defaultBitrate(input),
        outputs: outputs.map(({ rtmpUrl }) => rtmpUrl),
      },
    },
    secrets: sentSecrets(WEB_PARAMETERS, input),
  };
}

/** The part of the mode that is asked for; null where the input names none. */
export function modePart({ individual, composite, web }: RecordingConfigInput): ModePart | null {
  if (individual != null) return individualPart(individual);
  if (composite != null) return compositePart(composite);
  return web == null ? null : webPart(web);
}
