import { createClient, type FormattedExecutionResult } from 'graphql-ws';
import { WebSocket } from 'ws';

export interface GraphQLRequest {
  query: string;
  operationName?: string;
  variables?: Record<string, unknown>;
  extensions?: Record<string, unknown>;
}

export interface GraphQLBody {
  data?: Record<string, unknown> | null;
  errors?: {
    message: string;
    locations?: unknown[];
    path?: unknown[];
    extensions?: Record<string, unknown>;
  }[];
}

/** Sends one operation, and returns its first result. */
export type Send = (request: GraphQLRequest) => Promise<GraphQLBody>;

export async function postRequest(
  url: string,
  request: GraphQLRequest,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; body: GraphQLBody }> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers },
    body: JSON.stringify(request),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as GraphQLBody };
}

export function overHttp(url: () => string): Send {
  return async (request) => (await postRequest(url(), request)).body;
}

/** Sends over a socket for each operation. The server closing the socket fails the test. */
export function overWebSocket(url: () => string): Send {
  return async ({ query, ...rest }) => {
    const client = createClient({
      url: `${url().replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
    });
    try {
      return await new Promise<GraphQLBody>((resolve, reject) => {
        client.subscribe(
          { query, ...rest },
          {
            next: (result: FormattedExecutionResult<Record<string, unknown>, unknown>) => {
              resolve(result as GraphQLBody);
            },
            error: (error: unknown) => {
              if (Array.isArray(error)) resolve({ errors: error as GraphQLBody['errors'] });
              else reject(error instanceof Error ? error : new Error(`closed: ${JSON.stringify(error)}`));
            },
            complete: () => reject(new Error('completed without a result')),
          },
        );
      });
    } finally {
      await client.dispose();
    }
  };
}
