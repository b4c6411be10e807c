import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { jsonColumn, StoredValueError } from '../../src/store/stored-json.js';

const COLUMN = jsonColumn(
  { table: 'shelves', column: 'books' },
  { version: 2, schema: z.object({ titles: z.array(z.string()) }) },
);

describe('JSON in a column', () => {
  it('is read as it was written, and carries the version of its form', () => {
    const text = COLUMN.write({ titles: ['one'] });
    expect(JSON.parse(text)).toEqual({ formVersion: 2, titles: ['one'] });
    expect(COLUMN.read(text, 'k')).toEqual({ titles: ['one'] });
  });

  it.each([
    ['is not JSON', 'secret-text{', 'it is not valid JSON'],
    ['is not an object', '["secret-text"]', 'it is not an object with the version of its form'],
    [
      'has a version that is not a number',
      '{"formVersion":"secret-text"}',
      'it is not an object with the version of its form',
    ],
    [
      'carries no version, and so has form 1',
      '{"titles":["secret-text"]}',
      'an earlier release wrote it in form 1',
    ],
    [
      'was written by a later release',
      '{"formVersion":3,"titles":["secret-text"]}',
      'a later release wrote it in form 3',
    ],
    ['lacks a property', '{"formVersion":2,"other":"secret-text"}', 'its titles is not what is expected'],
  ])('that %s is an error that names its place and does not quote it', (_what, text, problem) => {
    const read = () => COLUMN.read(text, 'key-7');
    expect(read).toThrow(StoredValueError);
    expect(read).toThrow(`Cannot read column books of table shelves, key key-7: ${problem}`);
    expect(read).not.toThrow(/secret-text/);
    const problems: string[] = [];
    expect(COLUMN.readIfPossible(text, 'key-7', ({ message }) => problems.push(message))).toBeNull();
    expect(problems).toHaveLength(1);
  });
});
