import * as z from 'zod';

/** JSON's names for the types of a schema. */
const TYPES: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a string',
};

/** Describes an issue and what to do about it. Never contains the value, which may be secret. Undefined keeps the schema's text. */
function describe(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type': {
      const type = TYPES[issue.expected] ?? issue.expected;
      return issue.input === undefined ? `is missing: give ${type}` : `must be ${type}`;
    }
    case 'invalid_value':
      return `must be one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    case 'too_small':
      return tooSmall(issue.origin, issue.minimum, issue.inclusive ?? true);
    case 'too_big':
      return `must be at most ${issue.maximum}${unit(issue.origin)}`;
    case 'unrecognized_keys': {
      const known = issue.inst instanceof z.ZodObject ? Object.keys(issue.inst.shape).join(', ') : '';
      return `${issue.keys.join(', ')}: unknown. Known: ${known}`;
    }
    default:
      return undefined;
  }
}

function unit(origin: string): string {
  return { array: ' entries', string: ' characters' }[origin] ?? '';
}

function tooSmall(origin: string, minimum: number | bigint, inclusive: boolean): string {
  return `must be ${inclusive ? 'at least' : 'more than'} ${minimum}${unit(origin)}`;
}

/** Checks a value of the control side; each problem names the property and what to do. */
export function checkValue<T>(schema: z.ZodType<T>, value: unknown): { value: T } | { problems: string[] } {
  const parsed = schema.safeParse(value, { error: describe });
  if (parsed.success) return { value: parsed.data };
  return {
    problems: parsed.error.issues.map(({ path, message }) =>
      path.length === 0 ? message : `${path.join('.')}: ${message}`,
    ),
  };
}
