/** Rows of the store that one page looks through. A filter that lets few through gives shorter pages. */
export const MAX_ROWS = 1_000;

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
