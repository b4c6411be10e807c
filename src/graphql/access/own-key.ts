import { createHash } from 'node:crypto';
import { type Caller } from '../../auth/caller.js';

/** The longest that an idempotency key may be. */
const MAX_KEY_LENGTH = 255;

/**
 * The idempotency key as the store has it. Callers choose their keys by themselves, so two may choose the same one, and
 * neither may learn of it. One that is not allowed is left as it is, and refused.
 */
export function ownKey({ name }: Caller, key: string): string {
  if (name === null || key === '' || key.length > MAX_KEY_LENGTH) return key;
  return createHash('sha256')
    .update(JSON.stringify([name, key]))
    .digest('base64url');
}
