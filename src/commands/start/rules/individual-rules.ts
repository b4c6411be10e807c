import { boundRules } from '@agora-recording-gateway/agora/parameters/bounds';
import {
  INDIVIDUAL_PARAMETERS,
  SNAPSHOT_PARAMETERS,
} from '@agora-recording-gateway/agora/parameters/channel';
import { FILE_RULES } from './file-rules.js';
import { type Rule } from './rules.js';
import { type IndividualConfigInput } from '../start-input.js';
import { STREAM_RULES } from './stream-rules.js';

const AUDIO_ONLY = 0;

export const INDIVIDUAL_RULES: readonly Rule<IndividualConfigInput>[] = [
  ...boundRules(INDIVIDUAL_PARAMETERS),
  ...STREAM_RULES,
  ...FILE_RULES,
  {
    field: ['snapshotConfig'],
    message: 'Screenshots need video: set streamTypes to VIDEO or AUDIO_AND_VIDEO.',
    broken: ({ snapshotConfig, streamTypes }) => snapshotConfig != null && streamTypes === AUDIO_ONLY,
  },
  {
    field: ['snapshotConfig'],
    message: 'With screenshots, subscribeAudioUids also needs subscribeVideoUids.',
    broken: ({ snapshotConfig, subscribeAudioUids, subscribeVideoUids }) =>
      snapshotConfig != null && subscribeAudioUids != null && subscribeVideoUids == null,
  },
  ...boundRules(SNAPSHOT_PARAMETERS).map(({ field, message, broken }): Rule<IndividualConfigInput> => ({
    field: ['snapshotConfig', ...field],
    message: ({ snapshotConfig }) => message(snapshotConfig ?? {}),
    broken: ({ snapshotConfig }) => snapshotConfig != null && broken(snapshotConfig),
  })),
];
