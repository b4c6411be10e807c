import { type Operation } from './operations.js';

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

/**
 * Replies that are not a plain success, keyed by operation, HTTP status and code, never by code alone: 62 and 501 mean
 * different things per operation, and 201 and 206 carry errors (agora-facts.md, section 3, "Current table").
 */
export const REPLY_MEANINGS = [
  {
    operation: 'any',
    httpStatus: 400,
    code: null,
    verdict: 'refused',
    name: 'APP_ID_INVALID',
    advice: 'Agora refused the App ID. Enable Cloud Recording for the project in the Agora console.',
  },
  {
    operation: 'any',
    httpStatus: 401,
    code: null,
    verdict: 'refused',
    name: 'AGORA_CREDENTIALS_INVALID',
    advice: "Agora refused the gateway's credentials. The operator has to check the customer ID and secret.",
  },
  {
    operation: 'any',
    httpStatus: 404,
    code: null,
    verdict: 'refused',
    name: 'AGORA_ROUTE_NOT_FOUND',
    advice: 'Agora does not know the address that was called. The operator has to check AGORA_API_URLS.',
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
    advice: 'Agora refused a parameter; its reason names the field.',
  },
  {
    operation: 'acquire',
    httpStatus: 400,
    code: 400,
    verdict: 'refused',
    name: 'APP_ID_INVALID',
    advice: 'Agora refused the App ID. Enable Cloud Recording for the project in the Agora console.',
  },
  {
    operation: 'acquire',
    httpStatus: 400,
    code: 401,
    verdict: 'refused',
    name: 'CHANNEL_NAME_INVALID',
    advice: 'Agora refused the name of the channel. Use fewer than 64 of the permitted characters.',
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
    operation: 'acquire',
    httpStatus: 500,
    code: 62,
    verdict: 'refused',
    name: 'APP_ID_INVALID',
    advice: 'Cloud Recording is not enabled for the App ID. Enable it in the Agora console.',
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
    advice: 'Agora refused a parameter; its reason names the field.',
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
    httpStatus: 400,
    code: 432,
    verdict: 'refused',
    name: 'RESOURCE_MISMATCH',
    advice:
      'App ID, channel or uid are not those the resource was acquired for. Use the same, or acquire again.',
  },
  {
    operation: 'start',
    httpStatus: 400,
    code: 433,
    verdict: 'refused',
    name: 'RESOURCE_EXPIRED',
    advice: 'The resource is older than five minutes. Acquire another, or start without resourceId.',
  },
  {
    operation: 'start',
    httpStatus: 400,
    code: 1001,
    verdict: 'refused',
    name: 'RESOURCE_MISMATCH',
    advice: 'Agora cannot read the resource id. Acquire another, or start without resourceId.',
  },
  {
    operation: 'start',
    httpStatus: 400,
    code: 109,
    verdict: 'refused',
    name: 'TOKEN_INVALID',
    advice: 'The token has expired. Make one that outlives the recording, at most 24 hours.',
  },
  {
    operation: 'start',
    httpStatus: 400,
    code: 110,
    verdict: 'refused',
    name: 'TOKEN_INVALID',
    advice: "The token is wrong. Make it for this App ID, this channel and the recording's own uid.",
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
    // No document says with which HTTP status code 50 comes; for a long upload quickstart.md speaks of 206.
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
    advice: 'The recording has stopped. Nobody sent a stream, so there are no files.',
  },
  {
    operation: 'stop',
    httpStatus: 206,
    code: null,
    verdict: 'done',
    name: 'UPLOAD_CONTINUES',
    advice: 'The recording has stopped; its files are still on their way.',
  },
  {
    operation: 'stop',
    httpStatus: 400,
    code: 49,
    verdict: 'already',
    name: 'ALREADY_STOPPING',
    advice: 'The recording is ending already.',
  },
  ...(['query', 'update', 'updateLayout', 'stop'] as const).flatMap((operation) => [
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
      advice: 'Agora refused a parameter; its reason names the field.',
    } as const,
    {
      operation,
      httpStatus: 404,
      code: 404,
      verdict: 'gone',
      name: 'RECORDING_NOT_FOUND',
      advice: 'Agora knows no running recording of this name: it has ended, or is moving to another server.',
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

function fallback(operation: Operation, httpStatus: number, code: number | null): ReplyMeaning {
  const row = { operation, httpStatus, code };
  if (httpStatus === 200) return { ...row, verdict: 'done', name: 'OK', advice: '' };
  if (httpStatus === 404 && operation !== 'acquire' && operation !== 'start') {
    return {
      ...row,
      verdict: 'gone',
      name: 'RECORDING_NOT_FOUND',
      advice: 'Agora knows no running recording of this name: it has ended, or is moving to another server.',
    };
  }
  if (httpStatus >= 400 && httpStatus < 500) {
    return {
      ...row,
      verdict: 'refused',
      name: 'AGORA_REFUSED',
      advice: 'Agora refused the call; see its reason.',
    };
  }
  return {
    ...row,
    // A failed acquire leaves nothing behind; anything else may have been carried out behind the error.
    verdict: operation === 'acquire' ? 'later' : 'in-doubt',
    name: operation === 'start' ? 'START_IN_DOUBT' : 'AGORA_UNAVAILABLE',
    advice:
      operation === 'start'
        ? 'Agora has not said whether the recording started. Watch the recording; it settles by itself.'
        : 'Agora failed to answer properly. Try again in a few seconds.',
  };
}

/** What a reply of Agora means for the call it answers. Every triple has an answer. */
export function replyMeaning(operation: Operation, httpStatus: number, code: number | null): ReplyMeaning {
  const rows: readonly ReplyMeaning[] = REPLY_MEANINGS;
  return (
    rows.find((row) => row.operation === operation && row.httpStatus === httpStatus && row.code === code) ??
    rows.find((row) => row.operation === 'any' && row.httpStatus === httpStatus && row.code === code) ??
    fallback(operation, httpStatus, code)
  );
}
