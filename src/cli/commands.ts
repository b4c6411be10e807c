import { type ExitCode } from '../process/exit-codes.js';
import { type Environment } from '../settings/environment.js';

/** Does what the command is for, and prints the outcome. What it throws ends the process with the fitting code. */
export type RunCommand = (args: readonly string[], environment: Environment) => Promise<ExitCode>;

export interface Command {
  name: string;
  /** Its arguments. */
  usage: string;
  summary: string;
  /** What else its help says. */
  details?: string;
  load: () => Promise<{ runCommand: RunCommand }>;
}

const KEYS_DETAILS = `  keys add NAME --scope read|control|admin [options]   Makes a key and prints it, once.
  keys list                                            Lists the keys, without the keys themselves.
  keys revoke NAME                                     Takes a key away; its sockets are closed.

Options of add; what is left out permits nothing of its kind:
  --channel NAME     a channel, or all that begin like NAME*; * permits every channel. May be repeated.
  --app-id ID        an App ID; * permits every App ID. May be repeated.
  --storage PROFILE  a storage profile; * permits every profile. May be repeated. Default: the default profile only.
  --expires MOMENT   when it expires, for example 2027-01-31T00:00:00Z. Default: never.

The keys are in the file that AUTH_API_KEYS_FILE names; add makes it. A running gateway reads a changed file within 10
seconds, and at once on SIGHUP.`;

const VERIFY_LIVE_DETAILS = `It sends about 40 calls and records for some seconds at a time, in a channel of a random name without users. Agora
charges for recording as usual. Each recording is stopped; should that fail, it ends by itself after 30 s without users.

  --app-id ID           the project; default: the first one
  --storage PROFILE     the storage profile; default: the first one
  --channel NAME        an existing channel in which users publish, so that files are made
  --page ADDRESS        the address of a web page, to record one as well
  --captures DIRECTORY  writes each call and its reply there, without secrets, App ID and bucket`;

const PROGRAM = 'agora-recording-gateway';

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
    summary:
      'Checks the settings, the database, the access to Agora, the storage profiles and their storages.',
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
    summary: 'Makes, lists and revokes API keys in AUTH_API_KEYS_FILE. `keys --help` says more.',
    details: KEYS_DETAILS,
    load: () => import('./keys.js'),
  },
  {
    name: 'verify-live',
    usage: '[options]',
    summary: 'Asks Agora what its documents leave open. `verify-live --help` says what that costs.',
    details: VERIFY_LIVE_DETAILS,
    load: () => import('./verify-live.js'),
  },
];

/** How a command is called. */
export function usageOf({ name, usage }: Command): string {
  return `Usage: ${PROGRAM} ${name} ${usage}`.trim();
}

/** The text of `COMMAND --help`. */
export function helpOf(command: Command): string {
  const { summary, details } = command;
  return [usageOf(command), '', summary, ...(details === undefined ? [] : ['', details])].join('\n');
}

/** The text of `help`. */
export function usage(): string {
  const lines = COMMANDS.map(
    (command) => `  ${`${command.name} ${command.usage}`.padEnd(24)}${command.summary}`,
  );
  return [
    `Usage: ${PROGRAM} COMMAND`,
    '',
    ...lines,
    '',
    `${PROGRAM} COMMAND --help says how a command is called. After -- an argument may begin with a dash.`,
  ].join('\n');
}
