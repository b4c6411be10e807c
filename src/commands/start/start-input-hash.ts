import { createHmac } from 'node:crypto';

/** One text for equal inputs: properties in the order of their names, without those that have no value. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner != null)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, inner]) => [name, canonical(inner)]),
  );
}

/**
 * A hash that shows whether an idempotency key comes with the input it was first used with. An HMAC with a key of the
 * store, since the input may hold secrets that a plain hash would let others guess.
 */
export function hashInput(input: object, key: string): string {
  return createHmac('sha256', key)
    .update(JSON.stringify(canonical(input)))
    .digest('hex');
}
