import * as z from 'zod';
import { MAX_PIXELS, WEB_PARAMETERS } from '@agora-recording-gateway/agora/parameters/web';
import { type Checked } from '../../tasks/modes/mode.js';
import { type StartPlan } from '../../tasks/task.js';
import { absent, hlsAndMp4 } from './channel-start.js';
import { bounded, check, optionalBelow } from './check.js';
import { pushOutputs } from './push-outputs.js';
import { type StartContext, storageConfig, storageRefusal } from './storage.js';

const MINUTE_MS = 60_000;

/** A page with one of these in its address misbehaves, for tests of what follows. */
export const BAD_PAGES = {
  neverReady: 'never-ready',
  tooHeavy: 'heavy',
  unreachable: 'unreachable',
} as const;

const recorderParam = z
  .looseObject({
    ...optionalBelow(WEB_PARAMETERS, 'web_recorder_service'),
    url: bounded(WEB_PARAMETERS.url),
    audioProfile: bounded(WEB_PARAMETERS.audioProfile),
    videoWidth: bounded(WEB_PARAMETERS.videoWidth),
    videoHeight: bounded(WEB_PARAMETERS.videoHeight),
    maxRecordingHour: bounded(WEB_PARAMETERS.maxRecordingHour),
    maxVideoDuration: bounded(WEB_PARAMETERS.maxVideoDuration).default(
      WEB_PARAMETERS.maxVideoDuration.default,
    ),
    onhold: bounded(WEB_PARAMETERS.paused).default(WEB_PARAMETERS.paused.default),
    readyTimeout: bounded(WEB_PARAMETERS.readyTimeout).default(WEB_PARAMETERS.readyTimeout.default),
  })
  .refine(({ videoWidth, videoHeight }) => videoWidth * videoHeight <= MAX_PIXELS, {
    path: ['videoWidth'],
  });

const services = z.discriminatedUnion('serviceName', [
  z.looseObject({
    serviceName: z.literal('web_recorder_service'),
    errorHandlePolicy: z.literal('error_abort').optional(),
    serviceParam: recorderParam,
  }),
  z.looseObject({
    serviceName: z.literal('rtmp_publish_service'),
    errorHandlePolicy: z.literal('error_ignore').optional(),
    serviceParam: z.looseObject({ outputs: pushOutputs.min(1) }),
  }),
]);

const clientRequest = z.looseObject({
  storageConfig,
  recordingFileConfig: hlsAndMp4.optional(),
  extensionServiceConfig: z.looseObject({
    errorHandlePolicy: z.literal('error_abort').optional(),
    extensionServices: z
      .array(services)
      .refine(
        (given) =>
          given.some(({ serviceName }) => serviceName === 'web_recorder_service') &&
          new Set(given.map(({ serviceName }) => serviceName)).size === given.length,
      ),
  }),
  // For channel recording only.
  token: absent,
  recordingConfig: absent,
  snapshotConfig: absent,
});

/** Checks clientRequest of start in web mode (REST reference, extensionServiceConfig and serviceParam). */
export function checkWebStart(given: unknown, context: StartContext): Checked<StartPlan> {
  const checked = check('Start', clientRequest, given);
  if ('reason' in checked) return checked;
  const { storageConfig: storage, recordingFileConfig, extensionServiceConfig } = checked.value;
  const { extensionServices } = extensionServiceConfig;
  const recorder = extensionServices.find((service) => service.serviceName === 'web_recorder_service');
  if (recorder === undefined) throw new Error('Unreachable: a web recorder is required above.');
  const push = extensionServices.find((service) => service.serviceName === 'rtmp_publish_service');
  const { url, maxRecordingHour, maxVideoDuration, onhold, readyTimeout } = recorder.serviceParam;
  const maxVideoMs = maxVideoDuration * MINUTE_MS;
  return {
    value: {
      fileNamePrefix: storage.fileNamePrefix,
      avFileType: recordingFileConfig?.avFileType ?? ['hls'],
      // A web page recording is never idle.
      maxIdleMs: Number.MAX_SAFE_INTEGER,
      subscription: { streamTypes: 2, audio: null, video: null },
      refusal: storageRefusal(storage, context),
      web: {
        onhold,
        outputs: push?.serviceParam.outputs.map(({ rtmpUrl }) => ({ rtmpUrl, status: 'connecting' })) ?? null,
        maxRecordingMs: maxRecordingHour * 60 * MINUTE_MS,
        maxVideoMs,
        readyTimeoutMs: readyTimeout * 1000,
        neverReady: url.includes(BAD_PAGES.neverReady),
        tooHeavy: url.includes(BAD_PAGES.tooHeavy),
        unreachable: url.includes(BAD_PAGES.unreachable),
        ...{ pageReady: false, reloads: 0, stopCode: null, mp4Starts: [], mp4LeftMs: 0 },
      },
    },
  };
}
