import { FILE_RULES } from './file-rules.js';
import { isUid, MOST_PIXELS, outside, type Rule } from './rules.js';
import { type CompositeConfigInput } from './start-input.js';
import { STREAM_RULES } from './stream-rules.js';

const MOST_REGIONS = 17;
const CUSTOM_LAYOUT = 3;
const VERTICAL_LAYOUT = 2;

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
    source: `rest-api-reference.md, transcodingConfig, ${name}`,
    message: `${name} must be a positive number of ${unit}.`,
    broken: ({ transcodingConfig }) => outside(transcodingConfig?.[name], 1, 1_000_000),
  })),
  {
    field: ['transcodingConfig'],
    source: 'rest-api-reference.md, transcodingConfig, width',
    message: 'width × height must not exceed 1920 × 1080.',
    broken: ({ transcodingConfig }) =>
      (transcodingConfig?.width ?? 360) * (transcodingConfig?.height ?? 640) > MOST_PIXELS,
  },
  {
    field: ['transcodingConfig', 'backgroundColor'],
    source: 'rest-api-reference.md, transcodingConfig, backgroundColor',
    message: 'backgroundColor must be # and six hexadecimal digits, for example #FF8800.',
    broken: ({ transcodingConfig }) =>
      transcodingConfig?.backgroundColor != null &&
      !/^#[0-9a-fA-F]{6}$/.test(transcodingConfig.backgroundColor),
  },
  {
    field: ['transcodingConfig', 'maxResolutionUid'],
    source: 'rest-api-reference.md, transcodingConfig, maxResolutionUid',
    message: 'maxResolutionUid belongs to the VERTICAL layout, and must be a uid from 1 to 4294967295.',
    broken: ({ transcodingConfig }) =>
      transcodingConfig?.maxResolutionUid != null &&
      (transcodingConfig.mixedVideoLayout !== VERTICAL_LAYOUT || !isUid(transcodingConfig.maxResolutionUid)),
  },
  {
    field: ['transcodingConfig', 'layoutConfig'],
    source: 'rest-api-reference.md, layoutConfig',
    message: 'layoutConfig belongs to the CUSTOM layout, which needs 1 to 17 regions.',
    broken: ({ transcodingConfig }) => {
      const regions = transcodingConfig?.layoutConfig;
      if (transcodingConfig?.mixedVideoLayout !== CUSTOM_LAYOUT) return regions != null;
      return regions == null || regions.length === 0 || regions.length > MOST_REGIONS;
    },
  },
  {
    field: ['transcodingConfig', 'layoutConfig'],
    source: 'rest-api-reference.md, layoutConfig',
    message: 'x, y, width, height and alpha of a region are fractions from 0 to 1.',
    broken: ({ transcodingConfig }) =>
      (transcodingConfig?.layoutConfig ?? []).some(({ x, y, width, height, alpha }) =>
        [x, y, width, height, alpha ?? 1].some((value) => !(value >= 0 && value <= 1)),
      ),
  },
  {
    field: ['transcodingConfig', 'layoutConfig'],
    source: 'rest-api-reference.md, layoutConfig, uid',
    message: 'uid of a region must be an integer from 1 to 4294967295, or left out.',
    broken: ({ transcodingConfig }) =>
      (transcodingConfig?.layoutConfig ?? []).some(({ uid }) => uid != null && !isUid(uid)),
  },
];
