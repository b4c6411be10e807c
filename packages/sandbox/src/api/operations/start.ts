import * as z from 'zod';
import { RESOURCE_VALID_MS } from '@agora-recording-gateway/agora/tables/operations';
import { identifiers } from '../../tasks/identifiers.js';
import { type RecordingMode } from '../../tasks/modes/mode.js';
import { type Resource } from '../../tasks/store.js';
import { newTask, type StartPlan } from '../../tasks/task.js';
import { check, identity } from '../checks/check.js';
import { withoutEmptyValues } from '../checks/empty-values.js';
import { normalizeStart } from '../checks/normalize-start.js';
import { type Answer, failures, identityOf, success } from '../replies.js';
import { type Service, type ServiceOperation } from '../service.js';
import { parameterHashes } from './acquire.js';
import { reportStatusMismatch } from './report-status-mismatch.js';

const HOUR_MS = 3_600_000;

const body = identity.extend({ clientRequest: z.looseObject({}) });

/** startParameter of acquire must agree with start (REST reference, acquire-request). */
function agrees(resource: Resource, clientRequest: Record<string, unknown>): boolean {
  const given = parameterHashes(clientRequest);
  return Object.entries(resource.startParameter).every(([name, hash]) => given[name] === hash);
}

function mismatch(service: Service): Answer {
  return failures.invalid(
    service.assumptions().mismatchSaysRequestHash
      ? 'request_hash mismatch!'
      : 'Start: invalid startParameter value',
  );
}

function alreadyStarted(service: Service, { resourceId, sid }: { resourceId: string; sid: string }): Answer {
  const { alreadyStartedLacksSid, alreadyStartedSaysReason } = service.assumptions();
  reportStatusMismatch(service, service.tasks.find(sid));
  const answer = failures.alreadyStarted();
  const { code } = answer.body;
  const given = alreadyStartedSaysReason ? answer.body : { resourceId, sid: '', code };
  return { ...answer, body: { ...given, ...(alreadyStartedLacksSid ? {} : { sid }) } };
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

/** Starts a recording with a resource, once (REST reference, start). */
export const start: ServiceOperation = (service, call) => {
  const mode = service.modes.get(call.mode);
  if (mode === undefined) return failures.invalid('Start: invalid mode value');
  const resource = service.resources.find(call.resourceId);
  if (resource === null) return failures.resourceUnknown();
  const checked = check('Start', body, call.body);
  if ('reason' in checked) return failures.invalid(checked.reason);
  const { cname, uid } = checked.value;
  const clientRequest = withoutEmptyValues(checked.value.clientRequest);
  if (resource.appId !== call.appId || resource.cname !== cname || resource.uid !== uid) {
    return failures.mismatch();
  }
  if (resource.sid !== null) return alreadyStarted(service, { ...resource, sid: resource.sid });
  if (service.clock.now() - resource.acquiredAt >= RESOURCE_VALID_MS) return failures.resourceExpired();
  if (!mode.scenes.includes(resource.scene)) return failures.invalid('Start: invalid scene value');
  const assumptions = service.assumptions();
  const hasParameter = Object.keys(resource.startParameter).length > 0;
  if (!agrees(resource, clientRequest) || (hasParameter && !assumptions.startRepeatsStartParameter)) {
    return mismatch(service);
  }
  const plan = mode.checkStart(normalizeStart(clientRequest, mode.name, assumptions), {
    area: resource.area,
    nowMs: service.clock.now(),
  });
  if ('reason' in plan) return failures.invalid(plan.reason);
  if (service.tasks.running(resource) !== null) return failures.conflict();
  const refusal = plan.value.refusal ?? service.startRefusals.take(cname);
  return begin(service, resource, mode, { ...plan.value, refusal });
};
