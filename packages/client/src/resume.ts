import { isPassing, needsNewToken } from './errors.js';

/** The first and the longest pause before another try, milliseconds. Each is up to a fifth shorter, by chance. */
const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 20_000;
const JITTER = 0.2;

/** Tries with fresh credentials before their refusal counts as final. */
const MAX_RENEWALS = 2;

export interface ResumeOptions {
  signal?: AbortSignal;
  /** Called when the connection is lost, and with null when it works again. */
  onInterruption?: (error: Error | null) => void;
  /** Waits; for tests. Default: a timer. */
  pause?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** From 0 to below 1; for tests. Default: Math.random. */
  random?: () => number;
}

/** Waits, or less if the signal is aborted. */
export function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}

/**
 * Tries again and again until an attempt ends by itself. An attempt continues where the one before it ended, and calls `works` with
 * whatever it receives. Throws what another attempt would not change.
 */
export async function* resuming<Item>(
  attempt: (signal: AbortSignal, works: () => void) => AsyncGenerator<Item, void>,
  { signal, onInterruption, pause = pauseFor, random = Math.random }: ResumeOptions,
): AsyncGenerator<Item, void> {
  const ended = signal ?? new AbortController().signal;
  let failures = 0;
  let renewals = 0;
  const works = (): void => {
    if (failures > 0) onInterruption?.(null);
    failures = 0;
    renewals = 0;
  };
  while (!ended.aborted) {
    try {
      yield* attempt(ended, works);
      return;
    } catch (error) {
      if (ended.aborted) return;
      if (needsNewToken(error) && renewals < MAX_RENEWALS) renewals += 1;
      else if (!isPassing(error)) throw error;
      if (failures === 0) onInterruption?.(error as Error);
      failures += 1;
    }
    const longest = Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), MAX_PAUSE_MS);
    await pause(longest * (1 - JITTER * random()), ended);
  }
}
