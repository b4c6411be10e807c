import { useState } from 'react';

/** What a command did, or why it was refused. */
export interface Done {
  text: string;
  isRefused: boolean;
}

/** Runs one command at a time, and says what it did. */
export function useCommand(): {
  busy: boolean;
  done: Done | null;
  /** `command` resolves with what is said then. */
  run: (command: () => Promise<string>) => void;
} {
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<Done | null>(null);
  const run = (command: () => Promise<string>): void => {
    setBusy(true);
    setDone(null);
    command()
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
