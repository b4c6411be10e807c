import { useEffect, useState } from 'react';

export interface Reading<Answer> {
  answer: Answer | null;
  error: Error | null;
  /** Puts an answer in the place of what was read. */
  set: (answer: Answer) => void;
  /** Reads again. */
  again: () => void;
}

/** What is read when its part of the page is shown, and again at each interval, if there is one. `read` must be the same function each time. */
export function useReading<Answer>(
  read: (signal: AbortSignal) => Promise<Answer>,
  intervalMs: number | null = null,
): Reading<Answer> {
  const [answer, set] = useState<Answer | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const [times, setTimes] = useState(0);
  useEffect(() => {
    const closing = new AbortController();
    const { signal } = closing;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const run = async () => {
      try {
        set(await read(signal));
        setError(null);
      } catch (failure) {
        if (!signal.aborted) setError(failure as Error);
      }
      if (intervalMs !== null && !signal.aborted) timer = setTimeout(() => void run(), intervalMs);
    };
    void run();
    return () => {
      closing.abort();
      clearTimeout(timer);
    };
  }, [read, intervalMs, times]);
  return { answer, error, set, again: () => setTimes((count) => count + 1) };
}
