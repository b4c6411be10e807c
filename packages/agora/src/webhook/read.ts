import { type AssumptionName } from '../assumptions.js';
import { documentedSpelling } from './property-names.js';

export type JsonObject = Record<string, unknown>;

export function readObject(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

/** Times before 1973 in milliseconds: a smaller number is a time in seconds (docs/agora/status-and-files.md, File lists). */
const SMALLEST_MILLISECONDS = 1e11;

/** The year 5138. Nothing of Agora's is later, and times are added to. */
const MAX_MILLISECONDS = 1e14;

/** Agora's numbers, other than times, have up to 32 bits; a larger one cannot be shown as a number. */
const MAX_INTEGER = 2 ** 31 - 1;

/** Nothing that is read lies deeper. */
const MAX_DEPTH = 10;

/** The object or list that a text is as JSON; null for every other text. */
export function parseJson(text: string): object | null {
  if (!/^\s*[[{]/.test(text)) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null; // A name may begin with a bracket.
  }
}

function readNumber(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : null;
}

/**
 * Reads what Agora sent, in whatever form it came. The only way to what it sent: each method takes the documented form and
 * others, answers null for what it cannot read, and notes which assumption another form contradicts. So nothing that is read
 * tolerantly goes uncounted.
 */
export class Reader {
  readonly #contradicted = new Set<AssumptionName>();

  /** The assumptions that what was read so far contradicts. */
  get contradicted(): AssumptionName[] {
    return [...this.#contradicted];
  }

  contradict(name: AssumptionName): void {
    this.#contradicted.add(name);
  }

  #when<T>(isOther: boolean, value: T, assumption: AssumptionName = 'valuesHaveDocumentedTypes'): T {
    if (isOther && value !== null) this.contradict(assumption);
    return value;
  }

  /** A copy in which property names are spelled as documented. A property that is there in both spellings keeps its value. */
  named(value: unknown, depth = 0): unknown {
    if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((inner) => this.named(inner, depth + 1));
    const copy: JsonObject = {};
    for (const [name, inner] of Object.entries(value)) {
      const spelling = documentedSpelling(name);
      if (spelling !== null) this.contradict('namesHaveDocumentedCase');
      if (spelling !== null && spelling in value) continue;
      copy[spelling ?? name] = this.named(inner, depth + 1);
    }
    return copy;
  }

  /** An object; also as JSON text, or as a list, whose objects are then taken together. */
  object(value: unknown): JsonObject | null {
    const object = readObject(value);
    if (object !== null) return object;
    const parsed = this.#parsed(value);
    const list = Array.isArray(parsed) ? parsed.map((each) => this.#parsed(each)) : [parsed];
    const objects = list.map(readObject).filter((each) => each !== null);
    return this.#when(
      true,
      objects.length === 0 ? null : objects.reduceRight((all, each) => ({ ...all, ...each }), {}),
    );
  }

  #parsed(value: unknown): unknown {
    return typeof value === 'string' ? this.named(parseJson(value)) : value;
  }

  /** A uid: text in some documents and replies, a number in others. */
  uid(value: unknown): string | null {
    if (typeof value === 'string') return this.#when(value !== value.trim(), value.trim());
    return typeof value === 'number' ? String(value) : null;
  }

  /** A text that is not empty; also a number. */
  text(value: unknown): string | null {
    if (typeof value === 'number') return this.#when(true, String(value));
    return typeof value === 'string' && value !== '' ? value : null;
  }

  /** An identifier; also with blanks around it. */
  id(value: unknown): string | null {
    const text = this.text(value)?.trim() ?? '';
    return text === '' ? null : this.#when(text !== value, text);
  }

  /** One of a table's words, which the documents spell in several cases; also with blanks around it. */
  word(value: unknown): string | null {
    const text = this.text(value);
    return this.#when(text !== text?.trim(), text);
  }

  /** An integer of up to 32 bits; also as text. */
  integer(value: unknown, assumption?: AssumptionName): number | null {
    const number = readNumber(value);
    if (number === null || Math.abs(number) > MAX_INTEGER) return null;
    return this.#when(typeof value === 'string', number, assumption);
  }

  boolean(value: unknown, assumption?: AssumptionName): boolean | null {
    if (typeof value === 'boolean') return value;
    const read = value === 'true' ? true : value === 'false' ? false : null;
    return this.#when(true, read, assumption);
  }

  /** A Unix time as milliseconds; also as text, or in seconds, which are known by their magnitude. */
  time(value: unknown, isInMilliseconds?: AssumptionName): number | null {
    const time = readNumber(value);
    if (time === null || time <= 0) return null;
    const isInSeconds = time < SMALLEST_MILLISECONDS;
    const milliseconds = isInSeconds ? time * 1_000 : time;
    if (milliseconds >= MAX_MILLISECONDS) return null;
    this.#when(isInSeconds, milliseconds, isInMilliseconds);
    return this.#when(typeof value === 'string', milliseconds);
  }

  /** A list; also the one entry that stands in place of it, or both as JSON text. */
  list(value: unknown): unknown[] {
    if (Array.isArray(value)) return value;
    const parsed = this.#parsed(value);
    if (Array.isArray(parsed)) return this.#when(true, parsed);
    return readObject(parsed) === null ? [] : this.#when(true, [parsed], 'listsAreArrays');
  }
}
