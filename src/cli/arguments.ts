/** A command was called with arguments that it does not have, or on a store that does not exist. */
export class UsageError extends Error {}

export function noArguments(args: readonly string[]): void {
  if (args.length > 0) throw new UsageError(`Unknown argument: ${args.join(' ')}.`);
}

/** The one argument of a command. */
export function oneArgument(args: readonly string[], name: string): string {
  const [first, ...rest] = args;
  if (first === undefined || rest.length > 0) throw new UsageError(`Give exactly one argument: ${name}.`);
  return first;
}

/** Whether the one option that a command has is set. */
export function hasOption(args: readonly string[], option: string): boolean {
  const unknown = args.filter((arg) => arg !== option);
  if (unknown.length > 0)
    throw new UsageError(`Unknown argument: ${unknown.join(' ')}. The only option is ${option}.`);
  return args.includes(option);
}
