import { type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';

/** Puts an example into the page. */
export function show(example: ReactNode): void {
  const root = document.getElementById('root');
  if (root === null) throw new Error('The page has no #root.');
  createRoot(root).render(example);
}
