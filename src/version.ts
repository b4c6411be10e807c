import { readFileSync } from 'node:fs';
import { MANIFEST } from './paths.js';

/** The version in package.json. */
export const VERSION = (JSON.parse(readFileSync(MANIFEST, 'utf8')) as { version: string }).version;
