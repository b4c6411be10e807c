import { EXIT, type ExitCode, exitCodeOf } from '../process/exit-codes.js';
import { explain } from '../process/explain.js';
import { printProblems } from '../process/print-problems.js';
import { InvalidSettingsError } from '../settings/invalid-settings-error.js';
import { ArgumentsError, UsageError } from './arguments.js';
import { type Command, usageOf } from './commands.js';

/** Runs a command; an error is printed and becomes the exit code. */
export async function runToExitCode(command: Command, run: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof InvalidSettingsError) printProblems(error.problems);
    else console.error(`${command.name} failed: ${explain(error)}`);
    if (error instanceof ArgumentsError) console.error(usageOf(command));
    return error instanceof UsageError ? EXIT.settings : exitCodeOf(error);
  }
}
