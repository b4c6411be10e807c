import { z } from 'zod';
import { DEFAULT_MAX_IDLE_SECONDS } from '../../agora/tables/operations.js';
import { type Checked } from '../modes/mode.js';
import { type Refusal, type StartPlan } from '../task.js';
import { check, integer } from './check.js';
import { type GivenStorage, storageConfig, storageRefuses } from './storage.js';
import { audioList, audioLists, listConflict, videoList, videoLists } from './subscription-lists.js';
import { transcodingFault } from './transcoding.js';

const LONGEST_IDLE_SECONDS = 2_592_000;

/** Decryption modes that need a salt of 32 bytes. */
const SALTED_MODES = [7, 8];
const SALT_BYTES = 32;

const recordingConfig = z
  .looseObject({
    channelType: integer(0, 1),
    decryptionMode: integer(0, 8).default(0),
    secret: z.string().min(1).optional(),
    salt: z.string().optional(),
    maxIdleTime: integer(5, LONGEST_IDLE_SECONDS).default(DEFAULT_MAX_IDLE_SECONDS),
    streamTypes: integer(0, 2).default(2),
    videoStreamType: integer(0, 1).optional(),
    audioProfile: integer(0, 2).optional(),
    // Looked at after the reply, so anything goes here.
    transcodingConfig: z.unknown().optional(),
    ...audioLists,
    ...videoLists,
  })
  .superRefine((config, context) => {
    const refuse = (property: string) =>
      context.addIssue({ code: 'custom', path: [property], message: 'invalid' });
    const conflict = listConflict(config, config.streamTypes);
    if (conflict !== null) refuse(conflict);
    if (config.decryptionMode !== 0 && config.secret === undefined) refuse('secret');
    const salted = SALTED_MODES.includes(config.decryptionMode);
    if (salted && Buffer.from(config.salt ?? '', 'base64').byteLength !== SALT_BYTES) refuse('salt');
  });

const clientRequest = z.looseObject({
  token: z.string().optional(),
  storageConfig,
  recordingConfig: recordingConfig.optional(),
  recordingFileConfig: z
    .looseObject({
      avFileType: z
        .array(z.enum(['hls', 'mp4']))
        // MP4 files alone are an error (rest-api-reference.md, recordingFileConfig).
        .refine((types) => types.includes('hls') && new Set(types).size === types.length)
        .optional(),
    })
    .optional(),
  // Screenshots are for individual recording only.
  snapshotConfig: z.undefined().optional(),
});

/** Codes of event 1: the storage's is documented, the recorder's is its "invalid argument" (callback-service.md). */
function refusalOf(storage: GivenStorage, transcoding: unknown): Refusal | null {
  if (storageRefuses(storage)) {
    return { module: 1, errorCode: 32, errorMsg: 'storage configuration rejected' };
  }
  const fault = transcodingFault(transcoding);
  return fault === null ? null : { module: 0, errorCode: 2, errorMsg: fault };
}

/** Checks clientRequest of start in composite mode (rest-api-reference.md, client-request). */
export function checkCompositeStart(given: unknown): Checked<StartPlan> {
  const checked = check('Start', clientRequest, given);
  if ('reason' in checked) return checked;
  const {
    storageConfig: storage,
    recordingConfig: recording,
    recordingFileConfig: fileConfig,
  } = checked.value;
  return {
    value: {
      fileNamePrefix: storage.fileNamePrefix,
      avFileType: fileConfig?.avFileType ?? ['hls'],
      maxIdleMs: (recording?.maxIdleTime ?? DEFAULT_MAX_IDLE_SECONDS) * 1000,
      subscription: {
        streamTypes: recording?.streamTypes ?? 2,
        audio: audioList(recording ?? {}),
        video: videoList(recording ?? {}),
      },
      refusal: refusalOf(storage, recording?.transcodingConfig),
    },
  };
}
