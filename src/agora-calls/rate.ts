/**
 * How many calls a second the budget permits. A 429 means that Agora counts more calls than it allows, because others use
 * the account too: the gateway pauses, continues more slowly, and speeds up again after a period without a 429.
 */

/** The pause after a 429 without Retry-After; doubled by each further 429 right after it. */
const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 60_000;

/** Recovery: one more call per second after each period without a 429. */
const RECOVERY_INTERVAL_MS = 5_000;

/** Lower bound, so that recovery is noticed and a start permit (two calls) fits. */
const MIN_CALLS_PER_SECOND = 2;

export interface Rate {
  /** Calls per second, now. */
  perSecond(): number;
  /** Nothing is sent before this time. */
  pausedUntil(): number;
  /** A call that was sent at the given time was answered 429, perhaps with a Retry-After. */
  rateLimited(sentAt: number, retryAfterMs: number | null): void;
  /** When full speed is reached again if no further call is answered 429. */
  fullSpeedAt(): number;
  /** Another gateway was rate-limited: full speed is not reached before this time. */
  slowUntil(time: number): void;
}

/** Times are those of `monotonic`, real milliseconds. `fullSpeed`: calls per second. */
export function createRate(monotonic: () => number, fullSpeed: number): Rate {
  let slowedTo = fullSpeed;
  let slowedAt = -Infinity;
  let pausedUntil = -Infinity;
  let nextPauseMs = FIRST_PAUSE_MS;
  let slowElsewhereUntil = -Infinity;

  function perSecond(): number {
    const quiet = monotonic() - Math.max(slowedAt, pausedUntil);
    const recovered = quiet < 0 ? 0 : Math.floor(quiet / RECOVERY_INTERVAL_MS);
    const missing = Math.max(0, Math.ceil((slowElsewhereUntil - monotonic()) / RECOVERY_INTERVAL_MS));
    return Math.min(fullSpeed, slowedTo + recovered, Math.max(MIN_CALLS_PER_SECOND, fullSpeed - missing));
  }

  return {
    perSecond,
    pausedUntil: () => pausedUntil,
    rateLimited(sentAt, retryAfterMs) {
      const now = monotonic();
      const wait = Math.min(MAX_PAUSE_MS, retryAfterMs ?? 0);
      // Calls that were already in flight say nothing new except how long to wait.
      if (sentAt <= Math.max(slowedAt, pausedUntil)) {
        pausedUntil = Math.max(pausedUntil, now + wait);
        return;
      }
      const before = perSecond();
      if (now > pausedUntil + RECOVERY_INTERVAL_MS) nextPauseMs = FIRST_PAUSE_MS;
      slowedTo = Math.min(before, Math.max(MIN_CALLS_PER_SECOND, Math.floor(before / 2)));
      slowedAt = now;
      pausedUntil = Math.max(pausedUntil, now + Math.max(wait, nextPauseMs));
      nextPauseMs = Math.min(MAX_PAUSE_MS, nextPauseMs * 2);
    },
    fullSpeedAt: () => Math.max(slowedAt, pausedUntil) + (fullSpeed - slowedTo) * RECOVERY_INTERVAL_MS,
    slowUntil(time) {
      slowElsewhereUntil = time;
    },
  };
}
