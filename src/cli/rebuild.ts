import { EXIT } from '../process/exit-codes.js';
import { rebuildRecordings } from '../store/maintenance/rebuild.js';
import { withStore } from '../store/maintenance/store-address.js';
import { assertStore, assertUpToDate, examineSnapshot } from '../store/migrations/examine.js';
import { migrate } from '../store/migrations/migrate.js';
import { parseArguments } from './arguments.js';
import { type RunCommand } from './commands.js';
import { existingStore } from './existing-store.js';
import { printUnreadable } from './print-unreadable.js';

export const runCommand: RunCommand = async (args, environment) => {
  const { values } = parseArguments(args, {
    positionals: [],
    options: { 'dry-run': { type: 'boolean', default: false } },
  });
  const dryRun = values['dry-run'];
  const store = existingStore(environment);
  return await withStore(store, 'alone', async (database) => {
    const examined = await examineSnapshot(database, store.appIds);
    assertStore(examined);
    if (dryRun) assertUpToDate(examined);
    else await migrate(database, { appIds: store.appIds, onUnreadable: printUnreadable });
    const { recordings, changed } = await rebuildRecordings(database.kysely, {
      dryRun,
      onChange: ({ recordingId, fields }) =>
        console.log(`${recordingId}: ${fields.join(', ') || 'nothing that is shown'}`),
    });
    console.log(`${changed} of ${recordings} recordings ${dryRun ? 'would change' : 'changed'}.`);
    return changed > 0 ? EXIT.changed : EXIT.ok;
  });
};
