/** `npm run new-epoch`: what an operator runs once after a backup was restored, while no gateway runs on the store. */
import { randomBytes } from 'node:crypto';
import { EXIT_SETTINGS, existingStoreOrExit } from './settings/settings-or-exit.js';
import { beginEpoch } from './store/maintenance/begin-epoch.js';
import { StoreHeldError } from './store/errors.js';

const url = existingStoreOrExit();
try {
  await beginEpoch(url, randomBytes(32).toString('hex'));
  console.log('The store has begun a new epoch: cursors from before it expire. Start the gateways now.');
} catch (error) {
  console.error(
    `The store could not begin a new epoch: ${error instanceof Error ? error.message : String(error)}`,
  );
  process.exit(error instanceof StoreHeldError ? EXIT_SETTINGS : 1);
}
