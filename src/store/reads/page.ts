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

/** Where a page stands in its list. */
interface PageEnds {
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  /** Where the page before continues: the cursor of its first item, or of the last row that it looked through. */
  startCursor: string | null;
  /** Where the next page continues: the same at its end. */
  endCursor: string | null;
}

export interface Page<T> extends PageEnds {
  items: { item: T; cursor: string }[];
  /** Stored text that the page was read from. */
  bytes: number;
}

/** A page that is asked for: read from `after` on, or backwards from `before` on where `last` is its size. */
interface AskedPage {
  after?: string | null;
  last?: number | null;
  before?: string | null;
}

/** What was read for a page. */
interface ReadPage {
  /** Cursors of what is shown, in the order of the list. */
  cursors: readonly string[];
  /** Whether more was found than is shown. */
  isCut: boolean;
  /** The cursor of the last row that was looked through, though more follow; null where all were. */
  end: string | null;
}

export function pageEnds({ after, last, before }: AskedPage, { cursors, isCut, end }: ReadPage): PageEnds {
  const isBackwards = last != null;
  const more = isCut || end !== null;
  // If that is beyond what is shown.
  const reached = isCut ? null : end;
  return {
    hasNextPage: isBackwards ? before != null : more,
    hasPreviousPage: isBackwards ? more : after != null,
    startCursor: (isBackwards ? reached : null) ?? cursors[0] ?? null,
    endCursor: (isBackwards ? null : reached) ?? cursors.at(-1) ?? null,
  };
}
