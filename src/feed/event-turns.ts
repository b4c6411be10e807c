/** The share of the gateway's thread that events for subscriptions may take while much is being recorded. */
const SUBSCRIBERS_SHARE = 0.15;

/** The longest pause after one event. Real milliseconds. */
const MAX_PAUSE_MS = 250;

/** Turns of subscriptions to make an event into a message. */
export interface EventTurns {
  /** Resolves when it is this event's turn: one in each turn of the event loop, in order. */
  take(): Promise<void>;
  /** Events that wait for their turn. */
  waiting(): number;
}

/**
 * A subscription that replays the log has an event ready at any time, and many could keep the thread from everything else.
 * Between two events the event loop gets to requests; while much is being recorded, events leave it most of the time.
 */
export function createEventTurns({
  isUnderLoad,
  monotonic,
  sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
}: {
  isUnderLoad: () => boolean;
  monotonic: () => number;
  sleep?: (milliseconds: number) => Promise<void>;
}): EventTurns {
  const waiting: (() => void)[] = [];
  let isGiving = false;
  let notBefore = -Infinity;

  /** One turn. Both callbacks are in the same phase of the event loop, so that only the event's own work lies between. */
  function give(): Promise<void> {
    return new Promise((resolve) => {
      let began = 0;
      setImmediate(() => {
        began = monotonic();
        waiting.shift()?.();
      });
      setImmediate(() => {
        const now = monotonic();
        notBefore = now + Math.min((now - began) * (1 / SUBSCRIBERS_SHARE - 1), MAX_PAUSE_MS);
        resolve();
      });
    });
  }

  async function giveAll(): Promise<void> {
    isGiving = true;
    while (waiting.length > 0) {
      const pause = isUnderLoad() ? notBefore - monotonic() : 0;
      if (pause > 0) await sleep(pause);
      await give();
    }
    isGiving = false;
  }

  return {
    take() {
      return new Promise((resolve) => {
        waiting.push(resolve);
        if (!isGiving) void giveAll();
      });
    },
    waiting: () => waiting.length,
  };
}
