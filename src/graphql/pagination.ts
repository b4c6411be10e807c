import { badInput } from './errors.js';

/** No page holds more. */
export const MAX_PAGE_SIZE = 100;

/** The size of a page, checked. */
export function pageSize(name: 'first' | 'last', value: number): number {
  if (value < 1 || value > MAX_PAGE_SIZE) throw badInput(`${name} must be from 1 to ${MAX_PAGE_SIZE}.`);
  return value;
}

interface Connection<T> {
  edges: { cursor: string; node: T }[];
  nodes: T[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
}

/** Where a page stands in its list. Its cursors are by default those of its first and last item. */
interface PlaceOfPage {
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  startCursor?: string | null;
  endCursor?: string | null;
}

export function connection<T>(
  items: { item: T; cursor: string }[],
  {
    hasNextPage,
    hasPreviousPage,
    startCursor = items[0]?.cursor ?? null,
    endCursor = items.at(-1)?.cursor ?? null,
  }: PlaceOfPage,
): Connection<T> {
  return {
    edges: items.map(({ item, cursor }) => ({ cursor, node: item })),
    nodes: items.map(({ item }) => item),
    pageInfo: { hasNextPage, hasPreviousPage, startCursor, endCursor },
  };
}

/** A page of a list that is at hand as a whole. The key of an item is its place in the order. */
export function pageOf<T>(
  items: readonly T[],
  first: number,
  after: string | null | undefined,
  key: (item: T, index: number) => string,
): Connection<T> {
  const size = pageSize('first', first);
  const all = items.map((item, index) => ({
    item,
    cursor: Buffer.from(key(item, index)).toString('base64url'),
  }));
  const at = after == null ? -1 : all.findIndex(({ cursor }) => cursor === after);
  if (after != null && at < 0)
    throw badInput('after is not a cursor of this list. Pass the endCursor of one of its pages.');
  const shown = all.slice(at + 1, at + 1 + size);
  return connection(shown, { hasNextPage: at + 1 + size < all.length, hasPreviousPage: at >= 0 });
}
