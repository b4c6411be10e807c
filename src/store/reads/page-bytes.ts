/** Stored text of one page of recordings or events. A page ends there, though fewer were read than asked for. */
export const MAX_PAGE_BYTES = 4 * 1024 * 1024;

/** Stored text that a follower of the log reads at once; it holds one such page while it hands the events on. */
export const MAX_LOG_PAGE_BYTES = 1024 * 1024;

/** The rows from the front that fit into `maxBytes`. The first always does, so that reading can continue after it. */
export function fitting<Row extends { bytes: number }>(rows: readonly Row[], maxBytes: number): Row[] {
  let bytes = 0;
  const end = rows.findIndex((row, index) => (bytes += row.bytes) > maxBytes && index > 0);
  return rows.slice(0, end < 0 ? rows.length : end);
}

/** The stored text of rows. */
export function bytesOf(rows: readonly { bytes: number }[]): number {
  return rows.reduce((sum, { bytes }) => sum + bytes, 0);
}
