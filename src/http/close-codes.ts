import { REFUSALS } from '../auth/credential-error.js';

/** Codes with which the gateway closes a WebSocket, each with its reason: our own words, at most 123 bytes. */
export const CLOSES = {
  goingAway: { code: 1001, reason: 'The gateway shuts down. Connect again.' },
  tooSlow: {
    code: 1013,
    reason: 'Too much waits to be read. Read faster, and continue after the last cursor.',
  },
  memory: {
    code: 1013,
    reason: 'The gateway needs the memory of what waits to be read. Connect again later.',
  },
  tooMany: {
    code: 1013,
    reason: 'The caller has as many WebSockets and streams open as one may. Connect again later.',
  },
  malformed: { code: 4400, reason: 'The message does not follow graphql-transport-ws.' },
  unauthorized: { code: 4401, reason: 'Send connection_init and wait for connection_ack first.' },
  missing: { code: 4403, reason: REFUSALS.missing },
  invalid: { code: 4403, reason: REFUSALS.invalid },
  expired: { code: 4403, reason: REFUSALS.expired },
  revoked: { code: 4403, reason: REFUSALS.revoked },
  unavailable: { code: 1013, reason: REFUSALS.unavailable },
  initTimeout: { code: 4408, reason: 'connection_init did not arrive in time.' },
  duplicateId: { code: 4409, reason: 'An operation with this id is running.' },
  secondInit: { code: 4429, reason: 'connection_init was sent before.' },
  internal: { code: 4500, reason: 'Internal error; see the gateway log.' },
} as const;

export interface Close {
  code: number;
  reason: string;
}

const BY_CODE = new Map<number, Close>(Object.values(CLOSES).map((close) => [close.code, close]));

/** The close of a protocol violation that graphql-ws found. Its own texts repeat what the client sent. */
export function closeOf(code = CLOSES.internal.code as number): Close {
  return BY_CODE.get(code) ?? CLOSES.internal;
}
