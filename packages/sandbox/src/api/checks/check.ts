import { z } from 'zod';
import { type Checked } from '../../tasks/modes/mode.js';

/** Operations whose parameters are checked, as Agora begins its reasons. */
export type CheckedOperation = 'Acquire' | 'Start' | 'Update' | 'UpdateLayout' | 'Stop';

/**
 * Checks a value, with the reason of the first thing wrong as Agora words it:
 * `Start: invalid recordingConfig.maxIdleTime value` (paths begin below clientRequest).
 */
export function check<T>(operation: CheckedOperation, schema: z.ZodType<T>, value: unknown): Checked<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { value: parsed.data };
  const path = parsed.error.issues[0]?.path.filter((part) => part !== 'clientRequest') ?? [];
  return { reason: `${operation}: invalid ${path.length === 0 ? 'clientRequest' : path.join('.')} value` };
}

/** A uid in decimal, 1 to 2^32-1. */
export const uid = z
  .string()
  .regex(/^[1-9][0-9]{0,9}$/)
  .refine((text) => Number(text) < 2 ** 32);

/** Bytes allowed in a channel's name: fewer than 64, of these characters (agora-facts.md, section 3, code 1013). */
const CHANNEL_NAME = /^[a-zA-Z0-9 !#$%&()+\-:;<=.>?@[\]^_{}|~,]{1,63}$/;

/** The name of a channel. */
export const channelName = z.string().regex(CHANNEL_NAME);

/** cname and uid, which every body repeats. */
export const identity = z.looseObject({ cname: z.string(), uid: z.string() });

/** A whole number within bounds. */
export function integer(least: number, most: number) {
  return z.number().int().min(least).max(most);
}
