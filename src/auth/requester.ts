import { type RequestFields } from '../telemetry/request-fields.js';
import { type ClientTrace, currentTraceId } from '../telemetry/tracing.js';
import { type Caller } from './caller.js';

/** What is kept and logged of the name of a caller, which an identity provider chooses. In characters. */
const MAX_CALLER_LENGTH = 500;

/** How operations come: by HTTP, over a WebSocket, or by HTTP with server-sent events as the reply. */
export type Transport = 'http' | 'websocket' | 'sse';

/** Who sent one request, and how. */
export interface Requester {
  caller: Caller;
  /** The IP address of the client, or of the last proxy that is not trusted. */
  address: string;
  transport: Transport;
  /** Names the request in the log: the client's `x-request-id`, where it sent one. */
  requestId: string;
  /** The trace that the client continues here, by its `traceparent`; null if it sent none. */
  trace: ClientTrace | null;
}

/** The name under which a caller is kept and logged; null where callers are not authenticated. */
export function callerName({ caller }: Requester): string | null {
  return caller.name?.slice(0, MAX_CALLER_LENGTH) ?? null;
}

/** What the log says of a request, with the trace that it belongs to: the client's, or the one that begins here. */
export function loggedFields(requester: Requester): RequestFields {
  const { requestId, trace } = requester;
  const traceId = trace?.traceId ?? currentTraceId();
  const caller = callerName(requester);
  return { requestId, ...(traceId !== null && { traceId }), ...(caller !== null && { caller }) };
}
