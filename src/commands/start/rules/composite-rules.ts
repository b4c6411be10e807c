import { FILE_RULES } from './file-rules.js';
import { MAX_INT, MOST_PIXELS, outside, type Rule } from './rules.js';
import { type CompositeConfigInput } from '../start-input.js';
import { STREAM_RULES } from './stream-rules.js';

export const COMPOSITE_RULES: readonly Rule<CompositeConfigInput>[] = [
  ...STREAM_RULES,
  ...FILE_RULES,
  ...(
    [
      ['width', 'pixels'],
      ['height', 'pixels'],
      ['fps', 'frames a second'],
      ['bitrate', 'Kbps'],
    ] as const
  ).map(([name, unit]): Rule<CompositeConfigInput> => ({
    field: ['transcodingConfig', name],
    message: `${name} must be a positive number of ${unit}.`,
    broken: ({ transcodingConfig }) => outside(transcodingConfig?.[name], 1, MAX_INT),
  })),
  {
    field: ['transcodingConfig'],
    message: 'width × height must not exceed 1920 × 1080.',
    broken: ({ transcodingConfig }) =>
      (transcodingConfig?.width ?? 360) * (transcodingConfig?.height ?? 640) > MOST_PIXELS,
  },
];
