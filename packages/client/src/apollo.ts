import { KEYLESS_TYPES, POSSIBLE_TYPES } from './generated/cache-tables.js';

/** For `new InMemoryCache({ possibleTypes, typePolicies })`: without it fragments on interfaces match nothing. */
export const possibleTypes = POSSIBLE_TYPES;

interface Connection {
  edges?: readonly { cursor?: string; node?: { __ref?: string } }[];
  pageInfo?: Record<string, unknown>;
  changeCursor?: string;
}

interface MergeOptions {
  args: Record<string, unknown> | null;
}

/** Pages of `recordings` become one list, which keeps the changeCursor of its first page: that is where to subscribe. */
const recordings = {
  keyArgs: ['filter', 'orderBy'],
  merge(held: Connection | undefined, page: Connection, { args }: MergeOptions): Connection {
    if (held === undefined || args?.after == null) return page;
    const shown = new Set(held.edges?.map(({ node }) => node?.__ref));
    const more = page.edges?.filter(({ node }) => node?.__ref === undefined || !shown.has(node.__ref)) ?? [];
    const cursor = held.changeCursor;
    return {
      ...page,
      edges: [...(held.edges ?? []), ...more],
      ...(cursor === undefined ? {} : { changeCursor: cursor }),
    };
  },
};

/** Objects without an id belong to what holds them, so that two components may select different fields of them. */
export const typePolicies = {
  Query: { fields: { recordings } },
  ...Object.fromEntries(KEYLESS_TYPES.map((name) => [name, { merge: true }])),
};
