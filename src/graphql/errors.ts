import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { CursorExpiredError, CursorInvalidError } from '../store/reads/cursor.js';
import { StoreSlowError, StoreUnavailableError } from '../store/errors.js';
import { type Log } from '../telemetry/log.js';
import { ReplyTooLargeError } from './limits/reply-budget.js';

/**
 * `extensions.code` of GraphQL errors, what each means and what to do. What Agora's rules or state forbid is no error but
 * data: userErrors.
 */
export const GRAPHQL_ERRORS = {
  GRAPHQL_PARSE_FAILED: { retryable: false, description: 'The document is not valid GraphQL. Correct it.' },
  GRAPHQL_VALIDATION_FAILED: {
    retryable: false,
    description:
      'The operation does not fit the schema, or asks for more than one operation may. Correct it.',
  },
  BAD_USER_INPUT: {
    retryable: false,
    description: 'A variable or argument is not what the schema or its description allows. Correct it.',
  },
  REPLY_TOO_LARGE: {
    retryable: false,
    description: 'The reply would be larger than 8 MiB. Ask for smaller pages, or for fewer fields.',
  },
  PERSISTED_QUERY_NOT_SUPPORTED: {
    retryable: false,
    description: 'The gateway keeps no queries by their hash. Send the query itself, as clients then do.',
  },
  RECORDING_NOT_FOUND: {
    retryable: false,
    description: 'There is no such recording to follow. Query `recordings` for those the gateway knows.',
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

export function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' satisfies GraphQLErrorCode } });
}

export function recordingNotFound(): GraphQLError {
  return new GraphQLError('There is no such recording. Query `recordings` for those the gateway knows.', {
    extensions: { code: 'RECORDING_NOT_FOUND' satisfies GraphQLErrorCode },
  });
}

const INTERNAL = 'Internal error; see the gateway log.';

/**
 * The one place where errors become what a client sees: errors of the request pass with their code, anything else is
 * logged and hidden.
 */
export function createErrorFormatter(log: Log): (error: unknown) => GraphQLFormattedError {
  return (error) => {
    const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
    const { locations, path } = error instanceof GraphQLError ? error : {};
    if (cause instanceof CursorInvalidError) {
      return { message: cause.message, locations, path, extensions: { code: 'BAD_USER_INPUT' } };
    }
    if (cause instanceof CursorExpiredError) {
      const { message, oldestCursor } = cause;
      const extensions = { code: 'CURSOR_EXPIRED', ...(oldestCursor === null ? {} : { oldestCursor }) };
      return { message, locations, path, extensions };
    }
    if (cause instanceof ReplyTooLargeError) {
      return { message: cause.message, path, extensions: { code: 'REPLY_TOO_LARGE' } };
    }
    // The store logs its outages and slow reads itself, once each.
    if (cause instanceof StoreUnavailableError) {
      return { message: cause.message, locations, path, extensions: { code: 'STORE_UNAVAILABLE' } };
    }
    if (cause instanceof StoreSlowError) {
      return { message: cause.message, locations, path, extensions: { code: 'READ_TIMED_OUT' } };
    }
    if (!(cause instanceof GraphQLError)) {
      log.error({ error: cause, path: path?.join('.') }, 'a GraphQL operation failed');
      return { message: INTERNAL, locations, path, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
    }
    // Others put stacks and more there in development; only the code goes out.
    const { code = 'BAD_USER_INPUT' } = cause.extensions;
    return { message: cause.message, locations, path, extensions: { code } };
  };
}
