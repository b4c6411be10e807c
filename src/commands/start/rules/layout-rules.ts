import { boundRules } from '@agora-recording-gateway/agora/parameters/bounds';
import { LAYOUT_PARAMETERS } from '@agora-recording-gateway/agora/parameters/layout';
import { type Rule } from './rules.js';
import { type LayoutInput } from '../start-input.js';

const CUSTOM_LAYOUT = 3;

type Region = NonNullable<LayoutInput['layoutConfig']>[number];

/** What adding two fractions may err by. */
const ROUNDING = 1e-6;

function isFraction(value: number): boolean {
  return value >= 0 && value <= 1;
}

/** Whether a region of valid fractions reaches over the right or lower edge. */
function isBeyondCanvas({ x, y, width, height }: Region): boolean {
  if (![x, y, width, height].every(isFraction)) return false;
  return x + width > 1 + ROUNDING || y + height > 1 + ROUNDING;
}

/** How the users of a composite recording are laid out, in a start as in an updateLayout. */
export const LAYOUT_RULES: readonly Rule<LayoutInput>[] = [
  ...boundRules(LAYOUT_PARAMETERS),
  {
    field: ['layoutConfig'],
    message: 'The CUSTOM layout needs a layoutConfig of 1 to 17 regions.',
    broken: ({ layoutConfig, mixedVideoLayout }) =>
      mixedVideoLayout === CUSTOM_LAYOUT && (layoutConfig?.length ?? 0) === 0,
  },
  {
    field: ['layoutConfig'],
    message: ({ layoutConfig }) => {
      const index = (layoutConfig ?? []).findIndex(isBeyondCanvas);
      const { x = 0, y = 0, width = 0, height = 0 } = layoutConfig?.[index] ?? {};
      const sum = x + width > 1 + ROUNDING ? `x ${x} + width ${width}` : `y ${y} + height ${height}`;
      return `Every region must lie within the canvas: region ${index} of layoutConfig has ${sum}, which exceeds 1.`;
    },
    broken: ({ layoutConfig }) => (layoutConfig ?? []).some(isBeyondCanvas),
  },
];
