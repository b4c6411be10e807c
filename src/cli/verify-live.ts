import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Capture } from '../checks/live/captures.js';
import { verifyLive } from '../checks/live/verify-live.js';
import { EXIT } from '../process/exit-codes.js';
import { requireSettings, type Settings } from '../settings/settings.js';
import { parseArguments, UsageError } from './arguments.js';
import { type RunCommand } from './commands.js';
import { table } from './table.js';

const SHAPE = {
  positionals: [],
  options: {
    'app-id': { type: 'string' },
    storage: { type: 'string' },
    channel: { type: 'string' },
    page: { type: 'string' },
    captures: { type: 'string' },
  },
} as const;

/** The one that is named, or the first one. */
function chosen<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  name: string | undefined,
  what: string,
): Item {
  const found = name === undefined ? items[0] : items.find((item) => nameOf(item) === name);
  if (found !== undefined) return found;
  const known = items.map(nameOf).join(', ');
  throw new UsageError(
    name === undefined
      ? `The settings have no ${what}.`
      : `The settings have no ${what} ${name}, but: ${known}.`,
  );
}

function account(settings: Settings) {
  if (settings.agora === null) {
    throw new UsageError(
      'The settings are for a sandbox. Set AGORA_APP_ID, AGORA_CUSTOMER_ID and AGORA_CUSTOMER_SECRET.',
    );
  }
  return settings.agora;
}

/** A directory that captures are written to: nothing that is in it could be overwritten. */
function emptyDirectory(path: string): string {
  mkdirSync(path, { recursive: true });
  if (readdirSync(path).length > 0) throw new UsageError(`${path} is not empty. Name a new directory.`);
  return path;
}

function write(directory: string, captures: readonly Capture[]): void {
  for (const { fileName, text } of captures) writeFileSync(join(directory, fileName), text, { flag: 'wx' });
}

export const runCommand: RunCommand = async (args, environment) => {
  const { values } = parseArguments(args, SHAPE);
  const settings = requireSettings(environment);
  const { apiUrls, customers, projects } = account(settings);
  const project = chosen(projects, ({ appId }) => appId, values['app-id']?.toLowerCase(), 'project');
  const profile = chosen(settings.storageProfiles, ({ name }) => name, values.storage, 'storage profile');
  const directory = values.captures === undefined ? null : emptyDirectory(values.captures);
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort(new UsageError('Stopped. What was started was stopped as well.')));
  const { answers, failures, calls, recordedMs, captures } = await verifyLive({
    baseUrl: chosen(apiUrls, (url) => url, undefined, 'address of Agora'),
    credentials: chosen(customers, ({ customerId }) => customerId, undefined, 'customer'),
    appId: project.appId,
    certificate: project.appCertificate,
    profile,
    channel: values.channel ?? `verify-live-${randomBytes(4).toString('hex')}`,
    hasUsers: values.channel !== undefined,
    pageUrl: values.page ?? null,
    pause,
    now: Date.now,
    signal: stop.signal,
  });
  if (directory !== null) write(directory, captures);
  console.log(
    table(
      ['assumption', 'answer', 'seen'],
      answers.map(({ name, verdict, detail }) => [name, verdict, detail]),
    ),
  );
  const count = (verdict: string) => answers.filter((answer) => answer.verdict === verdict).length;
  console.log(
    `\n${count('holds')} hold, ${count('contradicted')} are contradicted, ${count('unseen')} were not seen. ` +
      `${calls} calls, ${Math.ceil(recordedMs / 1000)} s of recording.`,
  );
  for (const failure of failures) console.error(`Could not be completed: ${failure}`);
  return failures.length === 0 ? EXIT.ok : EXIT.failure;
};
