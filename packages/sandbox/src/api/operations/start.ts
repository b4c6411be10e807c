import { z } from 'zod';
import { RESOURCE_VALID_MS } from '@agora-recording-gateway/agora/tables/operations';
import { check, identity } from '../checks/check.js';
import { withHonouredLists } from '../checks/subscription-lists.js';
import { identifiers } from '../../tasks/identifiers.js';
import { type Answer, failures, identityOf, success } from '../replies.js';
import { type Service, type ServiceOperation } from '../../service.js';
import { type Resource } from '../../tasks/store.js';
import { newTask, type StartPlan } from '../../tasks/task.js';
import { type RecordingMode } from '../../tasks/modes/mode.js';
import { parameterHashes } from './acquire.js';

const HOUR_MS = 3_600_000;

const body = identity.extend({ clientRequest: z.looseObject({}) });

/** startParameter of acquire has to agree with start (rest-api-reference.md, acquire-request). */
function agrees(resource: Resource, clientRequest: Record<string, unknown>): boolean {
  const given = parameterHashes(clientRequest);
  return Object.entries(resource.startParameter).every(([name, hash]) => given[name] === hash);
}

function alreadyStarted(service: Service, sid: string): Answer {
  const answer = failures.alreadyStarted();
  return service.assumptions().alreadyStartedLacksSid ? answer : { ...answer, body: { ...answer.body, sid } };
}

function begin(service: Service, resource: Resource, mode: RecordingMode, plan: StartPlan): Answer {
  const { clock, store, tasks, resources } = service;
  const { resourceId, appId, cname, uid } = resource;
  const startedAt = clock.now();
  const task = newTask({
    ...{ sid: identifiers.hex32(), resourceId, appId, cname, uid, mode: mode.name, startedAt, plan },
    expiresAt: startedAt + resource.resourceExpiredHour * HOUR_MS,
  });
  store.transaction(() => {
    mode.begin(task, startedAt);
    tasks.add(task);
    resources.save({ ...resource, sid: task.sid });
  });
  return success(identityOf(task));
}

/** Starts a recording with a resource, once (rest-api-reference.md, start; codes: agora-facts.md, section 3). */
export const start: ServiceOperation = (service, call) => {
  const mode = service.modes.get(call.mode);
  if (mode === undefined) {
    return failures.invalid(`Start: mode ${call.mode} is not available in the sandbox`);
  }
  const resource = service.resources.find(call.resourceId);
  if (resource === null) return failures.resourceUnknown();
  const checked = check('Start', body, call.body);
  if ('reason' in checked) return failures.invalid(checked.reason);
  const { cname, uid, clientRequest } = checked.value;
  if (resource.appId !== call.appId || resource.cname !== cname || resource.uid !== uid) {
    return failures.mismatch();
  }
  if (resource.sid !== null) return alreadyStarted(service, resource.sid);
  if (service.clock.now() - resource.acquiredAt >= RESOURCE_VALID_MS) return failures.resourceExpired();
  if (!mode.scenes.includes(resource.scene)) return failures.invalid('Start: invalid scene value');
  if (!agrees(resource, clientRequest)) return failures.invalid('Start: invalid startParameter value');
  const plan = mode.checkStart(withHonouredLists(clientRequest, service.assumptions()));
  if ('reason' in plan) return failures.invalid(plan.reason);
  if (service.tasks.running(resource) !== null) return failures.conflict();
  return begin(service, resource, mode, plan.value);
};
