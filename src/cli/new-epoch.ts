import { randomBytes } from 'node:crypto';
import { EXIT } from '../process/exit-codes.js';
import { beginEpoch } from '../store/maintenance/begin-epoch.js';
import { noArguments } from './arguments.js';
import { type RunCommand } from './commands.js';
import { existingStore } from './existing-store.js';
import { printUnreadable } from './print-unreadable.js';

export const runCommand: RunCommand = async (args, environment) => {
  noArguments(args);
  await beginEpoch(existingStore(environment), randomBytes(32).toString('hex'), printUnreadable);
  console.log(
    'The store has begun a new epoch: cursors from before it have expired. Start the gateways now.',
  );
  return EXIT.ok;
};
