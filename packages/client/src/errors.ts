/** An error in a reply of the gateway, as GraphQL reports it. */
export interface GraphQLErrorReport {
  message: string;
  path?: readonly (string | number)[];
  extensions?: { code?: string; oldestCursor?: string | null; [name: string]: unknown };
}

/** The gateway answered with errors. A mutation that refuses does not throw: its result holds `userErrors`. */
export class GatewayError extends Error {
  override name = 'GatewayError';
  /** `extensions.code` of the first error; docs/errors.md lists them. */
  readonly code: string;
  readonly errors: readonly GraphQLErrorReport[];

  constructor(errors: readonly GraphQLErrorReport[]) {
    super(errors[0]?.message ?? 'The gateway answered without data.');
    this.code = errors[0]?.extensions?.code ?? 'UNKNOWN';
    this.errors = errors;
  }
}

/** The gateway could not be reached, or the connection broke. The same call may succeed later. */
export class ConnectionError extends Error {
  override name = 'ConnectionError';
  /** HTTP status, or close code of the WebSocket, where there was one. */
  readonly status: number | null;

  constructor(message: string, status: number | null, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/** Codes of errors that pass: the gateway or its store is busy or away. */
const PASSING = ['STORE_UNAVAILABLE', 'READ_TIMED_OUT', 'GATEWAY_BUSY'];

/**
 * Close codes for which another connection ends in the same way: of WebSocket itself for frames and messages that are malformed or
 * too large, and of the protocol for a client that does not follow it.
 */
const FINAL_CLOSES = [1002, 1003, 1007, 1009, 4004, 4005, 4400, 4401, 4406, 4409, 4429];

/** The close code with which the gateway refuses a connection's credentials. */
const FORBIDDEN_CLOSE = 4403;

/** Whether fresh credentials may help. */
export function needsNewToken(error: unknown): boolean {
  if (error instanceof ConnectionError) return error.status === 401 || error.status === FORBIDDEN_CLOSE;
  return error instanceof GatewayError && error.code === 'UNAUTHENTICATED';
}

/** Whether the same may succeed later without anything being changed. */
export function isPassing(error: unknown): boolean {
  if (error instanceof GatewayError) return PASSING.includes(error.code);
  if (!(error instanceof ConnectionError)) return false;
  const { status } = error;
  if (status === null || status >= 500) return status === null || !FINAL_CLOSES.includes(status);
  return status === 408 || status === 429;
}

/** Whether what followed a cursor is gone: read what there is, and continue from there. */
export function isCursorExpired(error: unknown): boolean {
  return error instanceof GatewayError && error.code === 'CURSOR_EXPIRED';
}
