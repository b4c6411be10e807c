import {
  ApolloServer,
  type ApolloServerPlugin,
  type GraphQLRequest,
  type GraphQLRequestContext,
  HeaderMap,
} from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import {
  type DocumentNode,
  type FormattedExecutionResult,
  GraphQLError,
  OperationTypeNode,
  parse,
} from 'graphql';
import { type Requester } from '../auth/requester.js';
import { type Log } from '../telemetry/log.js';
import { badInput, INTERNAL_ERROR, retryAfterOf } from './errors.js';
import { type Execution, QUERIES, QUERIES_AND_MUTATIONS } from './execution.js';
import { jsonStatusPlugin } from './json-status.js';
import { type DocumentSource, hasId } from './trusted-documents.js';

/** Takes the place of a document that cannot run, or of one that is named by id. Nothing of it runs. */
const PLACEHOLDER = '{ __typename }';
const REFUSED: DocumentNode = parse(PLACEHOLDER);

/** What the transport hands over with each request. */
export interface ApolloContext {
  requester: Requester;
}

interface Answer {
  /** Without one Apollo answers as GraphQL over HTTP says, by what is in the result. */
  status?: number;
  headers?: [string, string][];
  result: FormattedExecutionResult;
}

function withoutData(result: FormattedExecutionResult): Answer {
  const retryAfter = retryAfterOf(result.errors);
  if (retryAfter !== null) return { status: 429, headers: [['retry-after', String(retryAfter)]], result };
  const isInternal = result.errors?.some(({ extensions }) => extensions?.code === 'INTERNAL_SERVER_ERROR');
  return { status: isInternal === true ? 500 : 400, result };
}

/** Apollo refuses a client that accepts no JSON, but only once the operation has run. */
function acceptsJson(accept = '*/*'): boolean {
  return /(^|,)\s*(\*\/\*|application\/(\*|json|graphql-response\+json))/i.test(accept);
}

/** What Apollo read of a request, and the id of a document, which it does not read. */
function sourceOf({ query = '', extensions, http }: GraphQLRequest): DocumentSource {
  const inAddress = new URLSearchParams(http?.search).get('documentId') ?? undefined;
  const { body } = http ?? {};
  const inBody =
    typeof body === 'object' && body !== null && 'documentId' in body ? body.documentId : undefined;
  return { query, documentId: http?.method === 'GET' ? inAddress : inBody, extensions };
}

/** Lets Apollo's requests be parsed, validated and run where the WebSocket's operations are. */
function executionPlugin(execution: Execution): ApolloServerPlugin<ApolloContext> {
  async function answer({
    request,
    document,
    contextValue: { requester },
  }: GraphQLRequestContext<ApolloContext> & { document: DocumentNode }): Promise<Answer> {
    const operation = {
      requester,
      document,
      operationName: request.operationName ?? null,
      variables: request.variables ?? null,
    };
    const chosen = execution.choose(operation);
    if (!('message' in chosen) && chosen.operation === OperationTypeNode.SUBSCRIPTION) {
      const error = badInput(
        'Subscriptions run over a WebSocket at this address, subprotocol graphql-transport-ws, or as server-sent events by ' +
          'POST to /graphql/stream.',
      );
      const errors = execution.refuse(requester, [error]);
      return { status: 405, headers: [['allow', 'GET, POST']], result: { errors } };
    }
    const carried = request.http?.method === 'GET' ? QUERIES : QUERIES_AND_MUTATIONS;
    const result = await execution.execute(operation, carried);
    return 'data' in result ? { result } : withoutData(result);
  }

  return {
    requestDidStart: ({ request }) => {
      let refused: Answer | undefined;
      const source = sourceOf(request);
      if (hasId(source)) {
        // Apollo would look for the id by itself.
        request.extensions = undefined;
        request.query = PLACEHOLDER;
      }
      return Promise.resolve({
        didResolveSource(context) {
          const { requester } = context.contextValue;
          const prepared = execution.prepare(source, requester);
          if (!acceptsJson(context.request.http?.headers.get('accept'))) refused = { result: {} };
          if ('errors' in prepared)
            refused = withoutData({ errors: execution.refuse(requester, prepared.errors) });
          // Apollo neither parses nor validates where there is a document.
          const document = 'document' in prepared ? prepared.document : REFUSED;
          (context as { document?: DocumentNode }).document = document;
          return Promise.resolve();
        },
        async responseForOperation(context) {
          const { status, headers, result } = refused ?? (await answer(context));
          return {
            http: { status, headers: new HeaderMap(headers) },
            body: { kind: 'single', singleResult: result },
          };
        },
      });
    },
  };
}

/** Apollo speaks GraphQL over HTTP; what it receives runs where the WebSocket's operations run. */
export async function createApollo(execution: Execution, log: Log): Promise<ApolloServer<ApolloContext>> {
  const apollo = new ApolloServer<ApolloContext>({
    schema: execution.schema,
    // Decided where documents are validated, for both transports.
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    documentStore: null,
    persistedQueries: false,
    // Errors of operations are formatted already. These are Apollo's own, about the request or about writing the reply.
    formatError(formatted, error) {
      const { code } = formatted.extensions ?? {};
      if (error instanceof GraphQLError && code !== 'INTERNAL_SERVER_ERROR') {
        return { message: formatted.message, extensions: { code } };
      }
      log.error({ error }, 'a GraphQL request failed');
      return INTERNAL_ERROR;
    },
    logger: {
      debug: (message) => log.debug({}, String(message)),
      info: (message) => log.info({}, String(message)),
      warn: (message) => log.warn({}, String(message)),
      error: (message) => log.error({}, String(message)),
    },
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      executionPlugin(execution),
      jsonStatusPlugin,
    ],
  });
  await apollo.start();
  return apollo;
}
