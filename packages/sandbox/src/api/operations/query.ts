import { subServiceStatus } from '../../tasks/sub-service-status.js';
import { failures, identityOf, success } from '../replies.js';
import { type ServiceOperation } from '../service.js';
import { findTask } from './find-task.js';

/** Returns the state of a recording (REST reference, query). */
export const query: ServiceOperation = (service, call) => {
  const found = findTask(service, call);
  if ('failure' in found) return found.failure;
  const { task, mode, now } = found;
  const { queryWhileEndingTellsStatus, queryHasNoSubServiceStatus } = service.assumptions();
  if (task.endingAt !== null && !queryWhileEndingTellsStatus) return failures.exiting();
  const serverResponse = mode.queryResponse(task, now);
  if (!queryHasNoSubServiceStatus && task.mode !== 'web') {
    serverResponse.subServiceStatus = { recordingService: subServiceStatus(task.status) };
  }
  return success({ ...identityOf(task), serverResponse });
};
