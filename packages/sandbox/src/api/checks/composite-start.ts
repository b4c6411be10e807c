import * as z from 'zod';
import { COMPOSITE_PARAMETERS } from '@agora-recording-gateway/agora/parameters/channel';
import { type Checked } from '../../tasks/modes/mode.js';
import { type FatalError, type StartPlan } from '../../tasks/task.js';
import {
  absent,
  channelPlan,
  destinationFields,
  hasDestination,
  hlsAndMp4,
  recordingFields,
  refuseConflicts,
  tokenRefusal,
} from './channel-start.js';
import { bounded, check } from './check.js';
import { type StartContext, storageRefusal } from './storage.js';
import { transcodingFault } from './transcoding.js';

const recordingConfig = z
  .looseObject({
    ...recordingFields,
    audioProfile: bounded(COMPOSITE_PARAMETERS.audioProfile).optional(),
    // Checked after the reply.
    transcodingConfig: z.unknown().optional(),
  })
  .superRefine((config, context) =>
    refuseConflicts(config, (property) =>
      context.addIssue({ code: 'custom', path: [property], message: 'invalid' }),
    ),
  );

const clientRequest = z
  .looseObject({
    token: z.string().optional(),
    ...destinationFields,
    recordingConfig: recordingConfig.optional(),
    recordingFileConfig: hlsAndMp4.optional(),
    // For individual recording only.
    snapshotConfig: absent,
  })
  .refine(hasDestination, { path: ['storageConfig'] });

/** The recorder's code for an invalid argument. */
function transcodingRefusal(transcoding: unknown): FatalError | null {
  const fault = transcodingFault(transcoding);
  return fault === null ? null : { module: 0, errorCode: 2, errorMsg: fault };
}

/** Checks clientRequest of start in composite mode (REST reference, client-request). */
export function checkCompositeStart(given: unknown, context: StartContext): Checked<StartPlan> {
  const checked = check('Start', clientRequest, given);
  if ('reason' in checked) return checked;
  const { token, storageConfig: storage, recordingConfig: recording, recordingFileConfig } = checked.value;
  return {
    value: {
      ...channelPlan(checked.value, recording),
      avFileType: recordingFileConfig?.avFileType ?? ['hls'],
      refusal:
        storageRefusal(storage, context) ??
        tokenRefusal(token) ??
        transcodingRefusal(recording?.transcodingConfig),
    },
  };
}
