import { noArguments } from './arguments.js';
import { type RunCommand } from './commands.js';

/** The process of the gateway ends itself. */
export const runCommand: RunCommand = async (args) => {
  noArguments(args);
  await import('../main.js');
  throw new Error('The gateway ended without an exit code.');
};
