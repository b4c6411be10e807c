import { readFileSync, statSync } from 'node:fs';
import { type ApiKey, hashOf, parseApiKeys } from './api-keys.js';
import { type Caller } from './caller.js';
import { CredentialError } from './credential-error.js';
import { keyId } from './credential-reference.js';
import { permissionsOf } from './permissions.js';

/** How often the file is looked at for a change. Real milliseconds. */
export const FILE_CHECK_INTERVAL_MS = 2_000;

export interface ApiKeyCallers {
  /** Throws CredentialError. */
  callerOf(credential: string): Caller;
  /** The caller of the key with this id (CredentialReference), by what the file permits it now; null if the file has no such key. */
  callerById(id: string): Caller | null;
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

/** A key as it was read, and its caller. */
interface Held {
  entry: string;
  caller: Caller;
}

/** The callers of the keys in a file, which is read again when it changes. */
export function createApiKeyCallers({ file, onReload, onProblem }: ApiKeyParts): ApiKeyCallers {
  let byHash = new Map<string, Held>();
  let byId = new Map<string, Caller>();
  let seen = '';

  /** The caller of a key; the same one while the file holds the same key. One whose permissions were changed is another key. */
  function held(key: ApiKey): Held {
    const { name, sha256, expiresAt } = key;
    const entry = JSON.stringify(key);
    const before = byHash.get(sha256);
    if (before?.entry === entry) return before;
    const endsAt = expiresAt === null ? null : Date.parse(expiresAt);
    const caller: Caller = {
      ...permissionsOf(key),
      name,
      credential: { id: keyId(sha256), endsAt },
      expiresAt: endsAt,
      isRevoked: () => byHash.get(sha256)?.caller !== caller,
    };
    return { entry, caller };
  }

  function load(): void {
    seen = stamp(file);
    const result = read(file);
    if ('problem' in result) return onProblem(result.problem);
    byHash = new Map(result.keys.map((key) => [key.sha256, held(key)]));
    byId = new Map([...byHash].map(([sha256, { caller }]) => [keyId(sha256), caller]));
    onReload(result.keys.length);
  }

  load();
  const timer = setInterval(() => {
    if (stamp(file) !== seen) load();
  }, FILE_CHECK_INTERVAL_MS);
  timer.unref();

  return {
    callerOf(credential) {
      const found = byHash.get(hashOf(credential));
      if (found === undefined) throw new CredentialError('invalid', 'no such key');
      return found.caller;
    },
    callerById: (id) => byId.get(id) ?? null,
    reload: load,
    close: () => clearInterval(timer),
  };
}
