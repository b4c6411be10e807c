import { createHash } from 'node:crypto';

/** A hash of what an observation says: equal for equal content, so that it can break ties in the same way everywhere. */
export function contentHash(...parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
