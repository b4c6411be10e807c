/**
 * Loaded before a command (node --import): kills the process with SIGKILL right before the statement of the given number
 * (DIE_AT_STATEMENT, from 1) is sent to the database.
 */
import { DefaultQueryExecutor } from 'kysely';

const at = Number(process.env.DIE_AT_STATEMENT);
const base = Object.getPrototypeOf(DefaultQueryExecutor.prototype);
const { executeQuery } = base;
let number = 0;

base.executeQuery = function (...parameters) {
  number += 1;
  if (number === at) process.kill(process.pid, 'SIGKILL');
  return executeQuery.apply(this, parameters);
};
