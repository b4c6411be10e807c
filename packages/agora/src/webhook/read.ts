/**
 * Readers for values as Agora sends them: the same field is a number in one place and a string in another
 * (docs/agora/status-and-files.md), so each reader takes every form and answers null for a value that it cannot read.
 */
export type JsonObject = Record<string, unknown>;

export function readObject(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

export function readString(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return null;
}

export function readText(value: unknown): string | null {
  const text = readString(value);
  return text === '' ? null : text;
}

export function readInteger(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : null;
}

export function readBoolean(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  if (value === 'true') return true;
  if (value === 'false') return false;
  return null;
}

/** Times before 1973 in milliseconds: a smaller number is a time in seconds (docs/agora/status-and-files.md, File lists). */
const SMALLEST_MILLISECONDS = 1e11;

/** The year 5138. Nothing of Agora's is later, and times are added to. */
const MAX_MILLISECONDS = 1e14;

/** A Unix time as milliseconds; seconds and milliseconds are distinguished by magnitude. */
export function readTime(value: unknown): number | null {
  const time = readInteger(value);
  if (time === null || time <= 0) return null;
  const milliseconds = time < SMALLEST_MILLISECONDS ? time * 1000 : time;
  return milliseconds < MAX_MILLISECONDS ? milliseconds : null;
}

export function readArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A list, or the one entry that stands in place of it. */
export function readList(value: unknown): unknown[] {
  return readObject(value) === null ? readArray(value) : [value];
}
