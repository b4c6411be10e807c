import { type RecordingFilter } from '../../store/reads/filter.js';
import { badInput } from '../errors.js';
import { type RecordingFilterInput } from '../inputs/recording-by.input.js';

/** Values in one list of a filter. */
export const MAX_LIST_LENGTH = 50;

const TIMES = [
  'startedAfter',
  'startedBefore',
  'endedAfter',
  'endedBefore',
  'changedAfter',
  'changedBefore',
] as const;

/** Refuses a filter of which a list is too long. */
export function checkLists(filter: object | null | undefined): void {
  for (const [name, value] of Object.entries(filter ?? {})) {
    if (Array.isArray(value) && value.length > MAX_LIST_LENGTH) {
      throw badInput(`filter.${name} takes at most ${MAX_LIST_LENGTH} values.`);
    }
  }
}

/** The filter as the store takes it, its lists checked. */
export function storeFilter(filter: RecordingFilterInput | null | undefined): RecordingFilter {
  checkLists(filter);
  const time = (name: (typeof TIMES)[number]) => filter?.[name]?.getTime() ?? null;
  return {
    ...filter,
    ...(Object.fromEntries(TIMES.map((name) => [name, time(name)])) as Record<
      (typeof TIMES)[number],
      number | null
    >),
  };
}
