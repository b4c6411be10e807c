import * as z from 'zod';
import { type RecordingMode } from '../../tasks/modes/mode.js';
import { type Task } from '../../tasks/task.js';
import { check } from '../checks/check.js';
import { type Answer, failures, identityOf, success } from '../replies.js';
import { type Service, type ServiceOperation } from '../service.js';
import { findTaskForBody } from './find-task.js';
import { reportStatusMismatch } from './report-status-mismatch.js';

const stopRequest = z.looseObject({ async_stop: z.boolean().optional() });

/** The upload took longer than Agora waits (REST reference, async_stop). */
const UPLOAD_TIMEOUT = 50;

/** The answer to a synchronous stop. A query in flight at the same time leaves it without files (quick start, common errors). */
function answerTo(service: Service, task: Task, mode: RecordingMode, disturbed: boolean): Answer {
  const identity = identityOf(task);
  if (task.sliceStartTime === null) return failures.nothingRecorded();
  if (disturbed) {
    return { status: 206, body: { ...identity, serverResponse: mode.stopResponse(task, false) } };
  }
  const body = { ...identity, serverResponse: mode.stopResponse(task, true) };
  const stillUploading = task.actions.uploaded !== undefined;
  if (!stillUploading) return success(body);
  const { lateStopIsPartial, lateStopSaysCode } = service.assumptions();
  return {
    status: lateStopIsPartial ? 206 : 200,
    body: lateStopSaysCode ? { ...body, code: UPLOAD_TIMEOUT } : body,
  };
}

/** The task is gone for callers once its stop is answered; its upload and its notifications continue. */
function release({ assumptions, store, tasks }: Service, task: Task): void {
  // The sandbox may have been reset while the stop waited.
  if (!assumptions().answeredStopEndsTask || tasks.find(task.sid) !== task) return;
  store.transaction(() => {
    tasks.release(task);
    tasks.save(task);
  });
}

/** Ends a recording, and waits for its upload unless the call is asynchronous (stop page). */
export const stop: ServiceOperation = async (service, call) => {
  const found = findTaskForBody('Stop', service, call);
  if ('failure' in found) return found.failure;
  const { task, mode, now, clientRequest } = found;
  const checked = check('Stop', stopRequest, clientRequest);
  if ('reason' in checked) return failures.invalid(checked.reason);
  if (task.endingAt !== null) {
    reportStatusMismatch(service, task);
    return service.assumptions().secondStopIsInvalid ? failures.ending() : failures.noWorker();
  }
  service.store.transaction(() => {
    mode.stop(task, now);
    service.tasks.save(task);
  });
  if (checked.value.async_stop === true) return success({ ...identityOf(task), serverResponse: {} });
  const disturbed = await service.pendingStops.wait(task.sid);
  const answer = answerTo(service, task, mode, disturbed);
  release(service, task);
  return answer;
};
