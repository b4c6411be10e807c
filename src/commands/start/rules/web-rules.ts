import { boundRules } from '@agora-recording-gateway/agora/parameters/bounds';
import { MAX_PIXELS, PAGE_PARAMETERS, WEB_PARAMETERS } from '@agora-recording-gateway/agora/parameters/web';
import { FILE_RULES } from './file-rules.js';
import { type Rule } from './rules.js';
import { type PushOutputInput, type WebConfigInput } from '../start-input.js';

/** Where a web page recording is pushed to, in an update. */
export const OUTPUT_RULES: readonly Rule<{ outputs?: PushOutputInput[] | null }>[] = boundRules({
  outputs: PAGE_PARAMETERS.outputs,
});

export const WEB_RULES: readonly Rule<WebConfigInput>[] = [
  ...boundRules(WEB_PARAMETERS),
  {
    field: ['videoWidth'],
    message: 'videoWidth × videoHeight must not exceed 1920 × 1080.',
    broken: ({ videoWidth, videoHeight }) => videoWidth * videoHeight > MAX_PIXELS,
  },
  ...FILE_RULES,
];
