import { useSyncExternalStore } from 'react';

/** Whether the subscriptions of a page are interrupted: what `observe` of the client reports, for components. */
export function createInterruption() {
  const listeners = new Set<() => void>();
  let isInterrupted = false;
  const listen = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    onInterruption(error: Error | null) {
      isInterrupted = error !== null;
      for (const listener of listeners) listener();
    },
    useInterrupted: () => useSyncExternalStore(listen, () => isInterrupted),
  };
}
