import { type CallResult } from '@agora-recording-gateway/agora/client/client';
import { type Operation } from '@agora-recording-gateway/agora/tables/operations';
import { replyMeaning } from '@agora-recording-gateway/agora/tables/reply-meanings';

/**
 * Every user error: a stable code, whether the same call may succeed later, what it means and what to do. Codes that come
 * from a reply of Agora are the names in agora/tables/reply-meanings.ts.
 */
export const USER_ERRORS = {
  INVALID_PARAMETER: {
    retryable: false,
    description:
      'A parameter breaks a rule of Agora. Correct it: `field` names it, and the message says the rule.',
  },
  APP_ID_UNKNOWN: {
    retryable: false,
    description:
      'The gateway is not configured for this App ID. Leave appId out for the default, or have the operator add the project.',
  },
  STORAGE_PROFILE_UNKNOWN: {
    retryable: false,
    description: 'No storage profile has this name. Use one of those that the message names.',
  },
  STORAGE_CREDENTIALS_UNAVAILABLE: {
    retryable: true,
    description:
      "The credentials of the storage profile cannot be read at the moment. Try again; the gateway's log says why.",
  },
  INLINE_STORAGE_FORBIDDEN: {
    retryable: false,
    description:
      'The configuration does not allow requests to bring a storage with its keys. Name a storage profile.',
  },
  RECORDING_NOT_FOUND: {
    retryable: false,
    description:
      'Neither the gateway nor Agora finds such a recording. The message says why, as far as it is known; while the recording may be starting or moving, the same call may succeed later.',
  },
  RECORDING_ENDED: { retryable: false, description: 'The recording has ended; there is nothing left to do.' },
  RECORDING_NOT_CONTROLLABLE: {
    retryable: false,
    description: 'The recording was started elsewhere. Adopt it to control it from here.',
  },
  START_IN_DOUBT: {
    retryable: true,
    description:
      'It is not known yet whether Agora took the start. Watch the recording, which settles by itself; repeat the start only with the same idempotencyKey.',
  },
  START_FAILED: {
    retryable: false,
    description:
      'The start with this key was never confirmed, and counts as failed. Start again with a new key.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    retryable: false,
    description:
      'The idempotencyKey was used for a start with other input. Use a new key for a new recording.',
  },
  RESOURCE_ALREADY_STARTED: {
    retryable: false,
    description:
      'A recording was started with this resource before. Start without resourceId, or acquire another.',
  },
  TASK_CONFLICT: {
    retryable: false,
    description:
      'A recording of this channel with this uid is running; `recordingId` names it where it is known. Stop it first, or start with another uid.',
  },
  STOP_IN_DOUBT: {
    retryable: true,
    description:
      'It is not known yet whether Agora took the stop. The gateway goes on finding out; stop again if the recording still runs.',
  },
  ALREADY_STOPPING: { retryable: false, description: 'The recording is ending already. Wait for its files.' },
  UPSTREAM_BUSY: {
    retryable: true,
    description:
      "The gateway's budget of calls to Agora is used up for the moment. Try again in a few seconds.",
  },
  UPSTREAM_UNAVAILABLE: {
    retryable: true,
    description: 'Agora could not be reached, or did not answer in time. Try again.',
  },
  AGORA_REPLY_MISMATCH: {
    retryable: true,
    description:
      'A reply was about another recording than the one asked for, and was ignored. The operator must check what is between the gateway and Agora, such as a proxy or a mock.',
  },
  GATEWAY_STOPPING: {
    retryable: true,
    description:
      'This gateway is shutting down: it takes on nothing new, and sends no stop any more whose turn has not come. Try again: another one, or the next, will answer.',
  },
  APP_ID_INVALID: {
    retryable: false,
    description: 'Agora refused the App ID. Enable Cloud Recording for the project in the Agora console.',
  },
  AGORA_CREDENTIALS_INVALID: {
    retryable: false,
    description:
      "Agora refused the gateway's credentials. The operator has to check the customer ID and secret.",
  },
  AGORA_ROUTE_NOT_FOUND: {
    retryable: false,
    description: 'Agora does not know the address that was called. The operator has to check AGORA_API_URLS.',
  },
  AGORA_RATE_LIMITED: {
    retryable: true,
    description:
      'Agora counts more calls than it allows. Try again in a few seconds; the operator can ask Agora for more.',
  },
  AGORA_PARAMETER_INVALID: {
    retryable: false,
    description: 'Agora refused a parameter. Correct it: its reason names the field.',
  },
  AGORA_REQUEST_UNREADABLE: {
    retryable: false,
    description:
      'Agora could not read the request: its headers, address, method or JSON. The operator has to check what stands in between.',
  },
  CHANNEL_NAME_INVALID: {
    retryable: false,
    description: 'Agora refused the name of the channel. Use fewer than 64 of the permitted characters.',
  },
  AGORA_ACCOUNT_INACTIVE: {
    retryable: false,
    description: 'The Agora account is not active. The operator has to see whether a payment is overdue.',
  },
  TOO_MANY_RECORDINGS: {
    retryable: true,
    description:
      'Too many recordings run at once for the Agora account. Stop what is not needed, or ask Agora for a higher quota.',
  },
  AGORA_UNAVAILABLE: {
    retryable: true,
    description: 'Agora answered that it cannot serve the call now. Try again in a few seconds.',
  },
  RESOURCE_INVALID: {
    retryable: false,
    description: 'Agora cannot read the resource id. Acquire another, or start without resourceId.',
  },
  RESOURCE_MISMATCH: {
    retryable: false,
    description:
      'The resource was acquired for another App ID, channel, uid or recording. Use the same, or acquire again.',
  },
  RESOURCE_EXPIRED: {
    retryable: true,
    description: 'The resource is older than five minutes. Acquire another, or start without resourceId.',
  },
  LAYOUT_INVALID: {
    retryable: false,
    description:
      'Agora cannot read the layout. Check that every region lies within the canvas, and send it whole.',
  },
  TOKEN_INVALID: {
    retryable: false,
    description:
      "The token is wrong, or has expired. Make one for this App ID, this channel and the recording's own uid.",
  },
  AGORA_REFUSED: { retryable: false, description: 'Agora refused the call. See its reason.' },
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
  if (!result.answered && result.failure === 'misdirected') {
    return userError(
      'AGORA_REPLY_MISMATCH',
      `The reply to ${operation} was about another recording and was ignored. Check what is between the gateway and Agora.`,
    );
  }
  if (!result.answered) {
    return userError(
      'UPSTREAM_UNAVAILABLE',
      `Agora could not be asked (${operation}). ${result.message} Try again.`,
    );
  }
  const { httpStatus, requestId, reply } = result;
  // acquire's 200 without a resource id comes from something in between, not from Agora.
  const { name, advice } =
    operation === 'acquire' && httpStatus === 200
      ? {
          name: 'AGORA_UNAVAILABLE',
          advice: 'The answer to acquire names no resource. Try again in a few seconds.',
        }
      : replyMeaning(operation, httpStatus, reply.code);
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
