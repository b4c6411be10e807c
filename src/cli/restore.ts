import { randomBytes } from 'node:crypto';
import { EXIT } from '../process/exit-codes.js';
import { requireSettings } from '../settings/settings.js';
import { restore } from '../store/maintenance/restore.js';
import { oneArgument } from './arguments.js';
import { type RunCommand } from './commands.js';
import { printUnreadable } from './print-unreadable.js';
import { storeOf } from './existing-store.js';

export const runCommand: RunCommand = async (args, environment) => {
  const path = oneArgument(args, 'FILE');
  const store = storeOf(requireSettings(environment));
  const epoch = randomBytes(32).toString('hex');
  const { recordings, observations, replaced } = await restore(store, path, {
    epoch,
    now: new Date(),
    onUnreadable: printUnreadable,
  });
  console.log(`Restored ${path}: ${recordings} recordings, ${observations} observations.`);
  if (replaced !== null) console.log(`The store that was there before is kept as ${replaced}.`);
  console.log(
    'The store has begun a new epoch: cursors from before it have expired. Start the gateways now.',
  );
  return EXIT.ok;
};
