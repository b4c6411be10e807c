import { type ClientTrace } from '../telemetry/tracing.js';

/**
 * Ids by which clients and proxies follow a request: `x-request-id` and `traceparent`. They are headers, and over a WebSocket also
 * in `extensions` of an operation, under the same names.
 */
export interface ClientIds {
  requestId: string | null;
  trace: ClientTrace | null;
}

/** Anything else is not taken over: it goes to the log, the audit trail and the reply. */
const REQUEST_ID = /^[\w.:;=/+-]{1,100}$/;

/** The flag of https://www.w3.org/TR/trace-context/ that says that the client records the trace. */
const SAMPLED = 1;

const TRACEPARENT = /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-([\da-f]{2})(?:-|$)/;

function traceOf(traceparent: unknown): ClientTrace | null {
  const [, traceId, spanId, flags] = (typeof traceparent === 'string' && TRACEPARENT.exec(traceparent)) || [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return null;
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & SAMPLED) === SAMPLED };
}

export function idsOf(given: Readonly<Record<string, unknown>>): ClientIds {
  const { 'x-request-id': requestId, traceparent } = given;
  const isId = typeof requestId === 'string' && REQUEST_ID.test(requestId);
  return { requestId: isId ? requestId : null, trace: traceOf(traceparent) };
}
