import * as z from 'zod';
import { STREAM_PARAMETERS } from '@agora-recording-gateway/agora/parameters/channel';
import { DEFAULT_MAX_IDLE_SECONDS } from '@agora-recording-gateway/agora/tables/operations';
import { type FatalError, type StartPlan } from '../../tasks/task.js';
import { bounded, optionalBelow, optionalText } from './check.js';
import { type GivenStorage, storageConfig } from './storage.js';
import { audioList, audioLists, listConflict, videoList, videoLists } from './subscription-lists.js';
import { VOD_SERVICE, vodServices } from './vod.js';

/** Decryption modes that need a salt of 32 bytes. */
const SALTED_MODES = [7, 8];
const SALT_BYTES = 32;

/** For properties of other modes, if these are not ignored. */
export const absent = z.undefined().optional();

/** recordingConfig as far as composite and individual mode share it (REST reference, recordingConfig). */
export const recordingFields = {
  ...optionalBelow(STREAM_PARAMETERS, 'recordingConfig'),
  channelType: bounded(STREAM_PARAMETERS.channelType),
  decryptionMode: bounded(STREAM_PARAMETERS.decryptionMode).default(STREAM_PARAMETERS.decryptionMode.default),
  secret: optionalText,
  salt: optionalText,
  maxIdleTime: bounded(STREAM_PARAMETERS.maxIdleTime).default(STREAM_PARAMETERS.maxIdleTime.default),
  streamTypes: bounded(STREAM_PARAMETERS.streamTypes).default(STREAM_PARAMETERS.streamTypes.default),
  ...audioLists,
  ...videoLists,
};

type GivenRecording = z.infer<z.ZodObject<typeof recordingFields>>;

/** Calls `refuse` with each property that conflicts with the others. */
export function refuseConflicts(config: GivenRecording, refuse: (property: string) => void): void {
  const conflict = listConflict(config, config.streamTypes);
  if (conflict !== null) refuse(conflict);
  if (config.decryptionMode !== 0 && config.secret === undefined) refuse('secret');
  const salted = SALTED_MODES.includes(config.decryptionMode);
  if (salted && Buffer.from(config.salt ?? '', 'base64').byteLength !== SALT_BYTES) refuse('salt');
}

/** avFileType of modes with MP4 files, which cannot be had alone (REST reference, recordingFileConfig). */
export const hlsAndMp4 = z.looseObject({
  avFileType: z
    .array(z.enum(['hls', 'mp4']))
    .refine((types) => types.includes('hls') && new Set(types).size === types.length)
    .optional(),
});

/** storageConfig and extensionServiceConfig of a channel: the storage is not needed for an upload to ApsaraVideo VoD. */
export const destinationFields = {
  storageConfig: storageConfig.optional(),
  extensionServiceConfig: vodServices.optional(),
};

interface GivenDestination {
  storageConfig?: GivenStorage;
  extensionServiceConfig?: z.infer<typeof vodServices>;
}

function usesVod({ extensionServiceConfig: config }: GivenDestination): boolean {
  return config?.extensionServices.some(({ serviceName }) => serviceName === VOD_SERVICE) ?? false;
}

/** Whether a channel recording has somewhere to go. */
export function hasDestination(given: GivenDestination): boolean {
  return given.storageConfig !== undefined || usesVod(given);
}

/** Invalid tokens for tests of what follows, with Agora's codes for them. */
export const REFUSED_TOKENS: Readonly<Record<string, FatalError>> = {
  expired: { module: 0, errorCode: 109, errorMsg: 'token expired' },
  wrong: { module: 0, errorCode: 110, errorMsg: 'token wrong' },
};

/** The recorder finds out only when it joins the channel. */
export function tokenRefusal(token: string | undefined): FatalError | null {
  return REFUSED_TOKENS[token ?? ''] ?? null;
}

/** The part of a plan that channel recordings share. */
export function channelPlan(
  destination: GivenDestination,
  recording: GivenRecording | undefined,
): Pick<StartPlan, 'fileNamePrefix' | 'maxIdleMs' | 'subscription' | 'vod'> {
  return {
    fileNamePrefix: destination.storageConfig?.fileNamePrefix ?? [],
    maxIdleMs: (recording?.maxIdleTime ?? DEFAULT_MAX_IDLE_SECONDS) * 1000,
    subscription: {
      streamTypes: recording?.streamTypes ?? 2,
      audio: audioList(recording ?? {}),
      video: videoList(recording ?? {}),
    },
    ...(usesVod(destination) ? { vod: { announced: [] } } : {}),
  };
}
