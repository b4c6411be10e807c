import { applyChange } from './apply-change.js';
import { KEYLESS_TYPES, POSSIBLE_TYPES } from './generated/cache-tables.js';
import {
  type RecordingListChangedSubscription,
  type RecordingsQuery,
  type RecordingsQueryVariables,
} from './generated/graphql.js';

/** What says where a recording stands in a list. The cache has the rest of it from the subscription. */
const PLACES = `query ($first: Int, $after: String, $filter: RecordingFilter, $orderBy: RecordingOrder) {
  recordings(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
    edges { cursor node { id version startedAt } }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** For `cacheExchange({ keys })` of @urql/exchange-graphcache: objects without an id belong to what holds them. */
export const keys: Record<string, () => null> = Object.fromEntries(
  KEYLESS_TYPES.map((name) => [name, () => null]),
);

/** For `cacheExchange({ possibleTypes })`: without it the cache guesses which fragments match. */
export const possibleTypes = POSSIBLE_TYPES;

/** What is used here of the cache of @urql/exchange-graphcache. */
interface Cache {
  inspectFields(
    entity: 'Query',
  ): readonly { fieldName: string; arguments: RecordingsQueryVariables | null }[];
  updateQuery(
    input: { query: string; variables: RecordingsQueryVariables },
    updater: (data: RecordingsQuery | null) => RecordingsQuery | null,
  ): void;
}

const isSame = (left: unknown, right: unknown) =>
  JSON.stringify(left ?? null) === JSON.stringify(right ?? null);

/** Applies a change to the lists that begin with the first page, have the default order, and the filter of the subscription. */
function recordingListChanged(
  { recordingListChanged: change }: RecordingListChangedSubscription,
  { filter }: Pick<RecordingsQueryVariables, 'filter'>,
  cache: Cache,
): void {
  for (const { fieldName, arguments: found } of cache.inspectFields('Query')) {
    const variables = found ?? {};
    if (fieldName !== 'recordings' || variables.after != null || variables.orderBy != null) continue;
    if (!isSame(variables.filter, filter)) continue;
    cache.updateQuery(
      { query: PLACES, variables },
      (data) => data && { ...data, recordings: applyChange(data.recordings, change) },
    );
  }
}

/** For `cacheExchange({ updates })` of @urql/exchange-graphcache: the subscription `recordingListChanged` keeps lists right. */
export const updates = { Subscription: { recordingListChanged } };
