/**
 * A request without its empty values: properties that are null or an empty list count as absent, as clients send them whose
 * structures have no optional properties. A required property that is empty is therefore missing.
 */
export function withoutEmptyValues<T>(value: T): T {
  if (Array.isArray(value)) return value.map((item: unknown) => withoutEmptyValues(item)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(
    ([, inner]) => inner !== null && !(Array.isArray(inner) && inner.length === 0),
  );
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutEmptyValues(inner as unknown)])) as T;
}
