import { CALLS } from './calls.js';
import { RECEIVERS } from './receivers.js';
import { RECORDINGS } from './recordings.js';
import { type Situation } from './situation.js';

/** What clients met in the field, by name. */
export const SITUATIONS: ReadonlyMap<string, Situation> = new Map<string, Situation>([
  ...Object.entries(RECORDINGS),
  ...Object.entries(CALLS),
  ...Object.entries(RECEIVERS),
]);
