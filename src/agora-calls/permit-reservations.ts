/** All times are real Unix milliseconds by the clock of the store. */
export interface ReservedPermit {
  /** When the permit begins. */
  at: number;
  /** What the clock showed when it was reserved. */
  now: number;
  /** Until when all gateways run below full speed; null if they do not. */
  slowUntil: number | null;
}

/** The permits that all gateways on one store share. Implemented by the store. */
export interface PermitReservations {
  /** Reserves the next free permit that begins no earlier than `aheadMs` from now; the one after it is `intervalMs` later. */
  reserve(intervalMs: number, aheadMs: number): Promise<ReservedPermit>;
  /** No gateway's next permit begins before `pauseMs` have passed, and none runs at full speed before `slowMs` have. */
  pause(pauseMs: number, slowMs: number): Promise<void>;
}
