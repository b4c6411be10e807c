import { type CallResult } from '@agora-recording-gateway/agora/client/client';
import { type Reply } from '@agora-recording-gateway/agora/client/reply';
import { type Operation } from '@agora-recording-gateway/agora/tables/operations';
import { parameterReason } from '@agora-recording-gateway/agora/tables/parameter-reasons';
import { replyMeaning } from '@agora-recording-gateway/agora/tables/reply-meanings';
import { type InputWarning } from './input-warnings.js';

/**
 * Every user error: a stable code, whether the same call may succeed later, what it means and what to do. Codes for replies
 * of Agora are the names in packages/agora/src/tables/reply-meanings.ts.
 */
export const USER_ERRORS = {
  INVALID_PARAMETER: {
    retryable: false,
    description:
      'A parameter breaks a rule of Agora. Correct it: `field` names it, and the message states the rule.',
  },
  APP_ID_UNKNOWN: {
    retryable: false,
    description:
      'The gateway is not configured for this App ID. Omit appId for the default, or ask the operator to add the project.',
  },
  STORAGE_PROFILE_UNKNOWN: {
    retryable: false,
    description: 'No storage profile has this name. Use one of those in the message.',
  },
  STORAGE_CREDENTIALS_UNAVAILABLE: {
    retryable: true,
    description:
      "The credentials of the storage profile cannot be read. Retry; the gateway's log has the cause.",
  },
  INLINE_STORAGE_FORBIDDEN: {
    retryable: false,
    description: 'Inline storage credentials are disabled. Use a storage profile.',
  },
  RECORDING_NOT_FOUND: {
    retryable: false,
    description:
      'Neither the gateway nor Agora finds the recording. The message has the likely cause; while the recording may be starting or moving to another server, the same call may succeed later.',
  },
  RECORDING_ENDED: { retryable: false, description: 'The recording has ended; there is nothing left to do.' },
  RECORDING_NOT_ENDED: {
    retryable: true,
    description:
      'The recording has not ended, or the gateway still expects something of it. Stop it, or wait until its nextObservationAt ' +
      'is null.',
  },
  RECORDING_NOT_CONTROLLABLE: {
    retryable: false,
    description: 'The recording was started elsewhere. Adopt it to control it from here.',
  },
  START_IN_DOUBT: {
    retryable: true,
    description:
      'Agora did not confirm the start. Follow the recording; its state will resolve automatically. Repeat the start only with the same idempotencyKey.',
  },
  START_FAILED: {
    retryable: false,
    description:
      'The start with this key was never confirmed and is considered failed. Start again with a new key.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    retryable: false,
    description:
      'The idempotencyKey was used for a start with other input. Use a new key for a new recording.',
  },
  RESOURCE_ALREADY_STARTED: {
    retryable: false,
    description:
      'A recording was already started with this resource. Start without resourceId, or acquire another.',
  },
  TASK_CONFLICT: {
    retryable: false,
    description:
      'A recording of this channel with this uid is running; `recordingId` names it where it is known. Stop it first, or start with another uid.',
  },
  STOP_IN_DOUBT: {
    retryable: true,
    description:
      'Agora did not confirm the stop. The gateway keeps checking; call stopRecording again if the recording is still running.',
  },
  ALREADY_STOPPING: {
    retryable: false,
    description: 'The recording is already being stopped. Wait for its files.',
  },
  UPSTREAM_BUSY: {
    retryable: true,
    description: 'The call budget of the gateway is used up. Nothing was sent. Retry in a few seconds.',
  },
  RECORDING_BUSY: {
    retryable: true,
    description:
      'Other calls for this recording are queued or in progress, perhaps on another gateway. Nothing was sent. Retry in a ' +
      'few seconds.',
  },
  UPSTREAM_UNAVAILABLE: {
    retryable: true,
    description: 'Agora could not be reached, or did not answer in time. Retry.',
  },
  STORE_UNAVAILABLE: {
    retryable: true,
    description:
      "The gateway's store is unavailable, so the gateway can neither read nor change recordings. Retry later, a start " +
      'only with the same idempotencyKey.',
  },
  AGORA_REPLY_MISMATCH: {
    retryable: true,
    description:
      'A reply was about another recording than the one asked for, and was ignored. The operator must check what is between the gateway and Agora, such as a proxy or a mock.',
  },
  GATEWAY_STOPPING: {
    retryable: true,
    description:
      'This gateway is shutting down: it accepts no new requests and does not send queued stops. Retry; another instance ' +
      'will serve it.',
  },
  APP_ID_INVALID: {
    retryable: false,
    description: 'Agora refused the App ID. Enable Cloud Recording for the project in the Agora console.',
  },
  AGORA_CREDENTIALS_INVALID: {
    retryable: false,
    description:
      "Agora refused the gateway's credentials. The operator must check the customer ID and secret.",
  },
  AGORA_ROUTE_NOT_FOUND: {
    retryable: false,
    description: 'Agora does not know the address that was called. The operator must check AGORA_API_URLS.',
  },
  AGORA_RATE_LIMITED: {
    retryable: true,
    description:
      'Agora rate limit exceeded. Retry in a few seconds; the operator can ask Agora for a higher limit.',
  },
  AGORA_PARAMETER_INVALID: {
    retryable: false,
    description:
      'Agora refused a parameter. The message explains the reason as far as it is known; not every reason names the field.',
  },
  AGORA_REQUEST_UNREADABLE: {
    retryable: false,
    description:
      'Agora could not read the request: its headers, address, method or JSON. The operator must check proxies between the gateway and Agora.',
  },
  CHANNEL_NAME_INVALID: {
    retryable: false,
    description: 'Agora refused the name of the channel. Use fewer than 64 of the permitted characters.',
  },
  AGORA_ACCOUNT_INACTIVE: {
    retryable: false,
    description: 'The Agora account is not active. The operator must check whether a payment is overdue.',
  },
  TOO_MANY_RECORDINGS: {
    retryable: true,
    description:
      'Too many recordings of the Agora account run at the same time. Stop some, or ask Agora for a higher quota.',
  },
  AGORA_UNAVAILABLE: {
    retryable: true,
    description: 'Agora cannot serve the call now. Retry in a few seconds.',
  },
  RESOURCE_INVALID: {
    retryable: false,
    description: 'Agora cannot read the resource id. Acquire another, or start without resourceId.',
  },
  RESOURCE_MISMATCH: {
    retryable: false,
    description:
      'The resource was acquired for another App ID, channel, uid, recording or config. Use the same values, or acquire again.',
  },
  RESOURCE_EXPIRED: {
    retryable: true,
    description: 'The resource is older than five minutes. Acquire another, or start without resourceId.',
  },
  LAYOUT_INVALID: {
    retryable: false,
    description:
      'Agora cannot read the layout. Check that every region lies within the canvas, and send the whole layout.',
  },
  TOKEN_INVALID: {
    retryable: false,
    description:
      "The token is invalid or has expired. Create one for this App ID, this channel and the recording's own uid.",
  },
  AGORA_REFUSED: { retryable: false, description: 'Agora refused the call. See its reason in the message.' },
} as const;

export type UserErrorCode = keyof typeof USER_ERRORS;

/** Agora's reply, for its support. */
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
  /** The recording that causes the error, if it is known. */
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

/** What a reply means; of a refused parameter by Agora's reason, where it is a known one. */
function explainedMeaning(operation: Operation, httpStatus: number, { code, reason }: Reply) {
  const meaning = replyMeaning(operation, httpStatus, code);
  if (meaning.name !== 'AGORA_PARAMETER_INVALID') return meaning;
  return parameterReason(reason) ?? meaning;
}

/** The user error for a call that did not succeed. */
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
      `The ${operation} call to Agora failed. ${result.message} Retry.`,
    );
  }
  const { httpStatus, requestId, reply } = result;
  // A 200 to acquire without a resource id comes from a proxy, not from Agora.
  const { name, advice } =
    operation === 'acquire' && httpStatus === 200
      ? {
          name: 'AGORA_UNAVAILABLE',
          advice: 'The reply to acquire names no resource. Retry in a few seconds.',
        }
      : explainedMeaning(operation, httpStatus, reply);
  const agora = { httpStatus, code: reply.code, reason: reply.reason, requestId };
  const code = isUserErrorCode(name) ? name : 'AGORA_REFUSED';
  return userError(code, reply.reason === null ? advice : `${advice} Agora's reason: ${reply.reason}`, {
    agora,
  });
}

/** The result of a command: the recording, if there is one, and everything that went wrong. */
export interface CommandResult {
  recordingId: string | null;
  userErrors: UserError[];
  /** For values of the input that have no effect; absent if there are none. */
  warnings?: InputWarning[];
}

export function failed(...userErrors: UserError[]): CommandResult {
  return { recordingId: null, userErrors };
}

/** For a command with an unknown recordingId. */
export const UNKNOWN_RECORDING: CommandResult = failed(
  userError('RECORDING_NOT_FOUND', 'No recording has this id.', {
    field: ['recordingId'],
  }),
);
