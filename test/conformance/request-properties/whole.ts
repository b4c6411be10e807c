import { type Group, type Json, PROFILE_STORAGE } from './row.js';

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value);
}

/** Joins rows: objects by their properties, lists of objects by their places. */
export function merged(left: unknown, right: unknown): unknown {
  if (isList(left) && isList(right) && [...left, ...right].every(isObject)) {
    const longer = left.length > right.length ? left : right;
    return longer.map((_, index) => merged(left[index], right[index]));
  }
  if (!isObject(left) || !isObject(right)) return right === undefined ? left : right;
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return Object.fromEntries([...names].map((name) => [name, merged(left[name], right[name])]));
}

/** The value with this storage where a row names that of the default profile. */
export function withStorage(value: unknown, storage: Json): unknown {
  if (value === PROFILE_STORAGE) return storage;
  if (Array.isArray(value)) return value.map((item) => withStorage(item, storage));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, withStorage(inner, storage)]),
  );
}

/** The input or the body that all rows of a group make together. */
export function whole(group: Group, part: 'input' | 'body'): Json {
  return group.rows.reduce<unknown>((all, row) => merged(all, row[part]), group[part]) as Json;
}
