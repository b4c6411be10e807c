import * as z from 'zod';
import { type RecordingMode } from '../../tasks/modes/mode.js';
import { isReachable, type Task } from '../../tasks/task.js';
import { check, type CheckedOperation, identity } from '../checks/check.js';
import { withoutEmptyValues } from '../checks/empty-values.js';
import { type Answer, failures } from '../replies.js';
import { type Service, type ServiceCall } from '../service.js';

export interface FoundTask {
  task: Task;
  mode: RecordingMode;
  /** Sandbox time at which the call is carried out. */
  now: number;
}

/** The task that a path names, or a 404: it ended, is in a failover, expired, or never existed. */
export function findTask(service: Service, call: ServiceCall): FoundTask | { failure: Answer } {
  const now = service.clock.now();
  const task = service.tasks.find(call.sid);
  const mode = service.modes.get(call.mode);
  const matches =
    task !== null &&
    task.appId === call.appId &&
    task.resourceId === call.resourceId &&
    task.mode === call.mode;
  if (!matches || mode === undefined || !isReachable(task, now)) return { failure: failures.noWorker() };
  return { task, mode, now };
}

const body = identity.extend({ clientRequest: z.looseObject({}) });

/** As findTask, for calls with a body: its cname and uid must be those of the task. */
export function findTaskForBody(
  operation: CheckedOperation,
  service: Service,
  call: ServiceCall,
): (FoundTask & { clientRequest: Record<string, unknown> }) | { failure: Answer } {
  const checked = check(operation, body, call.body);
  if ('reason' in checked) return { failure: failures.invalid(checked.reason) };
  const found = findTask(service, call);
  if ('failure' in found) return found;
  const { cname, uid, clientRequest } = checked.value;
  if (cname !== found.task.cname || uid !== found.task.uid) return { failure: failures.mismatch() };
  return { ...found, clientRequest: withoutEmptyValues(clientRequest) };
}
