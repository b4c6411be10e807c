import { badInput } from './errors.js';

/** No page holds more. */
export const MAX_PAGE_SIZE = 100;

/** The size of a page for which neither `first` nor `last` is given. */
export const DEFAULT_PAGE_SIZE = 20;

/** As front ends ask for a page. */
interface AskedPage {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
}

/** A page that is asked for: `first` or `last` is set. */
export type PageArguments = {
  after: string | null;
  before: string | null;
} & ({ first: number; last: null } | { first: null; last: number });

function pageSize(name: 'first' | 'last', value: number): number {
  if (value < 1 || value > MAX_PAGE_SIZE) throw badInput(`${name} must be from 1 to ${MAX_PAGE_SIZE}.`);
  return value;
}

/** The page that is asked for, checked. */
export function pageArguments({ first, after = null, last, before = null }: AskedPage): PageArguments {
  if (first != null && last != null) throw badInput('Give either first or last, not both.');
  return last == null
    ? { first: pageSize('first', first ?? DEFAULT_PAGE_SIZE), last: null, after, before }
    : { first: null, last: pageSize('last', last), after, before };
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
  { first, after, last, before }: PageArguments,
  key: (item: T, index: number) => string,
): Connection<T> {
  const all = items.map((item, index) => ({
    item,
    cursor: Buffer.from(key(item, index)).toString('base64url'),
  }));
  const placeOf = (name: 'after' | 'before', cursor: string) => {
    const at = all.findIndex((one) => one.cursor === cursor);
    if (at >= 0) return at;
    throw badInput(`${name} is not a cursor of this list. Pass a cursor of one of its pages.`);
  };
  const begin = after === null ? 0 : placeOf('after', after) + 1;
  const end = before === null ? all.length : placeOf('before', before);
  const from = last === null ? begin : Math.max(begin, end - last);
  const to = first === null ? end : Math.min(end, begin + first);
  return connection(all.slice(from, Math.max(from, to)), {
    hasNextPage: to < all.length,
    hasPreviousPage: from > 0,
  });
}
