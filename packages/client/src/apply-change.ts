import { type RecordingsQuery } from './generated/graphql.js';
import { Rows } from './rows.js';
import { type RecordingsChange } from './watch.js';

/**
 * A page of recordings, or several that a cache put together, after a change; the same object if nothing is different. For the default
 * order. A recording that came as a change has an empty cursor.
 */
export function applyChange<Page extends RecordingsQuery['recordings']>(
  page: Page,
  change: RecordingsChange,
): Page {
  const rows = new Rows(Number.POSITIVE_INFINITY);
  rows.replace(page);
  return rows.apply(change) ? { ...page, edges: rows.edges() } : page;
}
