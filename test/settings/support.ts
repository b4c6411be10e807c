import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings, type Settings } from '../../src/settings/settings.js';
import { temporaryDirectory } from '../support/processes.js';

export const APP_ID = '0123456789abcdef0123456789abcdef';
export const OTHER_APP_ID = 'fedcba9876543210fedcba9876543210';

export const CERTIFICATE = '5CFd2fd1755d40ecb72977518be15d3b';

export const AGORA = {
  AGORA_APP_ID: APP_ID,
  AGORA_CUSTOMER_ID: 'customer',
  AGORA_CUSTOMER_SECRET: 'canary-customer-secret',
};

export const PROFILE = {
  name: 'archive',
  vendor: 1,
  region: 7,
  bucket: 'acme-recordings',
  accessKey: 'canary-access-key',
  secretKey: 'canary-secret-key',
};

export function settingsOf(env: Record<string, string>): Settings {
  const result = readSettings(env);
  if ('problems' in result) throw new Error(result.problems.join('\n'));
  return result.settings;
}

export function problemsOf(env: Record<string, string>): string[] {
  const result = readSettings(env);
  return 'problems' in result ? result.problems : [];
}

export interface Files {
  directory: string;
  /** Writes a file and returns its path. */
  file(content: string): string;
  /** The setting that names a configuration file with this content. */
  config(content: unknown): { GATEWAY_CONFIG: string };
  remove(): void;
}

export function temporaryFiles(): Files {
  const directory = temporaryDirectory();
  let count = 0;
  const file = (content: string) => {
    const path = join(directory.path, `file-${(count += 1)}`);
    writeFileSync(path, content);
    return path;
  };
  return {
    directory: directory.path,
    file,
    config: (content) => ({ GATEWAY_CONFIG: file(JSON.stringify(content)) }),
    remove: () => directory.remove(),
  };
}
