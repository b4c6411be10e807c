import { failures, identityOf, success } from '../replies.js';
import { type ServiceOperation } from '../service.js';
import { findTaskForBody } from './find-task.js';

/** Replaces the layout of a composite recording; other modes have none (REST reference, updateLayout). */
export const updateLayout: ServiceOperation = (service, call) => {
  const checkLayout = service.modes.get(call.mode)?.checkLayout ?? null;
  if (checkLayout === null) return failures.invalid('UpdateLayout: invalid mode value');
  const found = findTaskForBody('UpdateLayout', service, call);
  if ('failure' in found) return found.failure;
  const reason = checkLayout(found.clientRequest);
  return reason === null ? success(identityOf(found.task)) : failures.invalid(reason);
};
