/** `npm run new-epoch`: what an operator runs once after a backup was restored, while no gateway runs on the store. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readSettings } from './config/settings.js';
import { beginEpoch } from './store/begin-epoch.js';
import { StoreHeldError } from './store/errors.js';

const result = readSettings(process.env);
if ('problems' in result) {
  console.error('The settings are not right:');
  for (const problem of result.problems) console.error(`  - ${problem}`);
  process.exit(78);
}
const url = result.settings.databaseUrl.reveal();
const path = /^file:(.*)$/.exec(url)?.[1];
if (path !== undefined && !existsSync(path)) {
  console.error(`There is no store at ${path}: see DATABASE_URL.`);
  process.exit(78);
}
try {
  await beginEpoch(url, randomBytes(32).toString('hex'));
  console.log('The store has begun a new epoch: cursors from before it expire. Start the gateways now.');
} catch (error) {
  console.error(
    `The store could not begin a new epoch: ${error instanceof Error ? error.message : String(error)}`,
  );
  process.exit(error instanceof StoreHeldError ? 78 : 1);
}
