import { withoutEmptyValues } from '../empty-values.js';
import { type InputWarning, splitEffects } from '../input-warnings.js';
import { ACQUIRE_EFFECTS, LAYOUT_EFFECTS, START_EFFECTS } from './rules/effects.js';
import { type AcquireInput, type LayoutInput, type StartInput } from './start-input.js';

/** An input as the commands take it, without empty values and without values that have no effect. */
export interface Normalized<T> {
  input: T;
  /** One for each value that has no effect. */
  warnings: InputWarning[];
}

export function normalizeStart(input: StartInput): Normalized<StartInput> {
  return splitEffects(START_EFFECTS, withoutEmptyValues(input));
}

export function normalizeAcquire(input: AcquireInput): Normalized<AcquireInput> {
  return splitEffects(ACQUIRE_EFFECTS, withoutEmptyValues(input));
}

export function normalizeLayout<T extends LayoutInput>(input: T): Normalized<T> {
  return splitEffects<T>(LAYOUT_EFFECTS, withoutEmptyValues(input));
}
