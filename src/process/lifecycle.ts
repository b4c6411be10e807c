import { type Readiness } from '../http/listener.js';
import { SHUTDOWN } from '../shutdown.js';
import { within } from '../within.js';
import { createClosers } from './closers.js';

/** What is opened while the gateway starts, whether it can serve, and how it closes. */
export interface Lifecycle {
  /** Closes a part; the last one that was opened is closed first. */
  add(close: () => Promise<void>): void;
  /** Ends work in flight, while requests are still answered and before any part is closed. */
  addWork(end: () => Promise<void>): void;
  /** A reason for not being ready, or null. */
  addCondition(reason: () => string | null): void;
  readiness(): Readiness;
  close(): Promise<void>;
}

export function createLifecycle(): Lifecycle {
  const closers = createClosers();
  const work: (() => Promise<void>)[] = [];
  let closing = false;
  const conditions: (() => string | null)[] = [() => (closing ? 'The gateway is shutting down.' : null)];
  return {
    add: (close) => closers.add(close),
    addWork: (end) => void work.push(end),
    addCondition: (reason) => void conditions.push(reason),
    readiness() {
      for (const condition of conditions) {
        const reason = condition();
        if (reason !== null) return { ready: false, reason };
      }
      return { ready: true };
    },
    async close() {
      closing = true;
      const ended = await within(Promise.all(work.map((end) => end())), SHUTDOWN.workMs);
      await closers.closeAll();
      if (ended === null) throw new Error(`Work in flight did not end within ${SHUTDOWN.workMs} ms.`);
    },
  };
}
