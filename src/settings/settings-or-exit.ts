import { existsSync } from 'node:fs';
import { readSettings, type Settings } from './settings.js';

/** EX_CONFIG of sysexits.h: the settings are wrong, and a restart would not help. */
export const EXIT_SETTINGS = 78;

/** The settings of this process; with wrong ones it tells every problem and ends. */
export function settingsOrExit(): Settings {
  const result = readSettings(process.env);
  if ('settings' in result) return result.settings;
  console.error('The settings are not right:');
  for (const problem of result.problems) console.error(`  - ${problem}`);
  process.exit(EXIT_SETTINGS);
}

/** DATABASE_URL of a store that is there: a command for operators makes none, so it ends where a file is missing. */
export function existingStoreOrExit(): string {
  const url = settingsOrExit().databaseUrl.reveal();
  const path = /^file:(.*)$/.exec(url)?.[1];
  if (path === undefined || existsSync(path)) return url;
  console.error(`There is no store at ${path}: see DATABASE_URL.`);
  process.exit(EXIT_SETTINGS);
}
