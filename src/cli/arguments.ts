import { parseArgs, type ParseArgsConfig } from 'node:util';

/** A command cannot do what it was called for, for a reason that lies with the caller. */
export class UsageError extends Error {}

/** A command was called with arguments that it does not have, or without those that it needs. */
export class ArgumentsError extends UsageError {}

type Options = NonNullable<ParseArgsConfig['options']>;

/** The arguments that a command has. */
export interface Shape<T extends Options> {
  /** The names of those without an option, in order; each must be given. */
  positionals: readonly string[];
  options: T;
}

const HELP = ['--help', '-h'];

/** Whether help is asked for, in front of a `--` that makes the rest plain arguments. */
export function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return (end === -1 ? args : args.slice(0, end)).some((arg) => HELP.includes(arg));
}

function sentence(text: string): string {
  return `${text
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ')
    .replace(/[.]$/, '')}.`;
}

function parsed<T extends Options>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new ArgumentsError(sentence(error instanceof Error ? error.message : String(error)));
  }
}

/** The arguments of a command. Throws ArgumentsError for one that is unknown, missing, empty or too many. */
export function parseArguments<T extends Options>(
  args: readonly string[],
  { positionals: names, options }: Shape<T>,
) {
  const { values, positionals } = parsed(args, options);
  const missing = names.find((_, index) => (positionals[index] ?? '').trim() === '');
  if (missing !== undefined) throw new ArgumentsError(`${missing} is missing or empty.`);
  const surplus = positionals.slice(names.length);
  if (surplus.length > 0) throw new ArgumentsError(`Unexpected argument: ${surplus.join(' ')}.`);
  return { values, positionals };
}

/** For a command that has none. */
export function noArguments(args: readonly string[]): void {
  parseArguments(args, { positionals: [], options: {} });
}

/** The only argument of a command. */
export function oneArgument(args: readonly string[], name: string): string {
  const { positionals } = parseArguments(args, { positionals: [name], options: {} });
  return positionals[0] ?? '';
}
