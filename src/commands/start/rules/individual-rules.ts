import { FILE_RULES } from './file-rules.js';
import { outside, type Rule } from './rules.js';
import { type IndividualConfigInput } from '../start-input.js';
import { STREAM_RULES } from './stream-rules.js';

const AUDIO_ONLY = 0;

export const INDIVIDUAL_RULES: readonly Rule<IndividualConfigInput>[] = [
  ...STREAM_RULES,
  ...FILE_RULES,
  {
    field: ['snapshotConfig'],
    message: 'Screenshots need video: set streamTypes to VIDEO or AUDIO_AND_VIDEO.',
    broken: ({ snapshotConfig, streamTypes }) => snapshotConfig != null && streamTypes === AUDIO_ONLY,
  },
  {
    field: ['snapshotConfig'],
    message: 'With screenshots, subscribeAudioUids needs subscribeVideoUids beside it.',
    broken: ({ snapshotConfig, subscribeAudioUids, subscribeVideoUids }) =>
      snapshotConfig != null && subscribeAudioUids != null && subscribeVideoUids == null,
  },
  {
    field: ['snapshotConfig', 'captureInterval'],
    message: 'captureInterval must be from 5 to 3600 seconds.',
    broken: ({ snapshotConfig }) => outside(snapshotConfig?.captureInterval, 5, 3600),
  },
];
