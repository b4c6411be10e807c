import { z } from 'zod';
import { check } from '../checks/check.js';
import { type RecordingMode } from '../../tasks/modes/mode.js';
import { type Answer, failures, identityOf, success } from '../replies.js';
import { type ServiceOperation } from '../../service.js';
import { type Task } from '../../tasks/task.js';
import { findTaskForBody } from './find-task.js';

const stopRequest = z.looseObject({ async_stop: z.boolean().nullish() });

/** Code of a stop whose upload took longer than Agora waits (stop-endpoint.md, async_stop). */
const UPLOAD_TIMEOUT = 50;

function answerTo(task: Task, mode: RecordingMode, spoilt: boolean, lateStatus: number): Answer {
  if (task.sliceStartTime === null) return failures.nothingRecorded();
  if (spoilt) {
    // quickstart.md, common errors: 206 and no fileList.
    return { status: 206, body: { ...identityOf(task), serverResponse: mode.stopResponse(task, false) } };
  }
  const body = { ...identityOf(task), serverResponse: mode.stopResponse(task, true) };
  const goesOn = task.actions.uploaded !== undefined;
  return goesOn ? { status: lateStatus, body: { ...body, code: UPLOAD_TIMEOUT } } : success(body);
}

/** Ends a recording, and by default waits for its upload (stop-endpoint.md). */
export const stop: ServiceOperation = async (service, call) => {
  const found = findTaskForBody('Stop', service, call);
  if ('failure' in found) return found.failure;
  const { task, mode, now, clientRequest } = found;
  const checked = check('Stop', stopRequest, clientRequest);
  if ('reason' in checked) return failures.invalid(checked.reason);
  const { lateStopIsOk, secondStopIsInvalid } = service.assumptions();
  if (task.endingAt !== null) return secondStopIsInvalid ? failures.ending() : failures.noWorker();
  service.store.transaction(() => {
    mode.stop(task, now);
    service.tasks.save(task);
  });
  if (checked.value.async_stop === true) return success({ ...identityOf(task), serverResponse: {} });
  const spoilt = await service.stopDesk.wait(task.sid);
  return answerTo(task, mode, spoilt, lateStopIsOk ? 200 : 206);
};
