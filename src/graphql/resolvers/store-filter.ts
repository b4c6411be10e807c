import { type RecordingFilter } from '../../store/reads/filter.js';
import { badInput } from '../errors.js';
import { type RecordingFilterInput } from '../inputs/recording-by.input.js';

/** Lists of inputs hold no more. */
export const LONGEST_LIST = 50;

/** The filter as the store takes it, its lists checked. */
export function storeFilter(filter: RecordingFilterInput | null | undefined): RecordingFilter {
  for (const [name, value] of Object.entries(filter ?? {})) {
    if (Array.isArray(value) && value.length > LONGEST_LIST) {
      throw badInput(`filter.${name} takes at most ${LONGEST_LIST} values.`);
    }
  }
  return {
    ...filter,
    startedAfter: filter?.startedAfter?.getTime() ?? null,
    startedBefore: filter?.startedBefore?.getTime() ?? null,
  };
}
