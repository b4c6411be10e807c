import { EXIT } from '../process/exit-codes.js';
import { openDatabase } from '../store/drivers/database.js';
import { rebuildRecordings } from '../store/maintenance/rebuild.js';
import { migrate } from '../store/migrations/migrate.js';
import { hasOption } from './arguments.js';
import { type RunCommand } from './commands.js';
import { existingStore } from './existing-store.js';
import { printUnreadable } from './print-unreadable.js';

export const runCommand: RunCommand = async (args, environment) => {
  const dryRun = hasOption(args, '--dry-run');
  const database = openDatabase(existingStore(environment));
  try {
    await database.hold('alone');
    if (!dryRun) await migrate(database, { onUnreadable: printUnreadable });
    const { recordings, changed } = await rebuildRecordings(database.kysely, {
      dryRun,
      onChange: ({ recordingId, fields }) =>
        console.log(`${recordingId}: ${fields.join(', ') || 'nothing that is shown'}`),
    });
    console.log(`${changed} of ${recordings} recordings ${dryRun ? 'would change' : 'changed'}.`);
    return changed > 0 ? EXIT.changed : EXIT.ok;
  } finally {
    await database.close();
  }
};
