import { type ApolloServerPlugin } from '@apollo/server';

/** What is wrong with the request itself. */
const REQUEST_ERRORS = new Set<unknown>([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'PERSISTED_QUERY_NOT_FOUND',
  'DOCUMENT_NOT_TRUSTED',
]);

/**
 * GraphQL over HTTP: a client that accepts only application/json receives errors of the request with status 200, because
 * it may take any other status for a failure of the transport.
 */
export const jsonStatusPlugin: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse({ request, response }) {
        const accept = request.http?.headers.get('accept') ?? '';
        const onlyJson = /application\/json/.test(accept) && !/graphql-response\+json|\*\/\*/.test(accept);
        const { body, http } = response;
        const isRequestError =
          body.kind === 'single' &&
          body.singleResult.errors?.every(({ extensions }) => REQUEST_ERRORS.has(extensions?.code)) === true;
        if (onlyJson && isRequestError && http.status === 400) http.status = 200;
        return Promise.resolve();
      },
    }),
};
