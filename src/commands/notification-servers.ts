import { type Clock } from '../recordings/clock.js';

/** Agora changes the addresses every 24 hours, and asks for them to be read as often. Gateway time, milliseconds. */
export const LIST_VALID_MS = 24 * 60 * 60_000;

/** How often Agora is asked while it does not tell them. Gateway time, milliseconds. */
export const ASK_AGAIN_AFTER_MS = 60_000;

/**
 * The addresses that Agora's notifications come from: kept for a day, then asked for anew. While Agora does not tell, the
 * last list there was, else null. All who ask at once share one call.
 */
export function createNotificationServers(
  clock: Clock,
  ask: () => Promise<string[] | null>,
): () => Promise<string[] | null> {
  let known: string[] | null = null;
  let askAt = -Infinity;
  let asking: Promise<void> | null = null;

  async function renew(): Promise<void> {
    const list = await ask();
    known = list ?? known;
    askAt = clock.now() + (list === null ? ASK_AGAIN_AFTER_MS : LIST_VALID_MS);
  }

  return async () => {
    if (clock.now() >= askAt) {
      asking ??= renew().finally(() => {
        asking = null;
      });
      await asking;
    }
    return known;
  };
}
