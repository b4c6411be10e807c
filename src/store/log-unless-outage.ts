import { type Log } from '../telemetry/log.js';
import { StoreUnavailableError } from './errors.js';

/** Logs an error that has no caller. An outage of the store is not logged here: the store logs each one once. */
export function logUnlessOutage(log: Log, error: unknown, message: string, fields: object = {}): void {
  if (!(error instanceof StoreUnavailableError)) log.error({ ...fields, error }, message);
}
