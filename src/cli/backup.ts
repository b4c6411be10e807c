import { EXIT } from '../process/exit-codes.js';
import { backUp } from '../store/maintenance/backup.js';
import { oneArgument } from './arguments.js';
import { type RunCommand } from './commands.js';
import { existingStore } from './existing-store.js';

export const runCommand: RunCommand = async (args, environment) => {
  const path = oneArgument(args, 'FILE');
  const { bytes, recordings, observations } = await backUp(existingStore(environment), path);
  console.log(`Wrote ${path}: ${recordings} recordings, ${observations} observations, ${bytes} bytes.`);
  return EXIT.ok;
};
