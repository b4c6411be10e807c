/** Lists whose emptiness says something: an update to no outputs ends every push to a CDN. */
const EMPTY_HAS_A_MEANING: ReadonlySet<string> = new Set(['outputs']);

/**
 * A request without its empty values: properties that are null or an empty list count as absent, as clients send them whose
 * structures have no optional properties. A required property that is empty is therefore missing.
 */
export function withoutEmptyValues<T>(value: T): T {
  if (Array.isArray(value)) return value.map((item: unknown) => withoutEmptyValues(item)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(
    ([name, inner]) =>
      inner !== null && !(Array.isArray(inner) && inner.length === 0 && !EMPTY_HAS_A_MEANING.has(name)),
  );
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutEmptyValues(inner as unknown)])) as T;
}
