import {
  MAX_METADATA_ENTRIES,
  MAX_METADATA_KEY_LENGTH,
  MAX_METADATA_VALUE_LENGTH,
  METADATA_KEY,
  type MetadataEntry,
} from '../../../recordings/metadata.js';
import { userError, type UserError } from '../../user-errors.js';

export const TOO_MANY_ENTRIES = `metadata takes at most ${MAX_METADATA_ENTRIES} entries.`;

function invalid(message: string, field: readonly string[]): UserError {
  return userError('INVALID_PARAMETER', message, { field: [...field] });
}

/** What is wrong with metadata. An entry whose value is null removes its key. `at`: path of the list. */
export function validateMetadata(
  entries: readonly (Omit<MetadataEntry, 'value'> & { value?: string | null })[],
  at: readonly string[],
): UserError[] {
  if (entries.length > MAX_METADATA_ENTRIES) return [invalid(TOO_MANY_ENTRIES, at)];
  const seen = new Set<string>();
  return entries.flatMap(({ key, value }, index) => {
    const errors: UserError[] = [];
    const field = [...at, String(index)];
    if (!METADATA_KEY.test(key)) {
      const rule = `key must be 1 to ${MAX_METADATA_KEY_LENGTH} letters, digits and _ . : - characters.`;
      errors.push(invalid(rule, [...field, 'key']));
    }
    if (seen.has(key)) errors.push(invalid('key is given twice.', [...field, 'key']));
    seen.add(key);
    if (value === '' || (value?.length ?? 0) > MAX_METADATA_VALUE_LENGTH) {
      errors.push(
        invalid(`value must be 1 to ${MAX_METADATA_VALUE_LENGTH} characters.`, [...field, 'value']),
      );
    }
    return errors;
  });
}
