import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ApiKey, formatApiKeys, hashOf, makeCredential, parseApiKeys } from '../../src/auth/api-keys.js';
import { temporaryDirectory } from './processes.js';

export interface ApiKeysFile {
  path: string;
  /** The settings of a gateway that reads the file. */
  env: Record<string, string>;
  /** Adds a key that may read everything, unless it is said otherwise, and gives it. */
  add(name: string, key?: Partial<ApiKey>): string;
  /** Changes a key. */
  change(name: string, key: Partial<ApiKey>): void;
  revoke(name: string): void;
  remove(): void;
}

/** A file of API keys, as `keys` of the command line writes it. */
export function newApiKeysFile(): ApiKeysFile {
  const directory = temporaryDirectory();
  const path = join(directory.path, 'api-keys.json');
  const read = (): ApiKey[] => {
    const parsed = existsSync(path) ? parseApiKeys(readFileSync(path, 'utf8')) : { keys: [] };
    if ('problems' in parsed) throw new Error(parsed.problems.join('; '));
    return parsed.keys;
  };
  const write = (keys: ApiKey[]) => writeFileSync(path, formatApiKeys(keys));
  write([]);
  return {
    path,
    env: { AUTH: 'keys', AUTH_API_KEYS_FILE: path },
    add(name, key = {}) {
      const credential = makeCredential();
      const standard = {
        scopes: ['recordings:read' as const],
        channels: ['*'],
        appIds: ['*'],
        expiresAt: null,
      };
      write([...read(), { ...standard, ...key, name, sha256: hashOf(credential) }]);
      return credential;
    },
    change: (name, key) => write(read().map((each) => (each.name === name ? { ...each, ...key } : each))),
    revoke: (name) => write(read().filter((each) => each.name !== name)),
    remove() {
      rmSync(path, { force: true });
      directory.remove();
    },
  };
}

export const bearer = (credential: string) => ({ authorization: `Bearer ${credential}` });
