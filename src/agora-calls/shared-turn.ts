import { type SharedTurns } from '../store/coordination/turns.js';
import { createDistantClock } from './distant-clock.js';

/**
 * The next turn that this gateway has among all that share the store. One at a time is taken in advance, and only while
 * something waits, so that none is kept from others.
 */

/**
 * A turn is used no later than this after its time, else another one is taken. Eleven turns of nine a second span 1,120 ms,
 * so calls may stray by 120 ms before the eleventh comes within a second of the first: half of it is for getting a call on
 * its way, the other half for the way.
 */
export const LATEST_MS = 60;

/** After the store failed to give a turn it is asked again. */
const ASK_AGAIN_MS = 250;

/** Replies of the store that take longer are not waited for in advance. */
const FURTHEST_AHEAD_MS = 1_000;

/** What is left of a slow reply's part in the expectation with each reply that follows. */
const FORGETS = 0.9;

export interface SharedTurn {
  /** Uses the turn that has come, and tells until when. If there is none it is null, and one is asked for. */
  use(intervalMs: number): number | null;
  /** All gateways hold their calls for so long, and are slower than at full speed for so long. */
  pause(pauseMs: number, slowMs: number): void;
  close(): void;
}

export interface SharedTurnParts {
  turns: SharedTurns;
  /** Real milliseconds; all times are its. */
  monotonic: () => number;
  /** A turn may be used. */
  onTurn: () => void;
  /** A gateway was refused a call: nobody is at full speed before this time. */
  onSlow: (until: number) => void;
}

export function createSharedTurn({ turns, monotonic, onTurn, onSlow }: SharedTurnParts): SharedTurn {
  const storeClock = createDistantClock();
  /** While it may be used. */
  let turn: { from: number; until: number } | null = null;
  let asking = false;
  let closed = false;
  let timer: NodeJS.Timeout | null = null;
  /** How long replies take, at worst. */
  let slowest = 0;

  function wake(delay: number): void {
    if (timer !== null) clearTimeout(timer);
    timer = closed ? null : setTimeout(onTurn, Math.max(0, Math.ceil(delay)));
  }

  async function ask(intervalMs: number): Promise<void> {
    asking = true;
    const askedAt = monotonic();
    // A turn that began before its reply was here could not be used.
    const aheadMs = Math.min(FURTHEST_AHEAD_MS, Math.max(0, slowest - LATEST_MS / 2));
    try {
      const { at, now, slowUntil } = await turns.reserve(intervalMs, aheadMs);
      const answeredAt = monotonic();
      slowest = Math.max(answeredAt - askedAt, slowest * FORGETS);
      storeClock.showed(now, askedAt, answeredAt);
      if (slowUntil !== null) onSlow(storeClock.toOurs(slowUntil));
      const from = storeClock.toOurs(at);
      turn = { from, until: from + LATEST_MS };
      wake(from - answeredAt);
    } catch {
      // The store tells by itself that it cannot be used; whoever waits for a turn hears of it when the wait is over.
      wake(ASK_AGAIN_MS);
    } finally {
      asking = false;
    }
  }

  return {
    use(intervalMs) {
      const now = monotonic();
      if (turn !== null && now > turn.until) turn = null;
      if (turn !== null) {
        const { from, until } = turn;
        if (now < from) {
          wake(from - now);
          return null;
        }
        turn = null;
        return until;
      }
      if (!asking && !closed) void ask(intervalMs);
      return null;
    },
    pause(pauseMs, slowMs) {
      // This gateway keeps to it anyway.
      turns.pause(pauseMs, slowMs).catch(() => undefined);
    },
    close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
