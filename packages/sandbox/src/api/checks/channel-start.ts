import { z } from 'zod';
import { DEFAULT_MAX_IDLE_SECONDS } from '@agora-recording-gateway/agora/tables/operations';
import { type FatalError, type StartPlan } from '../../tasks/task.js';
import { integer } from './check.js';
import { type GivenStorage, storageRefuses } from './storage.js';
import { audioList, audioLists, listConflict, videoList, videoLists } from './subscription-lists.js';

const LONGEST_IDLE_SECONDS = 2_592_000;

/** Decryption modes that need a salt of 32 bytes. */
const SALTED_MODES = [7, 8];
const SALT_BYTES = 32;

/** For properties that belong to other modes. */
export const absent = z.undefined().optional();

/** What recordingConfig of composite and individual mode have in common (rest-api-reference.md, recordingConfig). */
export const recordingFields = {
  channelType: integer(0, 1),
  decryptionMode: integer(0, 8).default(0),
  secret: z.string().min(1).optional(),
  salt: z.string().optional(),
  maxIdleTime: integer(5, LONGEST_IDLE_SECONDS).default(DEFAULT_MAX_IDLE_SECONDS),
  streamTypes: integer(0, 2).default(2),
  videoStreamType: integer(0, 1).optional(),
  ...audioLists,
  ...videoLists,
};

type GivenRecording = z.infer<z.ZodObject<typeof recordingFields>>;

/** Calls `refuse` with each property that the others do not allow. */
export function refuseConflicts(config: GivenRecording, refuse: (property: string) => void): void {
  const conflict = listConflict(config, config.streamTypes);
  if (conflict !== null) refuse(conflict);
  if (config.decryptionMode !== 0 && config.secret === undefined) refuse('secret');
  const salted = SALTED_MODES.includes(config.decryptionMode);
  if (salted && Buffer.from(config.salt ?? '', 'base64').byteLength !== SALT_BYTES) refuse('salt');
}

/** avFileType where MP4 files can be had; alone they are an error (rest-api-reference.md, recordingFileConfig). */
export const hlsAndPerhapsMp4 = z.looseObject({
  avFileType: z
    .array(z.enum(['hls', 'mp4']))
    .refine((types) => types.includes('hls') && new Set(types).size === types.length)
    .optional(),
});

/** What the storage will have against an upload. The code of event 1 is documented (callback-service.md). */
export function storageRefusal(storage: GivenStorage): FatalError | null {
  if (!storageRefuses(storage)) return null;
  return { module: 1, errorCode: 32, errorMsg: 'storage configuration rejected' };
}

/** Tokens that are no good, for whoever wants to see what follows, and Agora's codes for them (agora-facts.md, section 3). */
export const REFUSED_TOKENS: Readonly<Record<string, FatalError>> = {
  expired: { module: 0, errorCode: 109, errorMsg: 'token expired' },
  wrong: { module: 0, errorCode: 110, errorMsg: 'token wrong' },
};

/** The recorder finds out only when it joins the channel (agora-facts.md, section 9). */
export function tokenRefusal(token: string | undefined): FatalError | null {
  return REFUSED_TOKENS[token ?? ''] ?? null;
}

/** The part of a plan that channel recordings have in common. */
export function channelPlan(
  storage: GivenStorage,
  recording: GivenRecording | undefined,
): Pick<StartPlan, 'fileNamePrefix' | 'maxIdleMs' | 'subscription'> {
  return {
    fileNamePrefix: storage.fileNamePrefix,
    maxIdleMs: (recording?.maxIdleTime ?? DEFAULT_MAX_IDLE_SECONDS) * 1000,
    subscription: {
      streamTypes: recording?.streamTypes ?? 2,
      audio: audioList(recording ?? {}),
      video: videoList(recording ?? {}),
    },
  };
}
