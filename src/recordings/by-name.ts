declare const values: unique symbol;

/**
 * Values by a name that comes from outside: a uid, a file name, an address. At run time it is a plain object, so that it
 * is stored as JSON and crosses threads as it is. Its type cannot be indexed: `record['constructor']` would find a member
 * of Object.prototype, and assigning to `record['__proto__']` would lose the value. The functions of this file see and
 * set own properties only.
 */
export interface ByName<T> {
  readonly [values]: T;
}

type Entries<T> = Iterable<readonly [name: string, value: T]>;

export function byName<T>(entries: Entries<T> = []): ByName<T> {
  // fromEntries defines properties instead of assigning them, which keeps `__proto__`.
  return Object.fromEntries(entries) as unknown as ByName<T>;
}

/** The value under a name, or undefined. */
export function valueOf<T>(all: ByName<T>, name: string): T | undefined {
  return Object.hasOwn(all, name) ? (all as unknown as Record<string, T>)[name] : undefined;
}

/** A copy in which the name has the value. */
export function withValue<T>(all: ByName<T>, name: string, value: T): ByName<T> {
  // A computed name defines a property: `{ ['__proto__']: value }` does not set the prototype.
  return { ...all, [name]: value };
}

export function entriesOf<T>(all: ByName<T>): [name: string, value: T][] {
  return Object.entries(all as unknown as Record<string, T>);
}

export function valuesOf<T>(all: ByName<T>): T[] {
  return Object.values(all as unknown as Record<string, T>);
}

/** The entries in the order of their names. */
export function entriesByName<T>(all: ByName<T>): [name: string, value: T][] {
  return entriesOf(all).sort(([left], [right]) => (left < right ? -1 : 1));
}

/** The values in the order of their names. */
export function valuesByName<T>(all: ByName<T>): T[] {
  return entriesByName(all).map(([, value]) => value);
}

export function sizeOf(all: ByName<unknown>): number {
  return Object.keys(all).length;
}

/** At most `limit` entries: those with the smallest names, so that every order of insertion keeps the same ones. */
export function bounded<T>(all: ByName<T>, limit: number): ByName<T> {
  if (sizeOf(all) <= limit) return all;
  return byName(entriesByName(all).slice(0, limit));
}
