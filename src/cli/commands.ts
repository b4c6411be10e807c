import { type ExitCode } from '../process/exit-codes.js';
import { type Environment } from '../settings/environment.js';

/** Does what the command is for, and prints the outcome. What it throws ends the process with the fitting code. */
export type RunCommand = (args: readonly string[], environment: Environment) => Promise<ExitCode>;

export interface Command {
  name: string;
  /** Its arguments. */
  usage: string;
  summary: string;
  load: () => Promise<{ runCommand: RunCommand }>;
}

export const COMMANDS: readonly Command[] = [
  {
    name: 'start',
    usage: '',
    summary: 'Runs the gateway. SIGTERM or SIGINT stops it; SIGHUP makes it read its settings again.',
    load: () => import('./start.js'),
  },
  {
    name: 'check',
    usage: '',
    summary: 'Checks the settings, the database, the access to Agora and the storage profiles.',
    load: () => import('./check.js'),
  },
  {
    name: 'migrate',
    usage: '',
    summary: 'Brings the store to the version of this release. The start of a gateway does it too.',
    load: () => import('./migrate.js'),
  },
  {
    name: 'backup',
    usage: 'FILE',
    summary: 'Writes a consistent copy of the store to a new file. Gateways may be running.',
    load: () => import('./backup.js'),
  },
  {
    name: 'restore',
    usage: 'FILE',
    summary: 'Replaces the store by a backup and begins a new epoch. No gateway may be running.',
    load: () => import('./restore.js'),
  },
  {
    name: 'rebuild',
    usage: '[--dry-run]',
    summary: 'Derives every recording from its log again and lists those that changed.',
    load: () => import('./rebuild.js'),
  },
  {
    name: 'new-epoch',
    usage: '',
    summary: 'Makes cursors expire that were given out before a backup was restored.',
    load: () => import('./new-epoch.js'),
  },
  {
    name: 'keys',
    usage: 'add|list|revoke',
    summary: 'Makes, lists and revokes API keys in AUTH_API_KEYS_FILE. `keys help` says more.',
    load: () => import('./keys.js'),
  },
];

/** The text of `help`. */
export function usage(): string {
  const lines = COMMANDS.map(
    (command) => `  ${`${command.name} ${command.usage}`.padEnd(22)}${command.summary}`,
  );
  return ['Usage: agora-recording-gateway COMMAND', '', ...lines].join('\n');
}
