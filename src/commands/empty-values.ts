import { OPTIONAL_TEXTS } from '@agora-recording-gateway/agora/parameters/tables';

function isEmpty(name: string, value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value == null || (value === '' && OPTIONAL_TEXTS.has(name));
}

/**
 * An input without its empty values: null, an empty list and an empty optional text count as absent. No document gives them
 * another meaning, and clients send them.
 */
export function withoutEmptyValues<T>(value: T): T {
  if (Array.isArray(value)) return value.map((item: unknown) => withoutEmptyValues(item)) as T;
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const kept = Object.entries(value).filter(([name, inner]) => !isEmpty(name, inner));
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutEmptyValues(inner as unknown)])) as T;
}
