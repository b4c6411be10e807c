import { z } from 'zod';

/** How JSON calls what a schema expects. */
const KINDS: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a text',
};

/** Says of one issue what to do about it. Never repeats the value: it may be secret. Undefined leaves it to the schema. */
function advice(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type': {
      const kind = KINDS[issue.expected] ?? issue.expected;
      return issue.input === undefined ? `is missing: give ${kind}` : `has to be ${kind}`;
    }
    case 'invalid_value':
      return `has to be one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    case 'too_small':
      return tooSmall(issue.origin, issue.minimum, issue.inclusive ?? true);
    case 'too_big':
      return `has to be at most ${issue.maximum}${unit(issue.origin)}`;
    case 'unrecognized_keys': {
      const known = issue.inst instanceof z.ZodObject ? Object.keys(issue.inst.shape).join(', ') : '';
      return `${issue.keys.join(', ')}: not known here. Known: ${known}`;
    }
    default:
      return undefined;
  }
}

function unit(origin: string): string {
  return { array: ' entries', string: ' characters' }[origin] ?? '';
}

function tooSmall(origin: string, minimum: number | bigint, inclusive: boolean): string {
  return `has to be ${inclusive ? 'at least' : 'more than'} ${minimum}${unit(origin)}`;
}

/** Checks a value of the control side; every problem is one sentence that says where it is and what to do. */
export function checkValue<T>(schema: z.ZodType<T>, value: unknown): { value: T } | { problems: string[] } {
  const parsed = schema.safeParse(value, { error: advice });
  if (parsed.success) return { value: parsed.data };
  return {
    problems: parsed.error.issues.map(({ path, message }) =>
      path.length === 0 ? message : `${path.join('.')}: ${message}`,
    ),
  };
}
