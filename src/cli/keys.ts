import {
  closeSync,
  existsSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import {
  type ApiKey,
  checkedApiKey,
  formatApiKeys,
  hashOf,
  makeCredential,
  parseApiKeys,
} from '../auth/api-keys.js';
import { EXIT } from '../process/exit-codes.js';
import { type Environment, readEnvironment } from '../settings/environment.js';
import { InvalidSettingsError } from '../settings/invalid-settings-error.js';
import { ArgumentsError, noArguments, oneArgument, parseArguments, UsageError } from './arguments.js';
import { type RunCommand } from './commands.js';
import { table } from './table.js';

/** Only the owner may read the file and write it. */
const FILE_MODE = 0o600;

/** The path of the file, from the environment alone: the keys can be managed before anything else is set. */
function keysFile(environment: Environment): string {
  const problems: string[] = [];
  const { AUTH_API_KEYS_FILE: file } = readEnvironment(environment, problems).values;
  if (file === undefined) throw new InvalidSettingsError(['AUTH_API_KEYS_FILE is missing.']);
  return file;
}

function readKeys(file: string): ApiKey[] {
  if (!existsSync(file)) return [];
  const parsed = parseApiKeys(readFileSync(file, 'utf8'));
  if ('keys' in parsed) return parsed.keys;
  throw new InvalidSettingsError(parsed.problems.map((problem) => `${file}: ${problem}.`));
}

/** Replaces the file at once, so that a gateway never reads half of it. It keeps its owner and mode, and a link its target. */
function writeKeys(path: string, keys: readonly ApiKey[]): void {
  const file = existsSync(path) ? realpathSync(path) : path;
  const replacement = `${file}.new`;
  const descriptor = openSync(replacement, 'w', FILE_MODE);
  try {
    writeSync(descriptor, formatApiKeys(keys));
    if (existsSync(file)) {
      const { uid, gid, mode } = statSync(file);
      fchownSync(descriptor, uid, gid);
      fchmodSync(descriptor, mode & 0o777);
    }
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(replacement, file);
}

const ADD = {
  positionals: ['NAME'],
  options: {
    scope: { type: 'string', multiple: true },
    channel: { type: 'string', multiple: true },
    'app-id': { type: 'string', multiple: true },
    storage: { type: 'string', multiple: true },
    expires: { type: 'string' },
  },
} as const;

function add(file: string, args: readonly string[]): void {
  const { values, positionals } = parseArguments(args, ADD);
  const [name = ''] = positionals;
  const keys = readKeys(file);
  if (keys.some((key) => key.name === name)) throw new UsageError(`A key is named ${name} already.`);
  if (values.scope === undefined) throw new ArgumentsError('Give --scope read, control or admin.');
  const credential = makeCredential();
  const checked = checkedApiKey({
    name,
    sha256: hashOf(credential),
    scopes: values.scope.map((scope) => `recordings:${scope}`) as ApiKey['scopes'],
    channels: values.channel ?? [],
    appIds: values['app-id'] ?? [],
    storageProfiles: values.storage,
    expiresAt: values.expires ?? null,
  });
  if ('problems' in checked) throw new UsageError(checked.problems.join('; '));
  writeKeys(file, [...keys, checked.key]);
  console.log(credential);
}

function list(file: string): void {
  const rows = readKeys(file).map(({ name, scopes, channels, appIds, storageProfiles, expiresAt }) => [
    name,
    scopes.join(' '),
    channels.join(' '),
    appIds.join(' '),
    storageProfiles?.join(' ') ?? '(default)',
    expiresAt ?? 'never',
  ]);
  console.log(table(['name', 'scopes', 'channels', 'App IDs', 'storage profiles', 'expires'], rows));
}

function revoke(file: string, name: string): void {
  const keys = readKeys(file);
  if (!keys.some((key) => key.name === name)) throw new UsageError(`No key is named ${name}.`);
  writeKeys(
    file,
    keys.filter((key) => key.name !== name),
  );
}

export const runCommand: RunCommand = ([action = '', ...args], environment) => {
  switch (action) {
    case 'add':
      add(keysFile(environment), args);
      break;
    case 'list':
      noArguments(args);
      list(keysFile(environment));
      break;
    case 'revoke':
      revoke(keysFile(environment), oneArgument(args, 'NAME'));
      break;
    default:
      throw new ArgumentsError(action === '' ? 'An action is missing.' : `Unknown action: ${action}.`);
  }
  return Promise.resolve(EXIT.ok);
};
