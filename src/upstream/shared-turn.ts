import { type SharedTurns } from '../store/turns.js';

/**
 * The next turn that this gateway has among all that share the store. One at a time is taken in advance, and only while
 * something waits, so that none is kept from others.
 */

/**
 * A turn that begins late by more than this is left out: late calls would come too close to those of other gateways.
 * Ten turns span more than a second, so calls may stray by about a tenth of one; the rest is for the network.
 */
const LATEST_MS = 60;

/** After the store failed to give a turn it is asked again. */
const ASK_AGAIN_MS = 250;

export interface SharedTurn {
  /** Uses the turn that has come. If there is none it is false, and one is asked for. */
  use(intervalMs: number): boolean;
  /** All gateways hold their calls for so long. */
  pause(milliseconds: number): void;
  close(): void;
}

/** `onTurn` is called when a turn may be used. Times are those of `monotonic`, real milliseconds. */
export function createSharedTurn(
  turns: SharedTurns,
  monotonic: () => number,
  onTurn: () => void,
): SharedTurn {
  /** While it may be used. */
  let turn: { from: number; until: number } | null = null;
  let asking = false;
  let closed = false;
  let timer: NodeJS.Timeout | null = null;
  /** The quickest reply of the store: how much longer one takes tells how well its time is known. */
  let quickest = Infinity;

  function wake(delay: number): void {
    if (timer !== null) clearTimeout(timer);
    timer = closed ? null : setTimeout(onTurn, Math.max(0, Math.ceil(delay)));
  }

  async function ask(intervalMs: number): Promise<void> {
    asking = true;
    const askedAt = monotonic();
    try {
      const wait = await turns.reserve(intervalMs);
      const now = monotonic();
      quickest = Math.min(quickest, now - askedAt);
      turn = { from: now + wait, until: askedAt + quickest + wait + LATEST_MS };
      wake(wait);
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
        if (now < turn.from) {
          wake(turn.from - now);
          return false;
        }
        turn = null;
        return true;
      }
      if (!asking && !closed) void ask(intervalMs);
      return false;
    },
    pause(milliseconds) {
      // This gateway keeps to the pause anyway.
      turns.pause(milliseconds).catch(() => undefined);
    },
    close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
