import { type Mode } from '@agora-recording-gateway/agora/tables/operations';
import { type Assumptions } from '../control/assumptions.js';
import { type SandboxOperation } from './calls.js';
import { type RecorderEvent } from '../notifications/events.js';
import { type Answer } from './replies.js';

/**
 * How what the sandbox says is put into words. Inside there is one form of everything; where the documents know two, the
 * assumptions decide here, at the edge, which one goes out.
 */
type Json = Record<string, unknown>;

function spellFile(file: Json, assumptions: Assumptions): Json {
  return Object.fromEntries(
    Object.entries(file).map(([name, value]) => {
      if (name === 'sliceStartTime' && !assumptions.sliceStartTimeIsMilliseconds) {
        return [name, Math.floor(Number(value) / 1000)];
      }
      return [name === 'filename' && !assumptions.webFilesSayFilename ? 'fileName' : name, value];
    }),
  );
}

function spellFiles(list: unknown[], assumptions: Assumptions): Json[] {
  return list.map((file) => spellFile(file as Json, assumptions));
}

/** leaveCode of event 41 by the older list (callback-service.md), where the bitmask has another number for it. */
const LEAVE_CODES_OF_LIST: Readonly<Record<number, number>> = { 2: 1, 4: 2, 16: 8 };

/** Numbers for the states of a push; nobody publishes which they would be. */
const PUSH_STATUS_NUMBERS = ['connecting', 'publishing', 'onhold', 'disconnected'];

function spellDetails({ eventType, details }: RecorderEvent, mode: Mode, assumptions: Assumptions): Json {
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
      const dropped = mode === 'web' && assumptions.webUploadedHasNoFileList;
      return {
        ...rest,
        ...(Array.isArray(fileList) && !dropped ? { fileList: spellFiles(fileList, assumptions) } : {}),
        status: assumptions.eventStatusIsNumber ? status : String(status),
      };
    }
    case 41: {
      const leaveCode = Number(details.leaveCode);
      if (assumptions.leaveCodeIsBitmask) return details;
      return { ...details, leaveCode: LEAVE_CODES_OF_LIST[leaveCode] ?? leaveCode };
    }
    case 42:
      return assumptions.sliceStartSaysMixedAllUserAsBoolean
        ? details
        : { ...details, mixedAllUser: String(details.mixedAllUser) };
    case 71:
      return { ...details, fileList: spellFiles(details.fileList as unknown[], assumptions) };
    case 100:
      return assumptions.pushStatusIsWord
        ? details
        : { ...details, status: PUSH_STATUS_NUMBERS.indexOf(String(details.status)) };
    default:
      return details;
  }
}

/** An event of a task in this mode, as it is told. */
export function spellEvent(event: RecorderEvent, mode: Mode, assumptions: Assumptions): RecorderEvent {
  return { ...event, details: spellDetails(event, mode, assumptions) };
}

function spellUploadingStatus(status: unknown, assumptions: Assumptions): unknown {
  return status === 'unknown' && !assumptions.uploadIsCalledUnknown ? 'unknow' : status;
}

function spellFileList(list: unknown[], mode: string, assumptions: Assumptions): Json {
  const files = spellFiles(list, assumptions);
  if (mode === 'individual' && !assumptions.individualAnswersJson) {
    return { fileListMode: 'string', fileList: files[0]?.fileName ?? '' };
  }
  return { fileListMode: 'json', fileList: assumptions.fileListIsArray ? files : JSON.stringify(files) };
}

function spellService(
  { serviceName, payload }: Json,
  operation: SandboxOperation,
  assumptions: Assumptions,
): Json {
  const spelt = Object.fromEntries(
    Object.entries(payload as Json).map(([name, value]) => {
      if (name === 'fileList') return [name, spellFiles(value as unknown[], assumptions)];
      return [name, name === 'uploadingStatus' ? spellUploadingStatus(value, assumptions) : value];
    }),
  );
  const name = operation === 'stop' && !assumptions.webStopSaysPayload ? 'playload' : 'payload';
  return { serviceName, [name]: spelt };
}

function spellServerResponse(
  response: Json,
  operation: SandboxOperation,
  mode: string,
  assumptions: Assumptions,
): Json {
  const { fileListMode, fileList, uploadingStatus, extensionServiceState: services, ...rest } = response;
  return {
    ...rest,
    ...(Array.isArray(fileList) ? spellFileList(fileList, mode, assumptions) : {}),
    ...(typeof fileList === 'string' ? { fileListMode, fileList } : {}),
    ...(uploadingStatus === undefined
      ? {}
      : { uploadingStatus: spellUploadingStatus(uploadingStatus, assumptions) }),
    ...(Array.isArray(services)
      ? {
          extensionServiceState: services.map((service) =>
            spellService(service as Json, operation, assumptions),
          ),
        }
      : {}),
  };
}

/** Which call is answered. */
export interface Answered {
  operation: SandboxOperation;
  mode: string;
  resourceId: string;
  sid: string;
}

/** The answer to a call, as it is told. */
export function spellAnswer(
  { status, body: given }: Answer,
  call: Answered,
  assumptions: Assumptions,
): Answer {
  if (call.operation === 'ncsIp') return { status, body: given };
  const { serverResponse, ...body } = given;
  if (status === 404 && !assumptions.notFoundSaysReason) {
    const { resourceId, sid } = call;
    const { code, reason: message } = body;
    return { status, body: { resourceId, sid, code, serverResponse: { payload: { message } } } };
  }
  if (call.operation === 'query' && !assumptions.namesAgree) {
    // As a proxy that mixes up replies would answer: about a recording that runs elsewhere.
    Object.assign(body, { sid: 'f'.repeat(32), cname: 'another-channel', uid: '1' });
  }
  if (!assumptions.repliesNameChannelAndUid) {
    delete body.cname;
    delete body.uid;
  }
  if (status === 200 && !assumptions.successHasNoCode) body.code ??= 200;
  if (serverResponse === undefined) return { status, body };
  const spelt = spellServerResponse(serverResponse as Json, call.operation, call.mode, assumptions);
  return { status, body: { ...body, serverResponse: spelt } };
}
