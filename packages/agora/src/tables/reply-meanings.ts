import { CAUSES } from './causes.js';
import { LATER_OPERATIONS, OLDER_REPLIES } from './older-replies.js';
import { type Operation, OPERATION_NAMES } from './operations.js';

/**
 * What a reply says of the call:
 * - `done`: carried out.
 * - `already`: it had been carried out before (start with a used resource id; stop of a recording that is ending).
 * - `refused`: not carried out; the same call will be refused again.
 * - `later`: not carried out; the same call may succeed later.
 * - `in-doubt`: may have been carried out; the same call again, or another sign, settles it.
 * - `gone`: Agora knows no such running recording (ended, never started, or moving to another server).
 */
export type Verdict = 'done' | 'already' | 'refused' | 'later' | 'in-doubt' | 'gone';

export interface ReplyMeaning {
  operation: Operation | 'any';
  httpStatus: number;
  /** `code` of the body, or null where the body has none. */
  code: number | null;
  verdict: Verdict;
  /** A stable name; the code of the user error that it becomes. */
  name: string;
  /** What to do about it. */
  advice: string;
}

const NOT_FOUND_ADVICE =
  'Agora knows no running recording of this name: it has ended, or is moving to another server.';

/**
 * Replies that are not a plain success, keyed by operation, HTTP status and code, never by code alone: 62 and 501 mean
 * different things per operation, and 201 and 206 carry errors (docs/agora/errors.md, Current codes).
 */
export const REPLY_MEANINGS = [
  {
    operation: 'any',
    httpStatus: 400,
    code: null,
    verdict: 'refused',
    name: 'APP_ID_INVALID',
    advice: CAUSES.APP_ID_INVALID,
  },
  {
    operation: 'any',
    httpStatus: 401,
    code: null,
    verdict: 'refused',
    name: 'AGORA_CREDENTIALS_INVALID',
    advice: "Agora refused the gateway's credentials. The operator must check the customer ID and secret.",
  },
  {
    operation: 'any',
    httpStatus: 404,
    code: null,
    verdict: 'refused',
    name: 'AGORA_ROUTE_NOT_FOUND',
    advice: 'Agora does not know the address that was called. The operator must check AGORA_API_URLS.',
  },
  {
    operation: 'any',
    httpStatus: 429,
    code: null,
    verdict: 'later',
    name: 'AGORA_RATE_LIMITED',
    advice: 'Agora counts more calls than it allows. Try again in a few seconds.',
  },
  {
    operation: 'acquire',
    httpStatus: 400,
    code: 2,
    verdict: 'refused',
    name: 'AGORA_PARAMETER_INVALID',
    advice: 'Agora refused a parameter; see its reason.',
  },
  {
    operation: 'acquire',
    httpStatus: 400,
    code: 400,
    verdict: 'refused',
    name: 'APP_ID_INVALID',
    advice: CAUSES.APP_ID_INVALID,
  },
  {
    operation: 'acquire',
    httpStatus: 400,
    code: 401,
    verdict: 'refused',
    name: 'CHANNEL_NAME_INVALID',
    advice: CAUSES.CHANNEL_NAME_INVALID,
  },
  {
    operation: 'acquire',
    httpStatus: 400,
    code: 405,
    verdict: 'refused',
    name: 'AGORA_ACCOUNT_INACTIVE',
    advice: 'The Agora account is not active, for example because a payment is overdue.',
  },
  {
    operation: 'acquire',
    httpStatus: 400,
    code: 406,
    verdict: 'later',
    name: 'TOO_MANY_RECORDINGS',
    advice:
      'Too many recordings run at once. Stop recordings that are not needed, or ask Agora for a higher quota.',
  },
  {
    operation: 'acquire',
    httpStatus: 500,
    code: 500,
    verdict: 'later',
    name: 'AGORA_UNAVAILABLE',
    advice: 'Agora had an internal error. Try again in a few seconds.',
  },
  {
    operation: 'acquire',
    httpStatus: 500,
    code: 501,
    verdict: 'later',
    name: 'AGORA_UNAVAILABLE',
    advice: 'Agora has no worker free at the moment. Try again in a few seconds.',
  },
  {
    operation: 'acquire',
    httpStatus: 500,
    code: 504,
    verdict: 'later',
    name: 'AGORA_UNAVAILABLE',
    advice: 'Agora took too long to allocate a resource. Try again in a few seconds.',
  },
  {
    operation: 'start',
    httpStatus: 201,
    code: 7,
    verdict: 'already',
    name: 'RESOURCE_ALREADY_STARTED',
    advice: 'A recording was started with this resource before. Start without resourceId for a new one.',
  },
  {
    operation: 'start',
    httpStatus: 206,
    code: 65,
    verdict: 'in-doubt',
    name: 'START_IN_DOUBT',
    advice: 'Agora has not said whether the recording started. Watch the recording; it settles by itself.',
  },
  {
    operation: 'start',
    httpStatus: 400,
    code: 2,
    verdict: 'refused',
    name: 'AGORA_PARAMETER_INVALID',
    advice: 'Agora refused a parameter; see its reason.',
  },
  {
    operation: 'start',
    httpStatus: 400,
    code: 53,
    verdict: 'refused',
    name: 'TASK_CONFLICT',
    advice: 'A recording of this channel with this uid is running. Stop it first, or start with another uid.',
  },
  {
    operation: 'start',
    httpStatus: 500,
    code: 502,
    verdict: 'later',
    name: 'AGORA_UNAVAILABLE',
    advice: 'Agora could not allocate a worker. Start again in a few seconds.',
  },
  {
    operation: 'start',
    httpStatus: 500,
    code: 62,
    verdict: 'in-doubt',
    name: 'START_IN_DOUBT',
    advice: 'Agora has not said whether the recording started. Watch the recording; it settles by itself.',
  },
  {
    operation: 'stop',
    httpStatus: 200,
    code: 50,
    verdict: 'done',
    name: 'UPLOAD_CONTINUES',
    advice: 'The recording has stopped; its files are still on their way.',
  },
  {
    // The HTTP status of code 50 is not documented; one guide has 206 for a long upload (docs/agora/errors.md).
    operation: 'stop',
    httpStatus: 206,
    code: 50,
    verdict: 'done',
    name: 'UPLOAD_CONTINUES',
    advice: 'The recording has stopped; its files are still on their way.',
  },
  {
    operation: 'stop',
    httpStatus: 206,
    code: 435,
    verdict: 'done',
    name: 'NOTHING_RECORDED',
    advice: 'The recording has stopped. No user sent a stream, so nothing was recorded.',
  },
  {
    operation: 'stop',
    httpStatus: 400,
    code: 49,
    verdict: 'already',
    name: 'ALREADY_STOPPING',
    advice: 'The recording is ending already. Wait for its files.',
  },
  ...LATER_OPERATIONS.flatMap((operation) => [
    {
      operation,
      httpStatus: 206,
      code: 65,
      verdict: 'in-doubt',
      name: 'AGORA_UNAVAILABLE',
      advice: 'Agora did not complete the call. Try again in a few seconds.',
    } as const,
    {
      operation,
      httpStatus: 400,
      code: 2,
      verdict: 'refused',
      name: 'AGORA_PARAMETER_INVALID',
      advice: 'Agora refused a parameter; see its reason.',
    } as const,
    {
      operation,
      httpStatus: 404,
      code: 404,
      verdict: 'gone',
      name: 'RECORDING_NOT_FOUND',
      advice: NOT_FOUND_ADVICE,
    } as const,
    {
      operation,
      httpStatus: 504,
      code: 62,
      verdict: 'in-doubt',
      name: 'AGORA_UNAVAILABLE',
      advice: 'Agora did not answer in time. Try again in a few seconds.',
    } as const,
  ]),
] as const satisfies readonly ReplyMeaning[];

/** Every row there is: Agora's present table before its older list. */
export const ALL_REPLIES: readonly ReplyMeaning[] = [...REPLY_MEANINGS, ...OLDER_REPLIES];

interface OtherReplies extends Pick<ReplyMeaning, 'verdict' | 'name' | 'advice'> {
  operations: readonly Operation[];
  /** Which, in words. */
  replies: string;
  /** Whether a reply of this HTTP status, which no row names, is one of them. */
  includes: (httpStatus: number) => boolean;
}

/** What replies mean that no row names. The first that fits counts. */
export const OTHER_REPLIES: readonly OtherReplies[] = [
  {
    operations: OPERATION_NAMES,
    replies: 'any other 200',
    includes: (httpStatus) => httpStatus === 200,
    verdict: 'done',
    name: 'OK',
    advice: '',
  },
  {
    operations: LATER_OPERATIONS,
    replies: 'any other 404',
    includes: (httpStatus) => httpStatus === 404,
    verdict: 'gone',
    name: 'RECORDING_NOT_FOUND',
    advice: NOT_FOUND_ADVICE,
  },
  {
    operations: OPERATION_NAMES,
    replies: 'any other 4xx',
    includes: (httpStatus) => httpStatus >= 400 && httpStatus < 500,
    verdict: 'refused',
    name: 'AGORA_REFUSED',
    advice: 'Agora refused the call; see its reason.',
  },
  {
    // A failed acquire leaves nothing behind; what is about a recording may have been carried out behind the error.
    operations: ['acquire', 'ncsIp'],
    replies: 'anything else but 200',
    includes: () => true,
    verdict: 'later',
    name: 'AGORA_UNAVAILABLE',
    advice: 'Agora failed to answer properly. Try again in a few seconds.',
  },
  {
    operations: ['start'],
    replies: 'anything else but 200',
    includes: () => true,
    verdict: 'in-doubt',
    name: 'START_IN_DOUBT',
    advice: 'Agora has not said whether the recording started. Watch the recording; it settles by itself.',
  },
  {
    operations: LATER_OPERATIONS,
    replies: 'anything else but 200',
    includes: () => true,
    verdict: 'in-doubt',
    name: 'AGORA_UNAVAILABLE',
    advice: 'Agora failed to answer properly. Try again in a few seconds.',
  },
];

/** HTTP statuses that say all by themselves, whatever code stands in the body. */
const PLAIN_STATUSES: readonly number[] = [401, 429];

function hundred(httpStatus: number): number {
  return Math.floor(httpStatus / 100);
}

/** A row for the code under another 4xx or 5xx status. The 2xx are not grouped: 201 and 206 carry errors. */
function ofSameHundred(
  operation: Operation,
  httpStatus: number,
  code: number | null,
): ReplyMeaning | undefined {
  const isNotFound = httpStatus === 404 && LATER_OPERATIONS.some((name) => name === operation);
  if (code === null || httpStatus < 400 || isNotFound) return undefined;
  const rows = ALL_REPLIES.filter(
    (row) => row.code === code && hundred(row.httpStatus) === hundred(httpStatus),
  );
  return rows.find((row) => row.operation === operation) ?? rows.find((row) => row.operation === 'any');
}

function otherReply(operation: Operation, httpStatus: number, code: number | null): ReplyMeaning {
  const other = OTHER_REPLIES.find((row) => row.operations.includes(operation) && row.includes(httpStatus));
  if (other === undefined) throw new Error('The last rows of OTHER_REPLIES include everything.');
  const { verdict, name, advice } = other;
  return { operation, httpStatus, code, verdict, name, advice };
}

/** What a reply of Agora means for the call it answers. Every triple has an answer. */
export function replyMeaning(operation: Operation, httpStatus: number, code: number | null): ReplyMeaning {
  const rows = ALL_REPLIES.filter((row) => row.httpStatus === httpStatus);
  const plainCode = PLAIN_STATUSES.includes(httpStatus) ? null : code;
  return (
    rows.find((row) => row.operation === operation && row.code === code) ??
    rows.find((row) => row.operation === 'any' && row.code === plainCode) ??
    ofSameHundred(operation, httpStatus, code) ??
    otherReply(operation, httpStatus, code)
  );
}
