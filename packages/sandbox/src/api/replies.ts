import { type Task } from '../tasks/task.js';

/** The reply to a call. */
export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** Refusals of Agora's API gateway, which have a form that differs from those of the service. */
export const gatewayAnswers = {
  appIdInvalid: { status: 400, body: { message: 'appid is invalid' } },
  unauthorized: { status: 401, body: { message: 'Unauthorized' } },
  credentialsInvalid: { status: 401, body: { message: 'Invalid authentication credentials' } },
  noRoute: { status: 404, body: { message: 'no Route matched with those values' } },
  rateLimited: { status: 429, body: { message: 'API rate limit exceeded' } },
} as const satisfies Record<string, Answer>;

function failure(status: number, code: number, reason: string): Answer {
  return { status, body: { code, reason } };
}

/**
 * Refusals of Agora's service. Codes and reasons are those of the table of status codes, then those of the list before
 * June 2026 (https://docs.agora.io/en/cloud-recording/rest-api/status-codes).
 */
export const failures = {
  invalid: (reason: string) => failure(400, 2, reason),
  notJson: () => failure(400, 2, 'post method api body check failed!'),
  wrongMediaType: () => failure(400, 8, 'Content-Type must be application/json'),
  invalidAppId: () => failure(400, 400, 'invalid_appid'),
  noActiveStatus: () => failure(400, 405, 'no_active_status'),
  internalError: () => failure(500, 500, 'internal_error'),
  noWorkerManager: () => failure(500, 501, 'no_worker_manager_available'),
  allocateTimeout: () => failure(500, 504, 'allocate_timeout'),
  workerNotAllocated: () => failure(500, 502, 'Failed to allocate worker'),
  notCompleted: () => failure(206, 65, 'request not completed'),
  requestTimeout: (status: number) => failure(status, 62, 'request timeout'),
  overload: () => failure(400, 406, 'vendor_over_load'),
  alreadyStarted: () => failure(201, 7, 'already started'),
  conflict: () => failure(400, 53, 'task conflict'),
  mismatch: () => failure(400, 432, 'appid, cname or uid does not match the resource id'),
  resourceExpired: () => failure(400, 433, 'resource id expired'),
  resourceUnknown: () => failure(400, 1001, 'resource id cannot be decoded'),
  exiting: () => failure(400, 501, 'recording is exiting'),
  invalidChannel: () => failure(400, 401, 'invalid_channel_name'),
  noWorker: () => failure(404, 404, 'failed to find worker'),
  ending: () => failure(400, 49, 'invalid operation'),
  nothingRecorded: () => failure(206, 435, 'no recorded data'),
};

export function identityOf(task: Task): Record<string, unknown> {
  return { cname: task.cname, uid: task.uid, resourceId: task.resourceId, sid: task.sid };
}

export function success(body: Record<string, unknown>): Answer {
  return { status: 200, body };
}
