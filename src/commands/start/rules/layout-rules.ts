import { boundRules } from '@agora-recording-gateway/agora/parameters/bounds';
import { LAYOUT_PARAMETERS } from '@agora-recording-gateway/agora/parameters/layout';
import { type Rule } from './rules.js';
import { type LayoutInput } from '../start-input.js';

const CUSTOM_LAYOUT = 3;

/** How the users of a composite recording are laid out, in a start as in an updateLayout. */
export const LAYOUT_RULES: readonly Rule<LayoutInput>[] = [
  ...boundRules(LAYOUT_PARAMETERS),
  {
    field: ['layoutConfig'],
    message: 'The CUSTOM layout needs a layoutConfig of 1 to 17 regions.',
    broken: ({ layoutConfig, mixedVideoLayout }) =>
      mixedVideoLayout === CUSTOM_LAYOUT && (layoutConfig?.length ?? 0) === 0,
  },
];
