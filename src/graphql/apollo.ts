import { ApolloServer, type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { OperationTypeNode } from 'graphql';
import { badInput } from './errors.js';
import { type Execution } from './execution.js';
import { jsonStatusPlugin } from './json-status.js';
import { LIMIT_RULES, MAX_TOKENS } from './limits.js';
import { withoutValues } from './without-values.js';

/** Hands Apollo's operations to the one execute(). */
function executionPlugin(execution: Execution): ApolloServerPlugin {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation({ operation }) {
          if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) return Promise.resolve();
          throw badInput(
            'Subscriptions run over a WebSocket at this address, subprotocol graphql-transport-ws.',
          );
        },
        async responseForOperation({ document, operationName, request }) {
          const singleResult = await execution.execute({
            document,
            operationName,
            variables: request.variables,
          });
          // No status: Apollo then answers as GraphQL over HTTP says, by what is in the result.
          return {
            http: { status: undefined, headers: new HeaderMap() },
            body: { kind: 'single', singleResult },
          };
        },
      }),
  };
}

/** Apollo speaks GraphQL over HTTP; what it parses and validates runs where the WebSocket's operations run. */
export async function createApollo(execution: Execution): Promise<ApolloServer> {
  const apollo = new ApolloServer({
    schema: execution.schema,
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: MAX_TOKENS },
    validationRules: [...LIMIT_RULES],
    formatError: (formatted) => ({ ...formatted, message: withoutValues(formatted.message) }),
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
