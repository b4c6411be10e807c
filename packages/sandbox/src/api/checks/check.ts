import { z } from 'zod';
import { type Checked } from '../../tasks/modes/mode.js';

/** Operations whose parameters are checked, as Agora's reasons begin. */
export type CheckedOperation = 'Acquire' | 'Start' | 'Update' | 'UpdateLayout' | 'Stop';

/**
 * Checks a value; the reason names the first wrong property as Agora does:
 * `Start: invalid recordingConfig.maxIdleTime value` (paths start below clientRequest).
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

/** Fewer than 64 bytes, of these characters (older list of codes, 1013). */
const CHANNEL_NAME = /^[a-zA-Z0-9 !#$%&()+\-:;<=.>?@[\]^_{}|~,]{1,63}$/;

export const channelName = z.string().regex(CHANNEL_NAME);

/** cname and uid, which every body repeats. */
export const identity = z.looseObject({ cname: z.string(), uid: z.string() });

/** A whole number within bounds. */
export function integer(min: number, max: number) {
  return z.number().int().min(min).max(max);
}

/** A whole number without an upper bound: none is documented. */
export const positiveInteger = z.number().int().min(1);

/** A string that is optional: clients also send an empty one. */
export const optionalText = z
  .string()
  .optional()
  .transform((text) => (text === '' ? undefined : text));
