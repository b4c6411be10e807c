import { describe, expect, it } from 'vitest';
import { OPERATION_NAMES, type Operation } from '../../src/agora/tables/operations.js';
import { REPLY_MEANINGS, replyMeaning, type Verdict } from '../../src/agora/tables/reply-meanings.js';

type Row = [operation: Operation, httpStatus: number, code: number | null, verdict: Verdict];

const EVERY: readonly Operation[] = ['acquire', 'start', 'query', 'update', 'updateLayout', 'stop'];

/** Agora's table of status codes, written down by hand. */
const DOCUMENTED: readonly Row[] = [
  ...EVERY.flatMap((operation): Row[] => [
    [operation, 400, null, 'refused'],
    [operation, 401, null, 'refused'],
    [operation, 404, null, 'refused'],
    [operation, 429, null, 'later'],
  ]),
  ['acquire', 400, 2, 'refused'],
  ['acquire', 400, 400, 'refused'],
  ['acquire', 400, 401, 'refused'],
  ['acquire', 400, 405, 'refused'],
  ['acquire', 400, 406, 'later'],
  ['acquire', 500, 500, 'later'],
  ['acquire', 500, 501, 'later'],
  ['acquire', 500, 504, 'later'],
  ['start', 201, 7, 'already'],
  ['start', 206, 65, 'in-doubt'],
  ['start', 400, 2, 'refused'],
  ['start', 400, 53, 'refused'],
  ['start', 500, 502, 'later'],
  ['start', 500, 62, 'in-doubt'],
  ['stop', 206, 50, 'done'],
  ['query', 206, 65, 'in-doubt'],
  ['query', 400, 2, 'refused'],
  ['query', 404, 404, 'gone'],
  ['query', 504, 62, 'in-doubt'],
  ['update', 206, 65, 'in-doubt'],
  ['update', 400, 2, 'refused'],
  ['update', 404, 404, 'gone'],
  ['update', 504, 62, 'in-doubt'],
  ['updateLayout', 206, 65, 'in-doubt'],
  ['updateLayout', 400, 2, 'refused'],
  ['updateLayout', 404, 404, 'gone'],
  ['updateLayout', 504, 62, 'in-doubt'],
  ['stop', 206, 65, 'in-doubt'],
  ['stop', 400, 2, 'refused'],
  ['stop', 404, 404, 'gone'],
  ['stop', 504, 62, 'in-doubt'],
  ['stop', 206, 435, 'done'],
  ['stop', 400, 49, 'already'],
  ['stop', 200, 50, 'done'],
];

/** Codes of the older list that still come. */
const OLDER: readonly Row[] = [
  ['acquire', 500, 62, 'refused'],
  ['start', 400, 109, 'refused'],
  ['start', 400, 110, 'refused'],
  ['start', 400, 432, 'refused'],
  ['start', 400, 433, 'refused'],
  ['start', 400, 1001, 'refused'],
  ['stop', 206, null, 'done'],
];

/** What no document lists. */
const UNLISTED: readonly Row[] = [
  ...EVERY.flatMap((operation): Row[] => [
    [operation, 200, null, 'done'],
    [operation, 200, 0, 'done'],
    [operation, 403, null, 'refused'],
    [operation, 413, 9999, 'refused'],
  ]),
  ['acquire', 500, 9999, 'later'],
  ['acquire', 502, null, 'later'],
  ['acquire', 206, 65, 'later'],
  ['start', 500, 15, 'in-doubt'],
  ['start', 502, null, 'in-doubt'],
  ['start', 504, 62, 'in-doubt'],
  ['start', 201, null, 'in-doubt'],
  ['start', 206, null, 'in-doubt'],
  ['start', 404, 404, 'refused'],
  ['query', 503, null, 'in-doubt'],
  ['query', 206, null, 'in-doubt'],
  ['query', 404, 9999, 'gone'],
  ['stop', 500, 500, 'in-doubt'],
  ['stop', 206, 9999, 'in-doubt'],
  ['stop', 404, 9999, 'gone'],
  ['update', 404, 9999, 'gone'],
];

describe('the meaning of a reply', () => {
  it.each(DOCUMENTED)('to %s of HTTP %i with code %s, as documented, is %s', (...row) => {
    const [operation, httpStatus, code, verdict] = row;
    expect(replyMeaning(operation, httpStatus, code).verdict).toBe(verdict);
  });

  it.each(OLDER)('to %s of HTTP %i with code %s, from older documents, is %s', (...row) => {
    const [operation, httpStatus, code, verdict] = row;
    expect(replyMeaning(operation, httpStatus, code).verdict).toBe(verdict);
  });

  it.each(UNLISTED)('to %s of HTTP %i with code %s, which no document lists, is %s', (...row) => {
    const [operation, httpStatus, code, verdict] = row;
    expect(replyMeaning(operation, httpStatus, code).verdict).toBe(verdict);
  });

  it('has a row in the table for everything that is documented, and not a guess', () => {
    for (const [operation, httpStatus, code] of [...DOCUMENTED, ...OLDER]) {
      expect(
        REPLY_MEANINGS.filter(
          (row) =>
            (row.operation === operation || row.operation === 'any') &&
            row.httpStatus === httpStatus &&
            row.code === code,
        ),
        `${operation} ${httpStatus} ${code ?? 'without code'}`,
      ).not.toHaveLength(0);
    }
  });

  it('is stated once', () => {
    const keys = REPLY_MEANINGS.map((row) => `${row.operation} ${row.httpStatus} ${row.code ?? ''}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('depends on the operation, where Agora reuses a code', () => {
    expect(replyMeaning('acquire', 500, 62).name).toBe('APP_ID_INVALID');
    expect(replyMeaning('start', 500, 62).name).toBe('START_IN_DOUBT');
    expect(replyMeaning('query', 504, 62).name).toBe('AGORA_UNAVAILABLE');
    expect(replyMeaning('acquire', 400, 401).name).toBe('CHANNEL_NAME_INVALID');
    expect(replyMeaning('acquire', 401, null).name).toBe('AGORA_CREDENTIALS_INVALID');
  });

  it('never leaves the caller without advice, but for a plain success', () => {
    for (const operation of OPERATION_NAMES) {
      for (const httpStatus of [200, 201, 206, 301, 400, 401, 404, 418, 429, 500, 502, 503, 504, 599]) {
        for (const code of [null, 0, 2, 7, 49, 50, 53, 62, 65, 404, 435, 9999]) {
          const meaning = replyMeaning(operation, httpStatus, code);
          if (meaning.name === 'OK') expect(httpStatus).toBe(200);
          else expect(meaning.advice).toMatch(/\.$/);
        }
      }
    }
  });

  it('is never a success for a start, unless HTTP says 200', () => {
    for (let httpStatus = 201; httpStatus < 600; httpStatus += 1) {
      for (const code of [null, 0, 7, 50, 65, 435]) {
        expect(replyMeaning('start', httpStatus, code).verdict).not.toBe('done');
      }
    }
  });
});
