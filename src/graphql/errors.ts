import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { CursorExpiredError, CursorInvalidError } from '../store/cursor.js';
import { StoreUnavailableError } from '../store/errors.js';
import { type Log } from '../telemetry/log.js';
import { withoutValues } from './without-values.js';

/** `extensions.code` of GraphQL errors. What Agora's rules or state forbid is no error but data: userErrors. */
export type GraphQLErrorCode =
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'BAD_USER_INPUT'
  | 'RECORDING_NOT_FOUND'
  | 'CURSOR_EXPIRED'
  | 'STORE_UNAVAILABLE'
  | 'INTERNAL_SERVER_ERROR';

export function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' satisfies GraphQLErrorCode } });
}

export function recordingNotFound(): GraphQLError {
  return new GraphQLError('There is no such recording. Query `recordings` for those the gateway knows.', {
    extensions: { code: 'RECORDING_NOT_FOUND' satisfies GraphQLErrorCode },
  });
}

const INTERNAL = 'Something went wrong in the gateway. Its log says what.';

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
    // The store logs its outages itself, once each.
    if (cause instanceof StoreUnavailableError) {
      return { message: cause.message, locations, path, extensions: { code: 'STORE_UNAVAILABLE' } };
    }
    if (!(cause instanceof GraphQLError)) {
      log.error({ error: cause, path: path?.join('.') }, 'a GraphQL operation failed');
      return { message: INTERNAL, locations, path, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
    }
    // Others put stacks and more there in development; only the code goes out.
    const { code = 'BAD_USER_INPUT' } = cause.extensions;
    return { message: withoutValues(cause.message), locations, path, extensions: { code } };
  };
}
