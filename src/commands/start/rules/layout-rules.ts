import { isUid, type Rule } from './rules.js';
import { type LayoutInput } from '../start-input.js';

const MOST_REGIONS = 17;
const MOST_BACKGROUNDS = 50;
const CUSTOM_LAYOUT = 3;

function isAddress(text: string, protocols: RegExp): boolean {
  return URL.canParse(text) && protocols.test(new URL(text).protocol);
}

/** How the users of a composite recording are laid out, in a start as in an updateLayout. */
export const LAYOUT_RULES: readonly Rule<LayoutInput>[] = [
  {
    field: ['backgroundColor'],
    message: 'backgroundColor must be # and six hexadecimal digits, for example #FF8800.',
    broken: ({ backgroundColor }) => backgroundColor != null && !/^#[0-9a-fA-F]{6}$/.test(backgroundColor),
  },
  {
    field: ['maxResolutionUid'],
    message: 'maxResolutionUid must be a uid from 1 to 4294967295.',
    broken: ({ maxResolutionUid }) => maxResolutionUid != null && !isUid(maxResolutionUid),
  },
  {
    field: ['layoutConfig'],
    message: 'The CUSTOM layout needs a layoutConfig of 1 to 17 regions.',
    broken: ({ layoutConfig, mixedVideoLayout }) => {
      const regions = layoutConfig?.length ?? 0;
      return mixedVideoLayout === CUSTOM_LAYOUT && (regions === 0 || regions > MOST_REGIONS);
    },
  },
  {
    field: ['layoutConfig'],
    message: 'x, y, width, height and alpha of a region are fractions from 0 to 1.',
    broken: ({ layoutConfig }) =>
      (layoutConfig ?? []).some(({ x, y, width, height, alpha }) =>
        [x, y, width, height, alpha ?? 1].some((value) => !(value >= 0 && value <= 1)),
      ),
  },
  {
    field: ['layoutConfig'],
    message: 'uid of a region must be an integer from 1 to 4294967295, or left out.',
    broken: ({ layoutConfig }) => (layoutConfig ?? []).some(({ uid }) => uid != null && !isUid(uid)),
  },
  ...(['backgroundImage', 'defaultUserBackgroundImage'] as const).map((name): Rule<LayoutInput> => ({
    field: [name],
    message: `${name} must be the http or https address of an image.`,
    broken: (input) => input[name] != null && !isAddress(input[name], /^https?:$/),
  })),
  {
    field: ['backgroundConfig'],
    message: 'imageUrl of a background must be the https address of a JPG or BMP image of at most 6 MB.',
    broken: ({ backgroundConfig }) =>
      (backgroundConfig ?? []).some(({ imageUrl }) => !isAddress(imageUrl, /^https:$/)),
  },
  {
    field: ['backgroundConfig'],
    message: 'uid of a background must be an integer from 1 to 4294967295.',
    broken: ({ backgroundConfig }) => (backgroundConfig ?? []).some(({ uid }) => !isUid(uid)),
  },
  {
    field: ['backgroundConfig'],
    message: `backgroundConfig takes at most ${MOST_BACKGROUNDS} users.`,
    broken: ({ backgroundConfig }) => (backgroundConfig?.length ?? 0) > MOST_BACKGROUNDS,
  },
];
