import { type CallResult } from '../agora/client.js';
import { type Operation } from '../agora/tables/operations.js';
import { replyMeaning } from '../agora/tables/reply-meanings.js';

/**
 * Every user error: a stable code, whether the same call may succeed later, and what it means. Codes that come from a
 * reply of Agora are the names in agora/tables/reply-meanings.ts.
 */
export const USER_ERRORS = {
  INVALID_PARAMETER: {
    retryable: false,
    description: 'A parameter breaks a rule of Agora; `field` names it.',
  },
  APP_ID_UNKNOWN: { retryable: false, description: 'The gateway is not configured for this App ID.' },
  STORAGE_PROFILE_UNKNOWN: { retryable: false, description: 'No storage profile has this name.' },
  STORAGE_CREDENTIALS_UNAVAILABLE: {
    retryable: true,
    description:
      "The credentials of the storage profile cannot be read at the moment; the gateway's log says why.",
  },
  INLINE_STORAGE_FORBIDDEN: {
    retryable: false,
    description: 'The configuration does not allow requests to bring a storage with its keys.',
  },
  RECORDING_NOT_FOUND: {
    retryable: false,
    description: 'Neither the gateway nor Agora knows such a recording.',
  },
  RECORDING_ENDED: { retryable: false, description: 'The recording has ended; there is nothing left to do.' },
  RECORDING_NOT_CONTROLLABLE: {
    retryable: false,
    description: 'The recording was started elsewhere: adopt it to control it from here.',
  },
  START_IN_DOUBT: {
    retryable: true,
    description: 'It is not known yet whether Agora took the start. The recording settles by itself.',
  },
  START_FAILED: {
    retryable: false,
    description: 'The start with this key was never confirmed, and counts as failed.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    retryable: false,
    description: 'The idempotencyKey was used for a start with other input.',
  },
  RESOURCE_ALREADY_STARTED: {
    retryable: false,
    description: 'A recording was started with this resource before.',
  },
  TASK_CONFLICT: { retryable: false, description: 'A recording of this channel with this uid is running.' },
  STOP_IN_DOUBT: {
    retryable: true,
    description: 'It is not known yet whether Agora took the stop. The gateway goes on finding out.',
  },
  ALREADY_STOPPING: { retryable: false, description: 'The recording is ending already.' },
  UPSTREAM_BUSY: {
    retryable: true,
    description: "The gateway's budget of calls to Agora is used up for the moment.",
  },
  UPSTREAM_UNAVAILABLE: {
    retryable: true,
    description: 'Agora could not be reached, or did not answer in time.',
  },
  GATEWAY_STOPPING: {
    retryable: true,
    description: 'This gateway is shutting down and takes on nothing new.',
  },
  APP_ID_INVALID: { retryable: false, description: 'Agora refused the App ID.' },
  AGORA_CREDENTIALS_INVALID: { retryable: false, description: "Agora refused the gateway's credentials." },
  AGORA_ROUTE_NOT_FOUND: {
    retryable: false,
    description: 'Agora does not know the address that was called.',
  },
  AGORA_RATE_LIMITED: { retryable: true, description: 'Agora counts more calls than it allows.' },
  AGORA_PARAMETER_INVALID: {
    retryable: false,
    description: 'Agora refused a parameter; its reason names the field.',
  },
  AGORA_REQUEST_UNREADABLE: {
    retryable: false,
    description: 'Agora could not read the request: its headers, address, method or JSON.',
  },
  CHANNEL_NAME_INVALID: { retryable: false, description: 'Agora refused the name of the channel.' },
  AGORA_ACCOUNT_INACTIVE: { retryable: false, description: 'The Agora account is not active.' },
  TOO_MANY_RECORDINGS: {
    retryable: true,
    description: 'Too many recordings run at once for the Agora account.',
  },
  AGORA_UNAVAILABLE: { retryable: true, description: 'Agora answered that it cannot serve the call now.' },
  RESOURCE_INVALID: { retryable: false, description: 'Agora cannot read the resource id.' },
  RESOURCE_MISMATCH: { retryable: false, description: 'The resource was acquired for another recording.' },
  RESOURCE_EXPIRED: { retryable: true, description: 'The resource is older than five minutes.' },
  LAYOUT_INVALID: { retryable: false, description: 'Agora cannot read the layout.' },
  TOKEN_INVALID: { retryable: false, description: 'The token is wrong, or has expired.' },
  AGORA_REFUSED: { retryable: false, description: 'Agora refused the call; see its reason.' },
} as const;

export type UserErrorCode = keyof typeof USER_ERRORS;

/** What Agora said, for its support. */
export interface AgoraErrorDetails {
  httpStatus: number;
  code: number | null;
  reason: string | null;
  requestId: string | null;
}

export interface UserError {
  code: UserErrorCode;
  /** What happened and what to do next. */
  message: string;
  /** Path into the input, where one field is at fault. */
  field: string[] | null;
  retryable: boolean;
  /** The recording that stands in the way, where it is known. */
  recordingId: string | null;
  agora: AgoraErrorDetails | null;
}

export function userError(
  code: UserErrorCode,
  message: string,
  more: { field?: string[]; agora?: AgoraErrorDetails } = {},
): UserError {
  return {
    code,
    message,
    field: more.field ?? null,
    retryable: USER_ERRORS[code].retryable,
    recordingId: null,
    agora: more.agora ?? null,
  };
}

function isUserErrorCode(name: string): name is UserErrorCode {
  return name in USER_ERRORS;
}

/** The user error for a call that did not go well. */
export function callError(operation: Operation, result: CallResult): UserError {
  if (!result.answered) {
    return userError(
      'UPSTREAM_UNAVAILABLE',
      `Agora could not be asked (${operation}). ${result.message} Try again.`,
    );
  }
  const { httpStatus, requestId, reply } = result;
  const { name, advice } = replyMeaning(operation, httpStatus, reply.code);
  const agora = { httpStatus, code: reply.code, reason: reply.reason, requestId };
  const code = isUserErrorCode(name) ? name : 'AGORA_REFUSED';
  return userError(code, reply.reason === null ? advice : `${advice} Agora's reason: ${reply.reason}`, {
    agora,
  });
}

/** What a command answers: the recording as far as there is one, and everything that stood in the way. */
export interface CommandResult {
  recordingId: string | null;
  userErrors: UserError[];
}

export function failed(...userErrors: UserError[]): CommandResult {
  return { recordingId: null, userErrors };
}

/** For a command whose recordingId nobody knows. */
export const UNKNOWN_RECORDING: CommandResult = failed(
  userError('RECORDING_NOT_FOUND', 'The gateway knows no recording with this id.', {
    field: ['recordingId'],
  }),
);
