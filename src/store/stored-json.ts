import type * as z from 'zod';

/** A column that holds JSON. */
export interface ColumnName {
  table: string;
  column: string;
}

/**
 * A value in the database that this release cannot read: it is not JSON, was written in another form, or lacks something.
 * The message names where it stands, and never quotes it.
 */
export class StoredValueError extends Error {
  constructor({ table, column }: ColumnName, key: string, problem: string) {
    super(`Cannot read column ${column} of table ${table}, key ${key}: ${problem}.`);
  }
}

/** Hears of each value that could not be read, where the work continues without it. */
export type ReportUnreadable = (error: StoredValueError) => void;

const FORM_VERSION = 'formVersion';

export interface JsonColumn<Value> {
  /** As it is stored, with the version of its form. */
  write(value: Value): string;
  /** `key`: of the row, for the error. Throws StoredValueError. */
  read(text: string, key: string): Value;
  /** The same, but reports what cannot be read and gives null for it. */
  readIfPossible(text: string, key: string, report: ReportUnreadable): Value | null;
}

export interface Form<Value> {
  /** Grows when the form changes so that readers must know. What carries no version has form 1. */
  version: number;
  /** The property that holds the version. Default: formVersion, which is not part of the value. */
  property?: string;
  schema: z.ZodType<Value>;
}

/** The JSON value of a text; undefined if it is none. */
export function parseStored(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The parser's own message quotes the text.
    return undefined;
  }
}

/** The version of a value's form; null for what is not an object or has none that can be. */
function versionOf(json: unknown, property: string): number | null {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return null;
  const version: unknown = Reflect.get(json, property) ?? 1;
  return typeof version === 'number' && Number.isInteger(version) && version > 0 ? version : null;
}

/** The one way in which JSON is written to a column and read from it. Each column has one form at a time. */
export function jsonColumn<Value extends object>(
  name: ColumnName,
  { version, property = FORM_VERSION, schema }: Form<Value>,
): JsonColumn<Value> {
  function read(text: string, key: string): Value {
    const fail = (problem: string) => new StoredValueError(name, key, problem);
    const json = parseStored(text);
    if (json === undefined) throw fail('it is not valid JSON');
    const stored = versionOf(json, property);
    if (stored === null) throw fail('it is not an object with the version of its form');
    if (stored !== version) {
      const release = stored > version ? 'a later release' : 'an earlier release';
      throw fail(`${release} wrote it in form ${stored}, and this one reads form ${version}`);
    }
    if (property === FORM_VERSION) Reflect.deleteProperty(json as object, property);
    const checked = schema.safeParse(json);
    if (checked.success) return checked.data;
    const path = checked.error.issues[0]?.path.join('.') ?? '';
    throw fail(path === '' ? 'it has another form than expected' : `its ${path} is not what is expected`);
  }

  return {
    write: (value) => JSON.stringify({ [property]: version, ...value }),
    read,
    readIfPossible(text, key, report) {
      try {
        return read(text, key);
      } catch (error) {
        if (!(error instanceof StoredValueError)) throw error;
        report(error);
        return null;
      }
    },
  };
}
