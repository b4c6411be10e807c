#!/usr/bin/env node
/**
 * `agora-recording-gateway COMMAND`. Little is loaded before the command is known, as `start` handles signals from early
 * on.
 */
import { asksForHelp } from './cli/arguments.js';
import { COMMANDS, helpOf, usage } from './cli/commands.js';

const [name = 'help', ...args] = process.argv.slice(2);
const command = COMMANDS.find((each) => each.name === name);
if (command !== undefined && asksForHelp(args)) {
  console.log(helpOf(command));
} else if (command !== undefined) {
  const { runCommand } = await command.load();
  const { runToExitCode } = await import('./cli/run-to-exit-code.js');
  process.exitCode = await runToExitCode(command, () => runCommand(args, process.env));
} else if (['help', '--help', '-h'].includes(name)) {
  console.log(usage());
} else {
  console.error(`Unknown command: ${name}.\n\n${usage()}`);
  process.exitCode = 78;
}
