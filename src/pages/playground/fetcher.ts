import { type GraphiQL } from 'graphiql';
import { type ExecutionResult, Kind, type OperationDefinitionNode, OperationTypeNode, parse } from 'graphql';
import { createClient, type SubscribePayload } from 'graphql-ws';
import { type ComponentProps } from 'react';

type Fetcher = ComponentProps<typeof GraphiQL>['fetcher'];

/** The operation that is meant: GraphiQL's own word for it lags behind when one goes to another tab and runs at once. */
function operationOf(query: string, name: string | null | undefined): OperationDefinitionNode | undefined {
  const operations = parse(query).definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  return operations.find((operation) => operation.name?.value === name) ?? operations[0];
}

function asError(reason: unknown): unknown {
  if (!(reason instanceof CloseEvent)) return reason;
  return new Error(`The WebSocket was closed: ${reason.code} ${reason.reason}`.trim());
}

/** Opens a separate WebSocket, which is closed when the subscription ends or GraphiQL's stop button is pressed. */
function subscribe(
  url: URL,
  request: SubscribePayload,
  headers: Record<string, unknown> | undefined,
): AsyncIterableIterator<ExecutionResult> {
  // A browser cannot set headers on a WebSocket, so they go into connection_init.
  const results = createClient({ url: url.href, connectionParams: headers }).iterate(
    request,
  ) as AsyncIterableIterator<ExecutionResult>;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () =>
      results.next().catch((reason: unknown) => {
        throw asError(reason);
      }),
    return: () => results.return?.() ?? Promise.resolve({ done: true, value: undefined }),
  };
}

/** Subscriptions go over the WebSocket, one for each, everything else by POST. Both go to `url`. */
export function createFetcher(url: URL): Fetcher {
  const socketUrl = new URL(url);
  socketUrl.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return async ({ query, variables, operationName: given }, { headers } = {}) => {
    const operation = operationOf(query, given);
    const request = {
      query,
      variables: variables as Record<string, unknown> | undefined,
      operationName: operation?.name?.value,
    };
    if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          ...headers,
          accept: 'application/graphql-response+json, application/json;q=0.9',
          'content-type': 'application/json',
        },
        body: JSON.stringify(request),
      });
      return (await response.json()) as ExecutionResult;
    }
    return subscribe(socketUrl, request, headers);
  };
}
