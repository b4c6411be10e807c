import { createHash } from 'node:crypto';
import { identifiers } from '../../tasks/identifiers.js';
import { MAX_RUNNING_TASKS } from '../../tasks/tasks.js';
import { checkAcquire, isChannelName } from '../checks/acquire.js';
import { failures, success } from '../replies.js';
import { type ServiceOperation } from '../service.js';

/** A hash of each property: enough to see whether start repeats them, without keeping secrets. */
export function parameterHashes(parameters: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      createHash('sha256').update(canonical(value)).digest('base64url'),
    ]),
  );
}

/** JSON with sorted keys, so that the order of properties does not matter. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)))
      : inner,
  );
}

/** Reserves a resource for one recording (REST reference, acquire). */
export const acquire: ServiceOperation = (service, { appId, body }) => {
  const checked = checkAcquire(body);
  if ('reason' in checked) return failures.invalid(checked.reason);
  const { cname, uid, clientRequest } = checked.value;
  if (!isChannelName(cname, clientRequest.scene)) return failures.invalidChannel();
  if (service.tasks.runningCount >= MAX_RUNNING_TASKS) return failures.overload();
  const resourceId = identifiers.resourceId();
  service.resources.save({
    resourceId,
    appId,
    cname,
    uid,
    scene: clientRequest.scene,
    area: clientRequest.region ?? null,
    acquiredAt: service.clock.now(),
    resourceExpiredHour: clientRequest.resourceExpiredHour,
    startParameter: parameterHashes(clientRequest.startParameter ?? {}),
    sid: null,
  });
  return success({ cname, uid, resourceId });
};
