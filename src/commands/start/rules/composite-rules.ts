import { COMPOSITE_PARAMETERS } from '@agora-recording-gateway/agora/parameters/channel';
import { CANVAS_PARAMETERS } from '@agora-recording-gateway/agora/parameters/layout';
import { MAX_PIXELS } from '@agora-recording-gateway/agora/parameters/web';
import { boundRules } from '@agora-recording-gateway/agora/parameters/bounds';
import { FILE_RULES } from './file-rules.js';
import { type Rule } from './rules.js';
import { type CompositeConfigInput, type TranscodingConfigInput } from '../start-input.js';
import { STREAM_RULES } from './stream-rules.js';

export const COMPOSITE_RULES: readonly Rule<CompositeConfigInput>[] = [
  ...boundRules(COMPOSITE_PARAMETERS),
  ...STREAM_RULES,
  ...FILE_RULES,
];

export const CANVAS_RULES: readonly Rule<TranscodingConfigInput>[] = [
  ...boundRules(CANVAS_PARAMETERS),
  {
    field: [],
    message: 'width × height must not exceed 1920 × 1080.',
    broken: ({ width, height }) =>
      (width ?? CANVAS_PARAMETERS.width.default) * (height ?? CANVAS_PARAMETERS.height.default) > MAX_PIXELS,
  },
];
