import { redactText } from '@agora-recording-gateway/agora/redaction/redact';
import { type Operation } from '@agora-recording-gateway/agora/tables/operations';

export type SandboxOperation = Operation;

/** Calls that are remembered; the oldest is dropped. */
export const MAX_CALLS = 10_000;

/** One call of the REST API, as received and answered. Times are real, Unix milliseconds. */
export interface Call {
  at: number;
  /** null for a path that Agora does not have. */
  operation: SandboxOperation | null;
  /** null while the call is in flight, and if a fault cut the connection. */
  httpStatus: number | null;
  requestId: string;
  cname: string | null;
  uid: string | null;
  sid: string | null;
  resourceId: string | null;
  /** Without the values of storage keys, token, secret and salt; a string if it is not JSON. */
  requestBody: unknown;
}

/** The body of a request for the list of calls, without its secrets. */
export function requestBodyForList(raw: string): unknown {
  if (raw === '') return null;
  const text = redactText(raw);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text; // Not JSON: show what was sent.
  }
}

/** Selects calls; an omitted property matches every call. */
export interface CallFilter {
  operation?: SandboxOperation;
  cname?: string;
  sid?: string;
  httpStatus?: number;
}

function matches(call: Call, { operation, cname, sid, httpStatus }: CallFilter): boolean {
  return (
    (operation === undefined || call.operation === operation) &&
    (cname === undefined || call.cname === cname) &&
    (sid === undefined || call.sid === sid) &&
    (httpStatus === undefined || call.httpStatus === httpStatus)
  );
}

/** The latest calls, their total, and the largest number in any sliding second of real time. */
export class Calls {
  #ring: Call[] = [];
  #next = 0;
  #total = 0;
  #peak = 0;
  #lastSecond: number[] = [];

  /** `now` is a monotonic real time in milliseconds. */
  add(call: Call, now: number): void {
    this.#ring[this.#next] = call;
    this.#next = (this.#next + 1) % MAX_CALLS;
    this.#total++;
    this.#lastSecond = this.#lastSecond.filter((earlier) => now - earlier < 1000);
    this.#lastSecond.push(now);
    this.#peak = Math.max(this.#peak, this.#lastSecond.length);
  }

  get total(): number {
    return this.#total;
  }

  get peakPerSecond(): number {
    return this.#peak;
  }

  /** The latest `limit` calls that match, oldest first. */
  latest(limit: number, filter: CallFilter = {}): Call[] {
    const inOrder = [...this.#ring.slice(this.#next), ...this.#ring.slice(0, this.#next)];
    return limit === 0 ? [] : inOrder.filter((call) => matches(call, filter)).slice(-limit);
  }

  clear(): void {
    this.#ring = [];
    this.#next = 0;
    this.#total = 0;
    this.#peak = 0;
    this.#lastSecond = [];
  }
}
