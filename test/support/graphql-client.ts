import { createClient, type Client, type FormattedExecutionResult } from 'graphql-ws';
import { WebSocket } from 'ws';

export interface GraphQLReply<T> {
  data: T;
  errors?: { message: string; path?: unknown[]; extensions?: Record<string, unknown> }[];
}

/** Posts one operation, as a front end does. */
export async function post<T = Record<string, unknown>>(
  url: string,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<GraphQLReply<T>> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as GraphQLReply<T>;
}

/** The same, where errors fail the test. */
export async function request<T = Record<string, unknown>>(
  url: string,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<T> {
  const reply = await post<T>(url, query, variables);
  if (reply.errors !== undefined) throw new Error(JSON.stringify(reply.errors));
  return reply.data;
}

export interface LiveSubscription<T> {
  /** Everything that came so far. */
  messages: T[];
  /** Resolves when the server completes it; rejects when it ends with errors. */
  ended: Promise<void>;
  close(): Promise<void>;
}

/** Subscribes as a front end does, with the official client. */
export function subscribe<T>(
  url: string,
  query: string,
  variables: Record<string, unknown> = {},
): LiveSubscription<T> {
  const client: Client = createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
  const messages: T[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    client.subscribe(
      { query, variables },
      {
        next: (result: FormattedExecutionResult<Record<string, unknown>, unknown>) => {
          if (result.errors !== undefined) reject(new Error(JSON.stringify(result.errors)));
          else messages.push(result.data as T);
        },
        error: (error: unknown) => reject(error instanceof Error ? error : new Error(JSON.stringify(error))),
        complete: resolve,
      },
    );
  });
  ended.catch(() => undefined);
  return {
    messages,
    ended,
    close: async () => {
      await client.dispose();
    },
  };
}
