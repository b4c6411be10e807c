import { type GraphiQL } from 'graphiql';
import {
  type ExecutionResult,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
} from 'graphql';
import { createClient, type SubscribePayload } from 'graphql-ws';
import { type ComponentProps } from 'react';
import { carryId } from './carried-id';

type Fetcher = ComponentProps<typeof GraphiQL>['fetcher'];

/** What is shown: an answer, those of a subscription, or why none came. */
type Shown =
  | ExecutionResult
  | {
      errors?: { message: string; locations?: readonly object[] | undefined }[];
      pushes?: readonly ExecutionResult[];
    };

/** Answers of a subscription that are shown; earlier ones leave. */
const MAX_SHOWN = 50;

/** Before a subscription is sent again that was cut. Milliseconds. */
const RECONNECT_DELAY_MS = 2_000;

const AWAY =
  'The gateway cannot be reached. Check that it runs, and that nothing between it and this page refuses.';

/** The operation that is meant: GraphiQL's own word for it lags behind when one goes to another tab and runs at once. */
function operationOf(query: string, name: string | null | undefined): OperationDefinitionNode | undefined {
  const operations = parse(query).definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  return operations.find((operation) => operation.name?.value === name) ?? operations[0];
}

/** GraphiQL would show the stack of an error, which says nothing here. */
function shownError(error: unknown): Shown {
  if (error instanceof GraphQLError)
    return { errors: [{ message: error.message, locations: error.locations }] };
  return { errors: [{ message: error instanceof TypeError ? AWAY : String(error) }] };
}

/** Why a subscription ended, as graphql-ws gives it; null for a cut, after which it is sent again. */
function finalError(reason: unknown): Shown | null {
  if (Array.isArray(reason)) return { errors: reason as { message: string }[] };
  // 44xx: the gateway refuses the connection or what was sent over it, and would again.
  if (reason instanceof CloseEvent && reason.code >= 4400 && reason.code < 4500)
    return { errors: [{ message: `The gateway closed the WebSocket: ${reason.code} ${reason.reason}` }] };
  return null;
}

/** A browser cannot set headers on a WebSocket, so they go into connection_init: there names are in lower case. */
function parametersOf(headers: HeaderFields): Record<string, unknown> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** Waits, or less if it is stopped. */
function pauseFor(ms: number, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    stopped.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Every answer, the latest first; the subscription is sent again after a cut. */
async function* follow(
  url: URL,
  request: SubscribePayload,
  headers: HeaderFields,
  stopped: AbortSignal,
): AsyncGenerator<Shown, void> {
  let pushes: ExecutionResult[] = [];
  while (!stopped.aborted) {
    const client = createClient({ url: url.href, connectionParams: parametersOf(headers), retryAttempts: 0 });
    const results = client.iterate(request);
    stopped.addEventListener('abort', () => void results.return?.());
    try {
      for await (const answer of results) {
        pushes = [answer as ExecutionResult, ...pushes].slice(0, MAX_SHOWN);
        yield { pushes };
      }
      return;
    } catch (reason) {
      const final = finalError(reason);
      yield final ?? { errors: [{ message: `${AWAY} It is tried again every 2 seconds.` }], pushes };
      if (final !== null) return;
    }
    await pauseFor(RECONNECT_DELAY_MS, stopped);
  }
}

/** Follows over a separate WebSocket, which is closed when the subscription ends or GraphiQL's stop button is pressed. */
function subscribe(
  url: URL,
  request: SubscribePayload,
  headers: HeaderFields,
): AsyncIterableIterator<Shown, void> {
  const stop = new AbortController();
  const results = follow(url, request, headers, stop.signal);
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () => results.next(),
    return() {
      stop.abort();
      return results.return();
    },
  };
}

type HeaderFields = Record<string, string>;

/**
 * The headers of a tab, or of the one that had some last: a credential that was put into one tab is sent from all. They are kept in
 * the memory of the page alone.
 */
function carryHeaders(): (given: HeaderFields | undefined) => HeaderFields {
  let last: HeaderFields = {};
  return (given = {}) => {
    if (Object.keys(given).length > 0) last = given;
    return last;
  };
}

/** Subscriptions go over the WebSocket, one for each, everything else by POST. Both go to `url`. */
export function createFetcher(url: URL): Fetcher {
  const socketUrl = new URL(url);
  socketUrl.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const carried = carryId();
  const headersOf = carryHeaders();

  async function post(request: object, headers: HeaderFields): Promise<Shown> {
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

  return async ({ query, variables, operationName: given }, { headers: own } = {}) => {
    try {
      const headers = headersOf(own);
      const operation = operationOf(query, given);
      const filled = carried.fill(variables as Record<string, unknown> | undefined);
      if (filled === null) return { errors: [{ message: carried.missing }] } as never;
      const request = { query, variables: filled, operationName: operation?.name?.value };
      if (operation?.operation === OperationTypeNode.SUBSCRIPTION)
        return subscribe(socketUrl, request, headers) as never;
      const answer = await post(request, headers);
      carried.learn(answer);
      return answer as never;
    } catch (error) {
      return shownError(error) as never;
    }
  };
}
