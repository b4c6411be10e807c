import { z } from 'zod';
import { type Checked } from '../../tasks/modes/mode.js';
import { type FatalError, type StartPlan } from '../../tasks/task.js';
import {
  absent,
  channelPlan,
  hlsAndPerhapsMp4,
  recordingFields,
  refuseConflicts,
  storageRefusal,
  tokenRefusal,
} from './channel-start.js';
import { check, integer } from './check.js';
import { storageConfig } from './storage.js';
import { transcodingFault } from './transcoding.js';

const recordingConfig = z
  .looseObject({
    ...recordingFields,
    audioProfile: integer(0, 2).optional(),
    // Looked at after the reply, so anything goes here.
    transcodingConfig: z.unknown().optional(),
  })
  .superRefine((config, context) =>
    refuseConflicts(config, (property) =>
      context.addIssue({ code: 'custom', path: [property], message: 'invalid' }),
    ),
  );

const clientRequest = z.looseObject({
  token: z.string().optional(),
  storageConfig,
  recordingConfig: recordingConfig.optional(),
  recordingFileConfig: hlsAndPerhapsMp4.optional(),
  // Screenshots are for individual recording only, extension services for web pages.
  snapshotConfig: absent,
  extensionServiceConfig: absent,
});

/** The recorder's "invalid argument" (callback-service.md). */
function transcodingRefusal(transcoding: unknown): FatalError | null {
  const fault = transcodingFault(transcoding);
  return fault === null ? null : { module: 0, errorCode: 2, errorMsg: fault };
}

/** Checks clientRequest of start in composite mode (rest-api-reference.md, client-request). */
export function checkCompositeStart(given: unknown): Checked<StartPlan> {
  const checked = check('Start', clientRequest, given);
  if ('reason' in checked) return checked;
  const { token, storageConfig: storage, recordingConfig: recording, recordingFileConfig } = checked.value;
  return {
    value: {
      ...channelPlan(storage, recording),
      avFileType: recordingFileConfig?.avFileType ?? ['hls'],
      refusal:
        storageRefusal(storage) ?? tokenRefusal(token) ?? transcodingRefusal(recording?.transcodingConfig),
    },
  };
}
