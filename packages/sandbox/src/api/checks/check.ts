import * as z from 'zod';
import { FORMATS } from '@agora-recording-gateway/agora/parameters/formats';
import {
  type Parameter,
  type ParameterTable,
  type ParameterType,
  type ValueOf,
} from '@agora-recording-gateway/agora/parameters/parameter';
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

/** The bounds of one parameter, as the table of parameters has them. Those of several parameters are checked where they apply. */
export function bounded<Row extends Parameter>(row: Row): z.ZodType<ValueOf<Row['type']>> {
  return boundsOf(row.type) as z.ZodType<ValueOf<Row['type']>>;
}

function boundsOf(type: ParameterType): z.ZodType {
  switch (type.kind) {
    case 'integer':
      return integer(type.min, type.max);
    case 'fraction':
      return z.number().min(0).max(1);
    case 'boolean':
      return z.boolean();
    case 'date':
      return z.number().int().min(0);
    case 'text':
      return type.format === undefined ? z.string() : z.string().refine(FORMATS[type.format].matches);
    case 'choice':
      return z.literal([...type.values]);
    case 'choices':
      return z.array(z.literal([...type.values]));
    case 'texts': {
      const item = type.format === undefined ? z.string() : z.string().refine(FORMATS[type.format].matches);
      return z.array(item).max(type.maxItems);
    }
    case 'objects':
      return z.array(z.looseObject(optionalBelow(type.of, ''))).max(type.maxItems);
  }
}

/** The bounds of all parameters directly below a path, by their names at Agora, each of them optional. */
export function optionalBelow(table: ParameterTable, prefix: string): Record<string, z.ZodType> {
  const path = prefix === '' ? '' : `${prefix}.`;
  return Object.fromEntries(
    Object.values(table)
      .filter(({ wire }) => wire.startsWith(path) && !wire.slice(path.length).includes('.'))
      .map((row) => [row.wire.slice(path.length), boundsOf(row.type).optional()]),
  );
}

/** A string that is optional: clients also send an empty one. */
export const optionalText = z
  .string()
  .optional()
  .transform((text) => (text === '' ? undefined : text));
