/**
 * Ids by which clients and proxies follow a request: `x-request-id` and `traceparent`. They are headers, and over a WebSocket also
 * in `extensions` of an operation, under the same names.
 */
export interface ClientIds {
  requestId: string | null;
  /** The trace id of https://www.w3.org/TR/trace-context/. */
  traceId: string | null;
}

/** Anything else is not taken over: it goes to the log, the audit trail and the reply. */
const REQUEST_ID = /^[\w.:;=/+-]{1,100}$/;

const TRACEPARENT = /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-[\da-f]{2}(?:-|$)/;

export function idsOf(given: Readonly<Record<string, unknown>>): ClientIds {
  const { 'x-request-id': requestId, traceparent } = given;
  const isId = typeof requestId === 'string' && REQUEST_ID.test(requestId);
  const trace = typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent)?.[1] : undefined;
  return { requestId: isId ? requestId : null, traceId: trace ?? null };
}
