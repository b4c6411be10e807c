import { describe, expect, it } from 'vitest';
import { OPERATION_NAMES, type Operation } from '../src/tables/operations.js';
import {
  ALL_REPLIES,
  REPLY_MEANINGS,
  type ReplyMeaning,
  replyMeaning,
  type Verdict,
} from '../src/tables/reply-meanings.js';

type Row = [operation: Operation, httpStatus: number, code: number | null, verdict: Verdict, name: string];

const EVERY: readonly Operation[] = ['acquire', 'start', 'query', 'update', 'updateLayout', 'stop'];
const LATER: readonly Operation[] = ['query', 'update', 'updateLayout', 'stop'];

/** Agora's current table of status codes (docs/agora/errors.md, Current codes), written by hand. */
const DOCUMENTED: readonly Row[] = [
  ...EVERY.flatMap((operation): Row[] => [
    [operation, 400, null, 'refused', 'APP_ID_INVALID'],
    [operation, 401, null, 'refused', 'AGORA_CREDENTIALS_INVALID'],
    [operation, 404, null, 'refused', 'AGORA_ROUTE_NOT_FOUND'],
    [operation, 429, null, 'later', 'AGORA_RATE_LIMITED'],
  ]),
  ['acquire', 400, 2, 'refused', 'AGORA_PARAMETER_INVALID'],
  ['acquire', 400, 400, 'refused', 'APP_ID_INVALID'],
  ['acquire', 400, 401, 'refused', 'CHANNEL_NAME_INVALID'],
  ['acquire', 400, 405, 'refused', 'AGORA_ACCOUNT_INACTIVE'],
  ['acquire', 400, 406, 'later', 'TOO_MANY_RECORDINGS'],
  ['acquire', 500, 500, 'later', 'AGORA_UNAVAILABLE'],
  ['acquire', 500, 501, 'later', 'AGORA_UNAVAILABLE'],
  ['acquire', 500, 504, 'later', 'AGORA_UNAVAILABLE'],
  ['start', 201, 7, 'already', 'RESOURCE_ALREADY_STARTED'],
  ['start', 206, 65, 'in-doubt', 'START_IN_DOUBT'],
  ['start', 400, 2, 'refused', 'AGORA_PARAMETER_INVALID'],
  ['start', 400, 53, 'refused', 'TASK_CONFLICT'],
  ['start', 500, 502, 'later', 'AGORA_UNAVAILABLE'],
  ['start', 500, 62, 'in-doubt', 'START_IN_DOUBT'],
  ...LATER.flatMap((operation): Row[] => [
    [operation, 206, 65, 'in-doubt', 'AGORA_UNAVAILABLE'],
    [operation, 400, 2, 'refused', 'AGORA_PARAMETER_INVALID'],
    [operation, 404, 404, 'gone', 'RECORDING_NOT_FOUND'],
    [operation, 504, 62, 'in-doubt', 'AGORA_UNAVAILABLE'],
  ]),
  ['stop', 206, 435, 'done', 'NOTHING_RECORDED'],
  ['stop', 400, 49, 'already', 'ALREADY_STOPPING'],
  ['stop', 200, 50, 'done', 'UPLOAD_CONTINUES'],
  ['stop', 206, 50, 'done', 'UPLOAD_CONTINUES'],
];

/** The older list, which names no HTTP statuses: each code under several of them. */
const OLDER: readonly Row[] = [
  ...EVERY.flatMap((operation): Row[] => [
    [operation, 400, 8, 'refused', 'AGORA_REQUEST_UNREADABLE'],
    [operation, 415, 8, 'refused', 'AGORA_REQUEST_UNREADABLE'],
  ]),
  ['acquire', 422, 2, 'refused', 'AGORA_PARAMETER_INVALID'],
  ['acquire', 400, 62, 'refused', 'APP_ID_INVALID'],
  ['acquire', 403, 62, 'refused', 'APP_ID_INVALID'],
  ['acquire', 500, 62, 'refused', 'APP_ID_INVALID'],
  ['acquire', 400, 1013, 'refused', 'CHANNEL_NAME_INVALID'],
  ['start', 400, 7, 'already', 'RESOURCE_ALREADY_STARTED'],
  ['start', 409, 7, 'already', 'RESOURCE_ALREADY_STARTED'],
  ['start', 500, 15, 'in-doubt', 'START_IN_DOUBT'],
  ['start', 409, 53, 'refused', 'TASK_CONFLICT'],
  ['start', 400, 62, 'in-doubt', 'START_IN_DOUBT'],
  ['start', 408, 62, 'in-doubt', 'START_IN_DOUBT'],
  ['start', 504, 62, 'in-doubt', 'START_IN_DOUBT'],
  ['start', 400, 65, 'in-doubt', 'START_IN_DOUBT'],
  ['start', 400, 109, 'refused', 'TOKEN_INVALID'],
  ['start', 403, 109, 'refused', 'TOKEN_INVALID'],
  ['start', 400, 110, 'refused', 'TOKEN_INVALID'],
  ['start', 400, 432, 'refused', 'RESOURCE_MISMATCH'],
  ['start', 404, 432, 'refused', 'RESOURCE_MISMATCH'],
  ['start', 400, 433, 'refused', 'RESOURCE_EXPIRED'],
  ['start', 410, 433, 'refused', 'RESOURCE_EXPIRED'],
  ['start', 503, 502, 'later', 'AGORA_UNAVAILABLE'],
  ['start', 400, 1001, 'refused', 'RESOURCE_INVALID'],
  ['start', 400, 1003, 'refused', 'RESOURCE_MISMATCH'],
  ['start', 400, 1013, 'refused', 'CHANNEL_NAME_INVALID'],
  ...LATER.flatMap((operation): Row[] => [
    [operation, 400, 62, 'in-doubt', 'AGORA_UNAVAILABLE'],
    [operation, 500, 62, 'in-doubt', 'AGORA_UNAVAILABLE'],
    [operation, 400, 65, 'in-doubt', 'AGORA_UNAVAILABLE'],
    [operation, 400, 404, 'gone', 'RECORDING_NOT_FOUND'],
    [operation, 400, 432, 'refused', 'RESOURCE_MISMATCH'],
    [operation, 400, 1001, 'refused', 'RESOURCE_INVALID'],
    [operation, 400, 1003, 'refused', 'RESOURCE_MISMATCH'],
  ]),
  ['query', 400, 501, 'refused', 'ALREADY_STOPPING'],
  ['query', 500, 501, 'refused', 'ALREADY_STOPPING'],
  ['query', 503, 501, 'refused', 'ALREADY_STOPPING'],
  ['update', 400, 501, 'refused', 'ALREADY_STOPPING'],
  ['update', 500, 501, 'refused', 'ALREADY_STOPPING'],
  ['updateLayout', 500, 501, 'refused', 'ALREADY_STOPPING'],
  ['updateLayout', 400, 501, 'refused', 'ALREADY_STOPPING'],
  ['updateLayout', 400, 1028, 'refused', 'LAYOUT_INVALID'],
  ['stop', 409, 49, 'already', 'ALREADY_STOPPING'],
  ['stop', 400, 501, 'already', 'ALREADY_STOPPING'],
  ['stop', 400, 435, 'done', 'NOTHING_RECORDED'],
  ['stop', 206, null, 'done', 'UPLOAD_CONTINUES'],
];

/** What no document lists. */
const UNLISTED: readonly Row[] = [
  ...EVERY.flatMap((operation): Row[] => [
    [operation, 200, null, 'done', 'OK'],
    [operation, 200, 0, 'done', 'OK'],
    [operation, 403, null, 'refused', 'AGORA_REFUSED'],
    [operation, 413, 9999, 'refused', 'AGORA_REFUSED'],
    // These two say all by their status.
    [operation, 401, 2, 'refused', 'AGORA_CREDENTIALS_INVALID'],
    [operation, 429, 9999, 'later', 'AGORA_RATE_LIMITED'],
  ]),
  ['acquire', 500, 9999, 'later', 'AGORA_UNAVAILABLE'],
  ['acquire', 502, null, 'later', 'AGORA_UNAVAILABLE'],
  ['acquire', 206, 65, 'later', 'AGORA_UNAVAILABLE'],
  ['start', 502, null, 'in-doubt', 'START_IN_DOUBT'],
  ['start', 201, null, 'in-doubt', 'START_IN_DOUBT'],
  ['start', 206, null, 'in-doubt', 'START_IN_DOUBT'],
  // Codes never cross between the hundreds: what refuses under 400 leaves a start in doubt under 201.
  ['start', 201, 53, 'in-doubt', 'START_IN_DOUBT'],
  ['start', 500, 53, 'in-doubt', 'START_IN_DOUBT'],
  ['start', 404, 404, 'refused', 'AGORA_REFUSED'],
  ['query', 503, null, 'in-doubt', 'AGORA_UNAVAILABLE'],
  ['query', 206, null, 'in-doubt', 'AGORA_UNAVAILABLE'],
  ['query', 404, 2, 'gone', 'RECORDING_NOT_FOUND'],
  ['query', 404, 9999, 'gone', 'RECORDING_NOT_FOUND'],
  ['stop', 500, 500, 'in-doubt', 'AGORA_UNAVAILABLE'],
  ['stop', 500, 501, 'in-doubt', 'AGORA_UNAVAILABLE'],
  ['stop', 206, 9999, 'in-doubt', 'AGORA_UNAVAILABLE'],
  ['stop', 404, 9999, 'gone', 'RECORDING_NOT_FOUND'],
  ['update', 404, 9999, 'gone', 'RECORDING_NOT_FOUND'],
];

describe('the meaning of a reply', () => {
  it.each([...DOCUMENTED, ...OLDER, ...UNLISTED])(
    'to %s of HTTP %i with code %s is %s: %s',
    (operation, httpStatus, code, verdict, name) => {
      expect(replyMeaning(operation, httpStatus, code)).toMatchObject({ verdict, name });
    },
  );

  it('has a row in the present table for everything that is documented there, and not a guess', () => {
    const rows: readonly ReplyMeaning[] = REPLY_MEANINGS;
    for (const [operation, httpStatus, code] of DOCUMENTED) {
      const found = rows.filter(
        (row) =>
          (row.operation === operation || row.operation === 'any') &&
          row.httpStatus === httpStatus &&
          row.code === code,
      );
      expect(found, `${operation} ${httpStatus} ${code ?? 'without code'}`).not.toHaveLength(0);
    }
  });

  it('has no row that this list does not walk', () => {
    const walked = [...DOCUMENTED, ...OLDER].flatMap(([operation, httpStatus, code]) => [
      `${operation} ${httpStatus} ${code}`,
      `any ${httpStatus} ${code}`,
    ]);
    const rows = ALL_REPLIES.map(({ operation, httpStatus, code }) => `${operation} ${httpStatus} ${code}`);
    const unwalked = rows.filter((row) => !walked.includes(row));
    expect(unwalked).toEqual([]);
  });

  it('is stated once', () => {
    const keys = ALL_REPLIES.map((row) => `${row.operation} ${row.httpStatus} ${row.code ?? ''}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('depends on the operation, where Agora reuses a code', () => {
    expect(replyMeaning('acquire', 500, 62).name).toBe('APP_ID_INVALID');
    expect(replyMeaning('start', 500, 62).name).toBe('START_IN_DOUBT');
    expect(replyMeaning('query', 504, 62).name).toBe('AGORA_UNAVAILABLE');
    expect(replyMeaning('acquire', 400, 401).name).toBe('CHANNEL_NAME_INVALID');
    expect(replyMeaning('acquire', 401, null).name).toBe('AGORA_CREDENTIALS_INVALID');
  });

  it('never leaves the caller without advice, except for a plain success', () => {
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
