import { failures, identityOf, success } from '../replies.js';
import { type ServiceOperation } from '../../service.js';
import { findTask } from './find-task.js';

/** Tells where a recording stands (query-endpoint.md). */
export const query: ServiceOperation = (service, call) => {
  const found = findTask(service, call);
  if ('failure' in found) return found.failure;
  const { task, mode, now } = found;
  if (task.endingAt !== null && !service.assumptions().queryWhileEndingTellsStatus) return failures.exiting();
  return success({ ...identityOf(task), serverResponse: mode.queryResponse(task, now) });
};
