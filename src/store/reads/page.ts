/** Rows of the store that one page looks through. A filter that lets few through gives shorter pages. */
export const MAX_ROWS = 1_000;

/** Rows that are looked through to count the entries of a list, and the most that is counted. */
export const MAX_COUNTED_ROWS = 20_000;
export const MAX_COUNT = 10_000;

/** How many entries a list has; at least so many if it is not exact. */
export interface Count {
  count: number;
  exact: boolean;
}

/** The count of a list, by how many were found; `isWhole`: whether all of it was looked through. */
export function boundedCount(found: number, isWhole: boolean): Count {
  return { count: Math.min(found, MAX_COUNT), exact: isWhole && found <= MAX_COUNT };
}

export interface Page<T> {
  items: { item: T; cursor: string }[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  /** Where the page before continues: the cursor of its first item, or of the last row that it looked through. */
  startCursor: string | null;
  /** Where the next page continues: the same at its end. */
  endCursor: string | null;
  /** Stored text that the page was read from. */
  bytes: number;
}
