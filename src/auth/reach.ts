import { isInRange, type Place } from '../store/reads/range.js';
import { type Caller } from './caller.js';

/** Whether a caller may see and change what is in a channel of a project. */
export function reaches({ range }: Pick<Caller, 'range'>, place: Place): boolean {
  return isInRange(range, place);
}
