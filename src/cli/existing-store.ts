import { existsSync } from 'node:fs';
import { type Environment } from '../settings/environment.js';
import { requireSettings } from '../settings/settings.js';
import { UsageError } from './arguments.js';

/** DATABASE_URL of a store that exists: a command for operators creates none. */
export function existingStore(environment: Environment): string {
  const url = requireSettings(environment).databaseUrl.reveal();
  const path = /^file:(.*)$/.exec(url)?.[1];
  if (path !== undefined && !existsSync(path))
    throw new UsageError(`There is no store at ${path}. Check DATABASE_URL.`);
  return url;
}
