import { logUnlessOutage } from '../store/log-unless-outage.js';
import { type Log } from '../telemetry/log.js';
import { createDistantClock } from './distant-clock.js';
import { type PermitReservations } from './permit-reservations.js';

/**
 * This gateway's next permit among those that all gateways on one store share. It reserves one at a time, and only while
 * a call waits, so that no permit is kept from others.
 */

/**
 * How long after its time a permit may still be used. Eleven permits at nine a second span 1,120 ms, so calls may stray by
 * 120 ms before the eleventh comes within a second of the first. Half of that is for sending a call, half for the network.
 */
export const PERMIT_VALID_MS = 60;

/** Delay before the store is asked again after it failed to reserve a permit. */
const RETRY_DELAY_MS = 250;

/** Permits are reserved no further ahead than this; it is also the age at which an unanswered request counts as a failure. */
const MAX_AHEAD_MS = 1_000;

/** Decay of the latency estimate per reply. */
const LATENCY_DECAY = 0.9;

export interface RemotePermits {
  /** Uses the permit whose time has come, and returns until when it is valid. Null if there is none; one is then requested. */
  use(intervalMs: number): number | null;
  /** Pauses the calls of all gateways, and keeps them below full speed for `slowMs`. */
  pause(pauseMs: number, slowMs: number): void;
  /** Whether the store fails to reserve permits, so that calls wait for the store and not for the budget. */
  isBlocked(): boolean;
  close(): void;
}

export interface RemotePermitsParts {
  reservations: PermitReservations;
  /** Real milliseconds; all times are by this clock. */
  monotonic: () => number;
  log: Log;
  /** A permit may be used now. */
  onPermit: () => void;
  /** Another gateway was rate-limited: no gateway runs at full speed before this time. */
  onSlow: (until: number) => void;
}

export function createRemotePermits(parts: RemotePermitsParts): RemotePermits {
  const { reservations, monotonic, log, onPermit, onSlow } = parts;
  const storeClock = createDistantClock();
  let permit: { from: number; until: number } | null = null;
  let requestedAt: number | null = null;
  let hasFailed = false;
  let closed = false;
  let timer: NodeJS.Timeout | null = null;
  /** Estimate of how long replies take at worst. */
  let latency = 0;

  function wake(delay: number): void {
    if (timer !== null) clearTimeout(timer);
    timer = closed ? null : setTimeout(onPermit, Math.max(0, Math.ceil(delay)));
  }

  async function request(intervalMs: number): Promise<void> {
    const askedAt = monotonic();
    requestedAt = askedAt;
    // A permit that began before its reply arrived could not be used.
    const aheadMs = Math.min(MAX_AHEAD_MS, Math.max(0, latency - PERMIT_VALID_MS / 2));
    try {
      const { at, now, slowUntil } = await reservations.reserve(intervalMs, aheadMs);
      const answeredAt = monotonic();
      latency = Math.max(answeredAt - askedAt, latency * LATENCY_DECAY);
      storeClock.read(now, askedAt, answeredAt);
      if (slowUntil !== null) onSlow(storeClock.toOurs(slowUntil));
      const from = storeClock.toOurs(at);
      permit = { from, until: from + PERMIT_VALID_MS };
      hasFailed = false;
      wake(from - answeredAt);
    } catch (error) {
      logUnlessOutage(log, error, 'could not reserve a permit');
      hasFailed = true;
      wake(RETRY_DELAY_MS);
    } finally {
      requestedAt = null;
    }
  }

  return {
    use(intervalMs) {
      const now = monotonic();
      if (permit !== null && now > permit.until) permit = null;
      if (permit !== null) {
        const { from, until } = permit;
        if (now < from) {
          wake(from - now);
          return null;
        }
        permit = null;
        return until;
      }
      if (requestedAt === null && !closed) void request(intervalMs);
      return null;
    },
    pause(pauseMs, slowMs) {
      reservations
        .pause(pauseMs, slowMs)
        .catch((error: unknown) =>
          logUnlessOutage(log, error, 'could not pause the calls of other gateways'),
        );
    },
    isBlocked: () => hasFailed || (requestedAt !== null && monotonic() - requestedAt > MAX_AHEAD_MS),
    close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
