/**
 * Loaded before a command (node --import): kills the process with SIGKILL right before the step of the given number
 * (DIE_AT_STEP, from 1). A step is a statement that is sent to the database, or a change of the file system. Without the
 * number, prints the names of all steps.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { DefaultQueryExecutor } from 'kysely';

const at = Number(process.env.DIE_AT_STEP ?? 0);
const names = [];

function step(name) {
  names.push(name);
  if (names.length === at) process.kill(process.pid, 'SIGKILL');
}

function counted(object, name) {
  const original = object[name];
  object[name] = function (...parameters) {
    step(name);
    return original.apply(this, parameters);
  };
}

counted(Object.getPrototypeOf(DefaultQueryExecutor.prototype), 'executeQuery');
for (const name of ['copyFileSync', 'fsyncSync', 'renameSync', 'rmSync']) counted(fs, name);
syncBuiltinESMExports();
if (at === 0) process.on('exit', () => console.log(`steps: ${names.join(' ')}`));
