import { z } from 'zod';
import { type Checked } from '../../tasks/modes/mode.js';
import { type StartPlan } from '../../tasks/task.js';
import { absent, hlsAndPerhapsMp4, storageRefusal } from './channel-start.js';
import { check, integer } from './check.js';
import { pushOutputs } from './push-outputs.js';
import { storageConfig } from './storage.js';

/** Largest picture (rest-api-reference.md, serviceParam, use-case 1). */
const MOST_PIXELS = 1920 * 1080;

const MINUTE_MS = 60_000;

/** Pages that behave badly, for whoever wants to see what follows: this in the address makes them. */
export const BAD_PAGES = {
  neverReady: 'never-ready',
  tooHeavy: 'heavy',
  unreachable: 'unreachable',
} as const;

const recorderParam = z
  .looseObject({
    url: z.url({ protocol: /^https?$/ }),
    audioProfile: integer(0, 2),
    videoWidth: integer(1, MOST_PIXELS),
    videoHeight: integer(1, MOST_PIXELS),
    maxRecordingHour: integer(1, 720),
    // No bounds are documented, and the reference's example says 0.
    videoBitrate: integer(0, Number.MAX_SAFE_INTEGER).optional(),
    videoFps: integer(5, 60).optional(),
    mobile: z.boolean().optional(),
    maxVideoDuration: integer(30, 240).default(120),
    onhold: z.boolean().default(false),
    readyTimeout: integer(0, 60).default(0),
  })
  .refine(({ videoWidth, videoHeight }) => videoWidth * videoHeight <= MOST_PIXELS, {
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
  recordingFileConfig: hlsAndPerhapsMp4.optional(),
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
  // For recordings of a channel only.
  token: absent,
  recordingConfig: absent,
  snapshotConfig: absent,
});

/** Checks clientRequest of start in web mode (rest-api-reference.md, extensionServiceConfig and serviceParam). */
export function checkWebStart(given: unknown): Checked<StartPlan> {
  const checked = check('Start', clientRequest, given);
  if ('reason' in checked) return checked;
  const { storageConfig: storage, recordingFileConfig, extensionServiceConfig } = checked.value;
  const { extensionServices } = extensionServiceConfig;
  const recorder = extensionServices.find((service) => service.serviceName === 'web_recorder_service');
  if (recorder === undefined) throw new Error('The check lets no start without a web recorder pass.');
  const push = extensionServices.find((service) => service.serviceName === 'rtmp_publish_service');
  const { url, maxRecordingHour, maxVideoDuration, onhold, readyTimeout } = recorder.serviceParam;
  const maxVideoMs = maxVideoDuration * MINUTE_MS;
  return {
    value: {
      fileNamePrefix: storage.fileNamePrefix,
      avFileType: recordingFileConfig?.avFileType ?? ['hls'],
      // Web page recording minds no idleness (agora-facts.md, section 4).
      maxIdleMs: Number.MAX_SAFE_INTEGER,
      subscription: { streamTypes: 2, audio: null, video: null },
      refusal: storageRefusal(storage),
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
