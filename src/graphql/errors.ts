import { GraphQLError, type GraphQLErrorOptions, type GraphQLFormattedError, isValueNode } from 'graphql';
import { type CredentialError } from '../auth/credential-error.js';
import { LimitExceededError } from '../auth/limits/caller-limits.js';
import { CursorExpiredError, CursorInvalidError } from '../store/reads/cursor.js';
import { StoreSlowError, StoreUnavailableError } from '../store/errors.js';
import { type Log } from '../telemetry/log.js';
import { requestFields } from '../telemetry/request-fields.js';
import { type Limit, MAX_MESSAGE_CHARACTERS } from './limits/bounds.js';

/**
 * `extensions.code` of GraphQL errors, what each means and what to do. What Agora's rules or state forbid is not an error
 * but data: userErrors.
 */
export const GRAPHQL_ERRORS = {
  GRAPHQL_PARSE_FAILED: { retryable: false, description: 'The document is not valid GraphQL. Correct it.' },
  GRAPHQL_VALIDATION_FAILED: {
    retryable: false,
    description:
      'The operation does not match the schema, or asks for more than one operation may. Correct it.',
  },
  BAD_USER_INPUT: {
    retryable: false,
    description: 'A variable or argument is not what the schema or its description allows. Correct it.',
  },
  BAD_REQUEST: {
    retryable: false,
    description:
      'The request is not GraphQL over HTTP, a mutation sent by GET, or one from a page that may not use the gateway. Correct it.',
  },
  UNAUTHENTICATED: {
    retryable: false,
    description: 'The credential is missing, not valid, expired or revoked. Send a new one.',
  },
  AUTHENTICATION_UNAVAILABLE: {
    retryable: true,
    description: 'The keys that tokens are verified with cannot be fetched at the moment. Try again.',
  },
  FORBIDDEN: {
    retryable: false,
    description:
      'The credential does not permit this: its scope, channels, App IDs or storage profiles. Use one that does.',
  },
  REPLY_TOO_LARGE: {
    retryable: false,
    description:
      'The reply would be larger than 8 MiB, or its pages larger than 16 MiB in the store. Ask for smaller pages, or for fewer fields.',
  },
  GATEWAY_BUSY: {
    retryable: true,
    description:
      'As many operations run at the moment as the gateway permits, or they, or replies that clients have not read yet, take as much memory as it may use. Try again in a second.',
  },
  RATE_LIMITED: {
    retryable: true,
    description:
      'The caller uses as much as one caller may: operations or values in a minute, or subscriptions, WebSockets and streams at ' +
      'once. Try again after the seconds in `extensions.retryAfter`, by HTTP also in `Retry-After`.',
  },
  PERSISTED_QUERY_NOT_SUPPORTED: {
    retryable: false,
    description: 'The gateway has no list of documents by id. Send the query itself, as clients then do.',
  },
  PERSISTED_QUERY_NOT_FOUND: {
    retryable: false,
    description:
      'No document of `TRUSTED_DOCUMENTS` has this id. Send the query itself, as clients then do, or add the document to the list.',
  },
  DOCUMENT_NOT_TRUSTED: {
    retryable: false,
    description:
      'The gateway runs the documents of `TRUSTED_DOCUMENTS` only, and this is none of them. Send the id of one, or add the document to the list.',
  },
  RECORDING_NOT_FOUND: {
    retryable: false,
    description: 'No recording matches the request. Query `recordings` for those the gateway knows.',
  },
  CURSOR_EXPIRED: {
    retryable: false,
    description:
      'The cursor is older than what the gateway keeps, or from before a backup was restored. Read the current state and continue ' +
      'from there, or from `extensions.oldestCursor`.',
  },
  STORE_UNAVAILABLE: {
    retryable: true,
    description: "The gateway's store does not answer at the moment. Try again.",
  },
  READ_TIMED_OUT: {
    retryable: true,
    description:
      "The gateway's store took too long to read this. Ask for less (a narrower filter, a smaller page), or try again later.",
  },
  INTERNAL_SERVER_ERROR: {
    retryable: false,
    description: 'Internal error; see the gateway log.',
  },
} as const;

export type GraphQLErrorCode = keyof typeof GRAPHQL_ERRORS;

interface ErrorOptions extends Pick<GraphQLErrorOptions, 'nodes' | 'source' | 'positions' | 'path'> {
  /** The bound that was exceeded, for the metric. */
  limit?: Limit;
}

/** An error whose message is meant for the caller. Any other error leaves as an internal one. */
export class RequestError extends GraphQLError {
  readonly limit: Limit | null;

  constructor(code: GraphQLErrorCode, message: string, { limit, ...options }: ErrorOptions = {}) {
    super(message, { ...options, extensions: { code } });
    this.limit = limit ?? null;
  }
}

export function badInput(message: string): GraphQLError {
  return new RequestError('BAD_USER_INPUT', message);
}

export function badRequest(message: string): GraphQLError {
  return new RequestError('BAD_REQUEST', message);
}

/** What is asked for cannot be begun at the moment. */
export function requestBusy(message: string): GraphQLError {
  return new RequestError('GATEWAY_BUSY', message);
}

export function forbidden(message: string): GraphQLError {
  return new RequestError('FORBIDDEN', message);
}

export function unauthenticated({ reason, message }: CredentialError): GraphQLError {
  return new RequestError(
    reason === 'unavailable' ? 'AUTHENTICATION_UNAVAILABLE' : 'UNAUTHENTICATED',
    message,
  );
}

export function recordingNotFound(): GraphQLError {
  return new RequestError(
    'RECORDING_NOT_FOUND',
    'No recording matches the request. Query `recordings` for those the gateway knows.',
  );
}

/** The seconds after which what a limit refused may be tried again; null if no limit did. */
export function retryAfterOf(errors: readonly GraphQLFormattedError[] | undefined): number | null {
  const limited = errors?.find(({ extensions }) => extensions?.code === 'RATE_LIMITED');
  return limited === undefined ? null : Number(limited.extensions?.retryAfter);
}

interface Described {
  message: string;
  extensions: { code: GraphQLErrorCode; [name: string]: unknown };
}

/** What the caller may know of an error; null if it is internal. */
function describe(cause: unknown): Described | null {
  const as = (code: GraphQLErrorCode, { message }: Error, more: object = {}): Described => ({
    message,
    extensions: { code, ...more },
  });
  if (cause instanceof RequestError) return as(cause.extensions.code as GraphQLErrorCode, cause);
  if (cause instanceof CursorInvalidError) return as('BAD_USER_INPUT', cause);
  if (cause instanceof CursorExpiredError) {
    const { oldestCursor } = cause;
    return as('CURSOR_EXPIRED', cause, oldestCursor === null ? {} : { oldestCursor });
  }
  if (cause instanceof LimitExceededError) return as('RATE_LIMITED', cause, { retryAfter: cause.retryAfter });
  // The store logs its outages and slow reads itself, once each.
  if (cause instanceof StoreUnavailableError) return as('STORE_UNAVAILABLE', cause);
  if (cause instanceof StoreSlowError) return as('READ_TIMED_OUT', cause);
  const [node] = cause instanceof GraphQLError ? (cause.nodes ?? []) : [];
  if (node === undefined || !isValueNode(node)) return null;
  // An argument, which graphql's message quotes with all that is in it.
  return {
    message:
      'An argument has an invalid value: a variable in it is missing, or null where null is not allowed.',
    extensions: { code: 'BAD_USER_INPUT' },
  };
}

/** The code with which an error reaches the caller. */
export function codeOf(error: unknown): GraphQLErrorCode {
  return (describe(error) ?? INTERNAL_ERROR).extensions.code;
}

/** A message may repeat a name of the document, of any length. */
function bounded(message: string): string {
  return message.length <= MAX_MESSAGE_CHARACTERS ? message : `${message.slice(0, MAX_MESSAGE_CHARACTERS)}…`;
}

export const INTERNAL_ERROR: Described = {
  message: 'Internal error; see the gateway log.',
  extensions: { code: 'INTERNAL_SERVER_ERROR' },
};

/**
 * The one place where errors become what a client sees: errors of the request leave with their code, any other is logged
 * and hidden. `onLimit` gets each exceeded bound.
 */
export function createErrorFormatter(
  log: Log,
  onLimit: (limit: Limit) => void,
): (error: unknown) => GraphQLFormattedError {
  return (error) => {
    const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
    if (cause instanceof RequestError && cause.limit !== null) onLimit(cause.limit);
    const { locations, path } = error instanceof GraphQLError ? error : {};
    const described = describe(cause);
    if (described === null) {
      log.error({ ...requestFields(), error: cause, path: path?.join('.') }, 'a GraphQL operation failed');
    }
    const { message, extensions } = described ?? INTERNAL_ERROR;
    return { message: bounded(message), locations, path, extensions };
  };
}
