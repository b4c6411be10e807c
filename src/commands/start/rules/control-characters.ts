import { userError, type UserError } from '../../user-errors.js';

/** Line breaks and other characters that control terminals, logs and protocols instead of being shown. */
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** A stream's encryption secret is whatever its senders use. */
const ANY_CHARACTERS = new Set(['secret']);

/** Paths of the texts in an input that contain control characters. Of a list, the path of the list. */
function pathsIn(value: unknown, at: readonly string[]): (readonly string[])[] {
  if (typeof value === 'string') return CONTROL_CHARACTERS.test(value) ? [at] : [];
  if (Array.isArray(value)) return value.flatMap((item) => pathsIn(item, at)).slice(0, 1);
  if (typeof value !== 'object' || value === null || value instanceof Date) return [];
  return Object.entries(value).flatMap(([name, item]) =>
    ANY_CHARACTERS.has(name) ? [] : pathsIn(item, [...at, name]),
  );
}

/**
 * The errors of an input, and one for each further field of it that contains control characters. Names and addresses are
 * sent to Agora and on to other services, and logged there. `at`: path of the input.
 */
export function withControlCharacters(
  input: object,
  errors: readonly UserError[],
  at: readonly string[] = [],
): UserError[] {
  const reported = new Set(errors.map(({ field }) => field?.join('.')));
  const more = pathsIn(input, at)
    .filter((field) => !reported.has(field.join('.')))
    .map((field) => {
      const message = `${field.at(-1)} must not contain line breaks or other control characters.`;
      return userError('INVALID_PARAMETER', message, { field: [...field] });
    });
  return [...errors, ...more];
}
