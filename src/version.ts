import { readFileSync } from 'node:fs';

/** The version in package.json, which lies next to `src` as it does next to `dist`. */
export const VERSION = (
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
).version;
