import { type Mode } from '@agora-recording-gateway/agora/tables/operations';
import { type Assumptions } from '../control/assumptions.js';
import { formatFiles } from '../files/format-files.js';
import { type RecorderEvent } from './events.js';

type Json = Record<string, unknown>;

/** leaveCode of event 41 by the list of the callback page, where the bitmask has another number for the same meaning. */
const LISTED_LEAVE_CODES: Readonly<Record<number, number>> = { 2: 1, 4: 2, 16: 8 };

/** Numbers for the states of a push, by position. Agora publishes the type Number, but no numbers. */
const PUSH_STATUS_NUMBERS = ['connecting', 'publishing', 'onhold', 'disconnected'];

function formatDetails({ eventType, details }: RecorderEvent, mode: Mode, assumptions: Assumptions): Json {
  switch (eventType) {
    case 11: {
      const { exitStatus, ...rest } = details;
      return assumptions.sessionExitSaysExitStatus ? details : { ...rest, leaveStatus: exitStatus };
    }
    case 30:
    case 40:
      return assumptions.eventStatusIsNumber ? details : { ...details, status: String(details.status) };
    case 31:
    case 32: {
      const { fileList, status, ...rest } = details;
      const omitted = mode === 'web' && assumptions.webUploadedHasNoFileList;
      return {
        ...rest,
        ...(Array.isArray(fileList) && !omitted ? { fileList: formatFiles(fileList, assumptions) } : {}),
        status: assumptions.eventStatusIsNumber ? status : String(status),
      };
    }
    case 41: {
      const leaveCode = Number(details.leaveCode);
      if (assumptions.leaveCodeIsBitmask) return details;
      return { ...details, leaveCode: LISTED_LEAVE_CODES[leaveCode] ?? leaveCode };
    }
    case 42:
      return assumptions.sliceStartSaysMixedAllUserAsBoolean
        ? details
        : { ...details, mixedAllUser: String(details.mixedAllUser) };
    case 71:
      return { ...details, fileList: formatFiles(details.fileList as unknown[], assumptions) };
    case 100:
      return assumptions.pushStatusIsWord
        ? details
        : { ...details, status: PUSH_STATUS_NUMBERS.indexOf(String(details.status)) };
    default:
      return details;
  }
}

/** An event of a task in this mode, in the form that the assumptions choose. */
export function formatEvent(event: RecorderEvent, mode: Mode, assumptions: Assumptions): RecorderEvent {
  return { ...event, details: formatDetails(event, mode, assumptions) };
}
