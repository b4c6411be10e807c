import { readFileSync, statSync } from 'node:fs';
import { type ApiKey, hashOf, parseApiKeys } from './api-keys.js';
import { type Caller } from './caller.js';
import { CredentialError } from './credential-error.js';
import { permissionsOf } from './permissions.js';

/** How often the file is looked at for a change. Real milliseconds. */
export const FILE_CHECK_INTERVAL_MS = 2_000;

export interface ApiKeyCallers {
  /** Throws CredentialError. */
  callerOf(credential: string): Caller;
  /** Reads the file now. */
  reload(): void;
  close(): void;
}

export interface ApiKeyParts {
  file: string;
  /** The file was read again. */
  onReload: (keys: number) => void;
  /** It could not be: the keys that were read before stay in use. */
  onProblem: (problem: string) => void;
}

/** Differs when the file was changed, or replaced by another one. */
function stamp(file: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(file);
    return [mtimeMs, size, ino].join(' ');
  } catch {
    return 'missing';
  }
}

function read(file: string): { keys: ApiKey[] } | { problem: string } {
  try {
    const parsed = parseApiKeys(readFileSync(file, 'utf8'));
    return 'keys' in parsed ? parsed : { problem: parsed.problems.join('; ') };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** The callers of the keys in a file, which is read again when it changes. */
export function createApiKeyCallers({ file, onReload, onProblem }: ApiKeyParts): ApiKeyCallers {
  let byHash = new Map<string, ApiKey>();
  let seen = '';

  function load(): void {
    seen = stamp(file);
    const result = read(file);
    if ('problem' in result) return onProblem(result.problem);
    byHash = new Map(result.keys.map((key) => [key.sha256, key]));
    onReload(result.keys.length);
  }

  load();
  const timer = setInterval(() => {
    if (stamp(file) !== seen) load();
  }, FILE_CHECK_INTERVAL_MS);
  timer.unref();

  return {
    callerOf(credential) {
      const key = byHash.get(hashOf(credential));
      if (key === undefined) throw new CredentialError('invalid', 'no such key');
      const expiresAt = key.expiresAt === null ? null : Date.parse(key.expiresAt);
      const entry = JSON.stringify(key);
      return {
        ...permissionsOf(key),
        name: key.name,
        expiresAt,
        // A key whose permissions were changed counts as another one.
        isRevoked: () => JSON.stringify(byHash.get(key.sha256)) !== entry,
      };
    },
    reload: load,
    close: () => clearInterval(timer),
  };
}
