import { EXIT } from '../process/exit-codes.js';
import { withStore } from '../store/maintenance/store-address.js';
import { migrate } from '../store/migrations/migrate.js';
import { noArguments } from './arguments.js';
import { type RunCommand } from './commands.js';
import { existingStore } from './existing-store.js';
import { printUnreadable } from './print-unreadable.js';

export const runCommand: RunCommand = async (args, environment) => {
  noArguments(args);
  const store = existingStore(environment);
  const reached = new Set<string>();
  await withStore(store, 'gateway', (database) =>
    migrate(database, {
      appIds: store.appIds,
      onUnreadable: printUnreadable,
      onProgress: ({ version, done, total }) => {
        reached.add(version);
        if (total > 0) console.log(`${version}: ${done} of ${total}`);
      },
    }),
  );
  console.log(
    reached.size === 0
      ? 'The store has the version of this release already.'
      : `The store was migrated: ${[...reached].join(', ')}.`,
  );
  return EXIT.ok;
};
