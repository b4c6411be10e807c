import { type MouseEvent, useSyncExternalStore } from 'react';

/** Fires in addition to popstate, which only the browser's own buttons fire. */
const MOVED = 'console:moved';

function subscribe(listener: () => void): () => void {
  addEventListener('popstate', listener);
  addEventListener(MOVED, listener);
  return () => {
    removeEventListener('popstate', listener);
    removeEventListener(MOVED, listener);
  };
}

/** What the address bar says of the page: its room, filters, and the open recording. */
export function useAddress(): URLSearchParams {
  return new URLSearchParams(useSyncExternalStore(subscribe, () => location.search));
}

/** What an address, by default that of the page, would be with some of its parameters changed; null or an empty text takes one out. */
export function addressWith(
  changes: Readonly<Record<string, string | null>>,
  from = location.search,
): string {
  const parameters = new URLSearchParams(from);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') parameters.delete(name);
    else parameters.set(name, value);
  }
  const search = parameters.toString();
  return search === '' ? location.pathname : `?${search}`;
}

/** Changes the address. `replace`: without a step for the browser's back button, as while a person types. */
export function moveTo(
  changes: Readonly<Record<string, string | null>>,
  { replace = false }: { replace?: boolean } = {},
): void {
  const address = addressWith(changes);
  if (replace) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  dispatchEvent(new Event(MOVED));
}

/** Follows a link within the page. Other clicks, as for a second tab, are the browser's. */
export function followLink(event: MouseEvent, changes: Readonly<Record<string, string | null>>): void {
  const { button, ctrlKey, metaKey, shiftKey } = event;
  if (button !== 0 || ctrlKey || metaKey || shiftKey) return;
  event.preventDefault();
  moveTo(changes);
}
