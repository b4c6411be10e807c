import { type ReactNode, useEffect, useState } from 'react';

export interface Reading<Answer> {
  answer: Answer | null;
  error: Error | null;
  /** Puts an answer in the place of what was read. */
  set: (answer: Answer) => void;
  /** Reads again. */
  again: () => void;
}

/** What is read when the card is shown, and again at each interval, if there is one. `read` must be the same function each time. */
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

interface CardProps {
  title: string;
  children: ReactNode;
}

export function Card({ title, children }: CardProps) {
  return (
    <section className="card" aria-label={title}>
      <h3>{title}</h3>
      <div className="stack">{children}</div>
    </section>
  );
}

/** What a control did, or why it was refused. */
export interface Done {
  text: string;
  isRefused: boolean;
}

/** Runs one control at a time, and says what it did. */
export function useControl(): {
  busy: boolean;
  done: Done | null;
  run: (control: () => Promise<string>) => void;
} {
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<Done | null>(null);
  const run = (control: () => Promise<string>): void => {
    setBusy(true);
    setDone(null);
    control()
      .then(
        (text) => setDone({ text, isRefused: false }),
        (error: unknown) => setDone({ text: (error as Error).message, isRefused: true }),
      )
      .finally(() => setBusy(false));
  };
  return { busy, done, run };
}

export function Outcome({ done, error = null }: { done: Done | null; error?: Error | null }) {
  const shown = done ?? (error === null ? null : { text: error.message, isRefused: true });
  return (
    <p role="status" className={shown === null ? '' : `notice ${shown.isRefused ? 'error' : ''}`}>
      {shown?.text}
    </p>
  );
}
