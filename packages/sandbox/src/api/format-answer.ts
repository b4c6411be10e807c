import { type Assumptions } from '../control/assumptions.js';
import { formatFiles } from '../files/format-files.js';
import { type SandboxOperation } from './calls.js';
import { type Answer } from './replies.js';

type Json = Record<string, unknown>;

function formatUploadingStatus(status: unknown, assumptions: Assumptions): unknown {
  return status === 'unknown' && !assumptions.uploadIsCalledUnknown ? 'unknow' : status;
}

function formatFileList(list: unknown[], mode: string, assumptions: Assumptions): Json {
  const files = formatFiles(list, assumptions);
  if (mode === 'individual' && !assumptions.individualAnswersJson) {
    return { fileListMode: 'string', fileList: files[0]?.fileName ?? '' };
  }
  return { fileListMode: 'json', fileList: assumptions.fileListIsArray ? files : JSON.stringify(files) };
}

function formatService(
  { serviceName, payload }: Json,
  operation: SandboxOperation,
  assumptions: Assumptions,
): Json {
  const formatted = Object.fromEntries(
    Object.entries(payload as Json).map(([name, value]) => {
      if (name === 'fileList') return [name, formatFiles(value as unknown[], assumptions)];
      return [name, name === 'uploadingStatus' ? formatUploadingStatus(value, assumptions) : value];
    }),
  );
  const name = operation === 'stop' && !assumptions.webStopSaysPayload ? 'playload' : 'payload';
  return { serviceName, [name]: formatted };
}

function formatServerResponse(
  response: Json,
  operation: SandboxOperation,
  mode: string,
  assumptions: Assumptions,
): Json {
  const { fileListMode, fileList, uploadingStatus, extensionServiceState: services, ...rest } = response;
  return {
    ...rest,
    ...(Array.isArray(fileList) ? formatFileList(fileList, mode, assumptions) : {}),
    ...(typeof fileList === 'string' ? { fileListMode, fileList } : {}),
    ...(uploadingStatus === undefined
      ? {}
      : { uploadingStatus: formatUploadingStatus(uploadingStatus, assumptions) }),
    ...(Array.isArray(services)
      ? {
          extensionServiceState: services.map((service) =>
            formatService(service as Json, operation, assumptions),
          ),
        }
      : {}),
  };
}

/** The call that is answered. */
export interface AnsweredCall {
  operation: SandboxOperation;
  mode: string;
  resourceId: string;
  sid: string;
}

/**
 * The answer to a call in the form that the assumptions choose. Inside the sandbox everything has one form; where the
 * documents know two, the choice is made here, at the edge.
 */
export function formatAnswer(
  { status, body: given }: Answer,
  call: AnsweredCall,
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
  const formatted = formatServerResponse(serverResponse as Json, call.operation, call.mode, assumptions);
  return { status, body: { ...body, serverResponse: formatted } };
}
