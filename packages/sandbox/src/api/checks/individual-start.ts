import { z } from 'zod';
import { type Checked } from '../../tasks/modes/mode.js';
import { type StartPlan } from '../../tasks/task.js';
import {
  absent,
  channelPlan,
  recordingFields,
  refuseConflicts,
  storageRefusal,
  tokenRefusal,
} from './channel-start.js';
import { check, integer } from './check.js';
import { storageConfig } from './storage.js';

/** Most users by subscribeUidGroup (rest-api-reference.md, recordingConfig), though never fewer than Agora's usual 17. */
const MOST_USERS_OF_GROUP = [17, 17, 17, 17, 32, 49];

const AUDIO_ONLY = 0;

/** Seconds between two screenshots unless start says otherwise (rest-api-reference.md, snapshotConfig). */
const DEFAULT_CAPTURE_SECONDS = 10;

const recordingConfig = z
  .looseObject({
    ...recordingFields,
    subscribeUidGroup: integer(0, 5),
    streamMode: z.enum(['default', 'standard', 'original']).default('default'),
    // For composite recording only.
    audioProfile: absent,
    transcodingConfig: absent,
  })
  .superRefine((config, context) => {
    const refuse = (property: string) =>
      context.addIssue({ code: 'custom', path: [property], message: 'invalid' });
    refuseConflicts(config, refuse);
    if (config.streamMode === 'original' && config.streamTypes !== AUDIO_ONLY) refuse('streamMode');
  });

const snapshotConfig = z.looseObject({
  captureInterval: integer(5, 3_600).default(DEFAULT_CAPTURE_SECONDS),
  fileType: z.array(z.literal('jpg')).length(1),
});

const clientRequest = z
  .looseObject({
    token: z.string().optional(),
    storageConfig,
    recordingConfig,
    // Left out where only screenshots are taken; then nothing is recorded.
    recordingFileConfig: z
      .looseObject({ avFileType: z.array(z.literal('hls')).length(1).optional() })
      .optional(),
    snapshotConfig: snapshotConfig.optional(),
    extensionServiceConfig: absent,
  })
  .superRefine(({ recordingConfig: recording, snapshotConfig: snapshots }, context) => {
    if (snapshots === undefined) return;
    const refuse = (property: string) =>
      context.addIssue({ code: 'custom', path: ['recordingConfig', property], message: 'invalid' });
    // Screenshots need video (rest-api-reference.md, "Screenshot usage instructions").
    if (recording.streamTypes === AUDIO_ONLY) refuse('streamTypes');
    const onlyAudioList =
      recording.subscribeAudioUids !== undefined && recording.subscribeVideoUids === undefined;
    if (onlyAudioList) refuse('subscribeVideoUids');
  });

/** Checks clientRequest of start in individual mode (rest-api-reference.md, client-request). */
export function checkIndividualStart(given: unknown): Checked<StartPlan> {
  const checked = check('Start', clientRequest, given);
  if ('reason' in checked) return checked;
  const { token, storageConfig: storage, recordingConfig: recording, ...rest } = checked.value;
  const { recordingFileConfig: fileConfig, snapshotConfig: snapshots } = rest;
  const plan = channelPlan(storage, recording);
  return {
    value: {
      ...plan,
      subscription: { ...plan.subscription, mostUsers: MOST_USERS_OF_GROUP[recording.subscribeUidGroup] },
      avFileType: ['hls'],
      refusal: storageRefusal(storage) ?? tokenRefusal(token),
      individual: {
        streamMode: recording.streamMode,
        records: snapshots === undefined || fileConfig !== undefined,
        captureMs: snapshots === undefined ? null : snapshots.captureInterval * 1000,
        tracks: [],
        snapshots: 0,
      },
    },
  };
}
