/**
 * How fast the budget may go. Agora says by 429 that it counts more calls than it allows, because others use the account
 * too: then nothing is sent for a while, and after that less, until it has been quiet for long enough.
 */

/** So long nothing is sent after a 429 that says nothing else; doubled with each that follows at once. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/** A turn more each second after so long without a 429. */
const RECOVERS_EVERY_MS = 5_000;

/** Less is never sent: the gateway has to notice when it may go on, and a pair needs two turns. */
const SLOWEST = 2;

export interface Rate {
  /** Turns a second, now. */
  perSecond(): number;
  /** Nothing is sent before this time. */
  pausedUntil(): number;
  /** A call that was sent at the given time was refused with 429; Agora may have said how long to wait. */
  refused(sentAt: number, retryAfterMs: number | null): void;
  /** When it is at full speed again, if no other call is refused. */
  fullSpeedAt(): number;
  /** Another gateway was refused a call: nobody is at full speed before this time. */
  slowUntil(time: number): void;
}

/** Times are those of `monotonic`, real milliseconds. */
export function createRate(monotonic: () => number, fastest: number): Rate {
  let slowedTo = fastest;
  let slowedAt = -Infinity;
  let pausedUntil = -Infinity;
  let nextPauseMs = FIRST_PAUSE_MS;
  let slowElsewhereUntil = -Infinity;

  function perSecond(): number {
    const quiet = monotonic() - Math.max(slowedAt, pausedUntil);
    const recovered = quiet < 0 ? 0 : Math.floor(quiet / RECOVERS_EVERY_MS);
    const missing = Math.max(0, Math.ceil((slowElsewhereUntil - monotonic()) / RECOVERS_EVERY_MS));
    return Math.min(fastest, slowedTo + recovered, Math.max(SLOWEST, fastest - missing));
  }

  return {
    perSecond,
    pausedUntil: () => pausedUntil,
    refused(sentAt, retryAfterMs) {
      const now = monotonic();
      const wait = Math.min(LONGEST_PAUSE_MS, retryAfterMs ?? 0);
      // Calls that were on their way already tell nothing new, but how long to wait.
      if (sentAt <= Math.max(slowedAt, pausedUntil)) {
        pausedUntil = Math.max(pausedUntil, now + wait);
        return;
      }
      const before = perSecond();
      if (now > pausedUntil + RECOVERS_EVERY_MS) nextPauseMs = FIRST_PAUSE_MS;
      slowedTo = Math.min(before, Math.max(SLOWEST, Math.floor(before / 2)));
      slowedAt = now;
      pausedUntil = Math.max(pausedUntil, now + Math.max(wait, nextPauseMs));
      nextPauseMs = Math.min(LONGEST_PAUSE_MS, nextPauseMs * 2);
    },
    fullSpeedAt: () => Math.max(slowedAt, pausedUntil) + (fastest - slowedTo) * RECOVERS_EVERY_MS,
    slowUntil(time) {
      slowElsewhereUntil = time;
    },
  };
}
