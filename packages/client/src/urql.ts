import { KEYLESS_TYPES } from './generated/cache-tables.js';

/** For `cacheExchange({ keys })` of @urql/exchange-graphcache: objects without an id belong to what holds them. */
export const keys: Record<string, () => null> = Object.fromEntries(
  KEYLESS_TYPES.map((name) => [name, () => null]),
);
