import * as z from 'zod';
import {
  INDIVIDUAL_PARAMETERS,
  SNAPSHOT_PARAMETERS,
} from '@agora-recording-gateway/agora/parameters/channel';
import { type Checked } from '../../tasks/modes/mode.js';
import { type StartPlan } from '../../tasks/task.js';
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

/** Recorded users by subscribeUidGroup (REST reference, recordingConfig), but never fewer than Agora's usual 17. */
const MAX_USERS_BY_GROUP = [17, 17, 17, 17, 32, 49];

const AUDIO_ONLY = 0;

const recordingConfig = z
  .looseObject({
    ...recordingFields,
    subscribeUidGroup: bounded(INDIVIDUAL_PARAMETERS.subscribeUidGroup),
    streamMode: z
      .literal([...INDIVIDUAL_PARAMETERS.streamMode.type.values])
      .default(INDIVIDUAL_PARAMETERS.streamMode.default),
    // For composite recording only.
    audioProfile: absent,
    transcodingConfig: absent,
  })
  .superRefine((config, context) => {
    const refuse = (property: string) =>
      context.addIssue({ code: 'custom', path: [property], message: 'invalid' });
    refuseConflicts(config, refuse);
  });

const snapshotConfig = z.looseObject({
  captureInterval: bounded(SNAPSHOT_PARAMETERS.captureInterval).default(
    SNAPSHOT_PARAMETERS.captureInterval.default,
  ),
  fileType: z.array(z.literal('jpg')).length(1),
});

const onlyHls = z.looseObject({ avFileType: z.array(z.literal('hls')).length(1).optional() });

function clientRequest(allowsMp4: boolean) {
  return z
    .looseObject({
      token: z.string().optional(),
      ...destinationFields,
      recordingConfig,
      // Omitted if only screenshots are taken; then nothing is recorded.
      recordingFileConfig: (allowsMp4 ? hlsAndMp4 : onlyHls).optional(),
      snapshotConfig: snapshotConfig.optional(),
    })
    .refine(hasDestination, { path: ['storageConfig'] })
    .superRefine(({ recordingConfig: recording, snapshotConfig: snapshots }, context) => {
      if (snapshots === undefined) return;
      const refuse = (property: string) =>
        context.addIssue({ code: 'custom', path: ['recordingConfig', property], message: 'invalid' });
      // Screenshots need video (REST reference, screenshot usage instructions).
      if (recording.streamTypes === AUDIO_ONLY) refuse('streamTypes');
      const hasOnlyAudioList =
        recording.subscribeAudioUids !== undefined && recording.subscribeVideoUids === undefined;
      if (hasOnlyAudioList) refuse('subscribeVideoUids');
    });
}

const REQUESTS = { withMp4: clientRequest(true), withoutMp4: clientRequest(false) };

/** Checks clientRequest of start in individual mode (REST reference, client-request). */
export function checkIndividualStart(
  given: unknown,
  context: StartContext & { allowsMp4: boolean },
): Checked<StartPlan> {
  const checked = check('Start', context.allowsMp4 ? REQUESTS.withMp4 : REQUESTS.withoutMp4, given);
  if ('reason' in checked) return checked;
  const { token, storageConfig: storage, recordingConfig: recording, ...rest } = checked.value;
  const { recordingFileConfig: fileConfig, snapshotConfig: snapshots } = rest;
  const plan = channelPlan(checked.value, recording);
  return {
    value: {
      ...plan,
      subscription: { ...plan.subscription, maxUsers: MAX_USERS_BY_GROUP[recording.subscribeUidGroup] },
      avFileType: fileConfig?.avFileType ?? ['hls'],
      refusal: storageRefusal(storage, context) ?? tokenRefusal(token),
      individual: {
        // The original encoding takes effect for audio only (REST reference, streamMode).
        streamMode:
          recording.streamMode === 'original' && recording.streamTypes !== AUDIO_ONLY
            ? 'default'
            : recording.streamMode,
        records: snapshots === undefined || fileConfig !== undefined,
        captureMs: snapshots === undefined ? null : snapshots.captureInterval * 1000,
        tracks: [],
        snapshots: 0,
      },
    },
  };
}
