import { normalizeUpdate } from '../checks/normalize-update.js';
import { failures, identityOf, success } from '../replies.js';
import { type ServiceOperation } from '../service.js';
import { findTaskForBody } from './find-task.js';

/** Changes a running recording (REST reference, update). */
export const update: ServiceOperation = (service, call) => {
  const found = findTaskForBody('Update', service, call);
  if ('failure' in found) return found.failure;
  const { task, mode, now, clientRequest } = found;
  return service.store.transaction(() => {
    const reason = mode.update(task, normalizeUpdate(clientRequest, mode.name, service.assumptions()), now);
    if (reason !== null) return failures.invalid(reason);
    service.tasks.save(task);
    return success(identityOf(task));
  });
};
