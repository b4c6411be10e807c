import { AsyncLocalStorage } from 'node:async_hooks';

/** What lines of the log say of the request that they belong to. */
export interface RequestFields {
  requestId: string;
  /** The trace of the client, by its `traceparent`. */
  traceId?: string;
  /** The name of the caller, where callers are authenticated. */
  caller?: string;
}

const requests = new AsyncLocalStorage<RequestFields>();

/** Runs what a request asks for; `requestFields` returns its fields there, and in what that has begun. */
export function asRequest<Result>(fields: RequestFields, run: () => Result): Result {
  return requests.run(fields, run);
}

/** The fields of the request for which this runs; none in work of the gateway's own. */
export function requestFields(): Partial<RequestFields> {
  return requests.getStore() ?? {};
}
