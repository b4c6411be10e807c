import { isOptionalText } from '@agora-recording-gateway/agora/parameters/tables';

function isEmpty(name: string, value: unknown, list: string | null): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value == null || (value === '' && isOptionalText(name, list));
}

/**
 * An input without its empty values: null, an empty list and an empty optional text count as absent. No document gives them
 * another meaning, and clients send them. `list`: the name of the list that the value is an item of, or null.
 */
export function withoutEmptyValues<T>(value: T, list: string | null = null): T {
  if (Array.isArray(value)) return value.map((item: unknown) => withoutEmptyValues(item, list)) as T;
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const kept = Object.entries(value).filter(([name, inner]) => !isEmpty(name, inner, list));
  return Object.fromEntries(
    kept.map(([name, inner]: [string, unknown]) => [
      name,
      withoutEmptyValues(inner, Array.isArray(inner) ? name : null),
    ]),
  ) as T;
}
