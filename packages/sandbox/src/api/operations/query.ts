import { subServiceStatus } from '../../tasks/sub-service-status.js';
import { failures, identityOf, success } from '../replies.js';
import { type ServiceOperation } from '../service.js';
import { findTask } from './find-task.js';

/** Returns the state of a recording (REST reference, query). */
export const query: ServiceOperation = (service, call) => {
  const found = findTask(service, call);
  if ('failure' in found) return found.failure;
  const { task, mode, now } = found;
  const assumptions = service.assumptions();
  if (task.endingAt !== null && !assumptions.queryWhileEndingTellsStatus) return failures.exiting();
  const serverResponse = mode.queryResponse(task, now);
  if (task.mode !== 'web' && !assumptions.queryHasNoSubServiceStatus) {
    serverResponse.subServiceStatus = { recordingService: subServiceStatus(task.status) };
  }
  return success({ ...identityOf(task), serverResponse });
};
