/** Pages of the log that all subscriptions together may read each second while much is being recorded. */
export const PAGES_PER_SECOND_UNDER_LOAD = 10;

/** Turns of subscriptions to read a page of the log. */
export interface PageTurns {
  /** Resolves when it is this subscription's turn, in order; or at its place in the queue, if it has ended. */
  take(ended: AbortSignal): Promise<void>;
  /** Subscriptions that wait for their turn. */
  waiting(): number;
}

/**
 * A subscription that replays the log can read its next page at any time, and many could keep the store from everything else.
 * They have time: what they have not read stays in the log.
 */
export function createPageTurns({
  isUnderLoad,
  sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
}: {
  isUnderLoad: () => boolean;
  sleep?: (milliseconds: number) => Promise<void>;
}): PageTurns {
  const waiting: { ended: AbortSignal; resolve: () => void }[] = [];
  let isGiving = false;

  async function giveAll(): Promise<void> {
    isGiving = true;
    for (let first = waiting.shift(); first !== undefined; first = waiting.shift()) {
      if (!first.ended.aborted && isUnderLoad()) await sleep(1_000 / PAGES_PER_SECOND_UNDER_LOAD);
      first.resolve();
    }
    isGiving = false;
  }

  return {
    take(ended) {
      return new Promise((resolve) => {
        waiting.push({ ended, resolve });
        if (!isGiving) void giveAll();
      });
    },
    waiting: () => waiting.length,
  };
}
