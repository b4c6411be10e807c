import { type Document, type GatewayClient } from './client.js';
import { resuming, type ResumeOptions } from './resume.js';

/** The cursor of the item that a subscription sent, if it selects one. */
function cursorOf(data: unknown): string | undefined {
  const [item] = Object.values(data as Record<string, { cursor?: unknown } | null>);
  return typeof item?.cursor === 'string' ? item.cursor : undefined;
}

/**
 * Runs a subscription across cuts. Where its field takes `after`, pass that as the variable `after` and select `cursor`: it then continues
 * after the last cursor. Throws what another try would not change, such as GatewayError with the code CURSOR_EXPIRED.
 */
export async function* follow<Data, Variables>(
  client: GatewayClient,
  document: Document<Data, Variables>,
  variables: Variables,
  options: ResumeOptions = {},
): AsyncGenerator<Data, void> {
  let current = variables;
  const attempt = async function* (signal: AbortSignal, works: () => void) {
    for await (const data of client.subscribe(document, current, signal, works)) {
      works();
      yield data;
      const cursor = cursorOf(data);
      if (cursor !== undefined) current = { ...current, after: cursor };
    }
  };
  yield* resuming(attempt, options);
}

/** What receives a subscription in a library that has observables. */
export interface Observer<Data> {
  next(result: { data: Data }): void;
  error(error: unknown): void;
  complete(): void;
}

/** The same for the links and exchanges of Apollo Client and urql. Returns what ends it. */
export function observe<Data, Variables>(
  client: GatewayClient,
  document: Document<Data, Variables>,
  variables: Variables,
  observer: Observer<Data>,
  options: Omit<ResumeOptions, 'signal'> = {},
): () => void {
  const closing = new AbortController();
  const { signal } = closing;
  const run = async () => {
    try {
      for await (const data of follow(client, document, variables, { ...options, signal })) {
        observer.next({ data });
      }
      if (!signal.aborted) observer.complete();
    } catch (error) {
      observer.error(error);
    }
  };
  void run();
  return () => closing.abort();
}
