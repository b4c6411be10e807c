import { EXIT_SETTINGS, existingStoreOrExit } from './settings/settings-or-exit.js';
import { openDatabase } from './store/drivers/database.js';
import { StoreHeldError } from './store/errors.js';
import { migrate } from './store/migrations/migrations.js';
import { rebuildRecordings } from './store/maintenance/rebuild.js';

/**
 * `npm run rebuild`: derives every recording anew from its log, and tells which ones changed. `--dry-run` writes nothing.
 * Exit codes: 0 nothing changed, 2 something did (or would), 1 it failed, 78 a gateway holds the store, there is none, or
 * the settings are wrong.
 */
const EXIT_CHANGED = 2;

function fail(message: string, code: number): never {
  console.error(message);
  process.exit(code);
}

const unknown = process.argv.slice(2).filter((argument) => argument !== '--dry-run');
if (unknown.length > 0) fail(`Unknown: ${unknown.join(' ')}. The one option is --dry-run.`, EXIT_SETTINGS);
const dryRun = process.argv.includes('--dry-run');

const url = existingStoreOrExit();

try {
  const database = openDatabase(url);
  if (!dryRun) await migrate(database);
  const { recordings, changed } = await rebuildRecordings(database.kysely, {
    dryRun,
    onChange: ({ recordingId, fields }) =>
      console.log(`${recordingId}: ${fields.join(', ') || 'nothing that is shown'}`),
  });
  await database.close();
  console.log(`${changed} of ${recordings} recordings ${dryRun ? 'would change' : 'changed'}.`);
  process.exitCode = changed > 0 ? EXIT_CHANGED : 0;
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  fail(`The rebuild failed: ${message}`, error instanceof StoreHeldError ? EXIT_SETTINGS : 1);
}
