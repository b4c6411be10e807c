import { type AssumptionName } from '@agora-recording-gateway/agora/assumptions';
import { type CallResult } from '@agora-recording-gateway/agora/client/client';
import { type AgoraRequest } from '@agora-recording-gateway/agora/client/requests';
import { contradictedByReply } from '@agora-recording-gateway/agora/contradictions';
import { type Answers } from './answers.js';

type Answered = Extract<CallResult, { answered: true }>;

/** The code of a stop whose upload continues. */
const UPLOAD_CONTINUES = 50;

/** What a reply said, in a few words. */
export function describeReply(result: CallResult): string {
  if (!result.answered) return `${result.operation}: ${result.message}`;
  const { operation, httpStatus, reply } = result;
  const code = reply.code === null ? '' : `/${reply.code}`;
  return `${operation}: ${httpStatus}${code}${reply.reason === null ? '' : ` (${reply.reason})`}`;
}

/** A stop whose upload took longer than Agora waits. A 206 with another code has another cause. */
const isLateStop = ({ operation, httpStatus, reply }: Answered) =>
  operation === 'stop' && (reply.code === UPLOAD_CONTINUES || (httpStatus === 206 && reply.code === null));

/** Assumptions about the form of replies that this one could have contradicted. */
function shownBy(request: AgoraRequest, result: Answered): AssumptionName[] {
  const { operation, httpStatus, reply } = result;
  const mode = 'mode' in request ? request.mode : null;
  const isDone = httpStatus === 200;
  const services = reply.extensionServices.length > 0;
  const files = reply.fileList?.kind === 'files' && reply.fileList.files.length > 0;
  const webFiles = reply.extensionServices.some(
    ({ fileList }) => fileList?.kind === 'files' && fileList.files.length > 0,
  );
  const cases: [boolean, AssumptionName[]][] = [
    [isDone, ['successHasNoCode', 'namesHaveDocumentedCase', 'valuesHaveDocumentedTypes', 'namesAgree']],
    [isDone && operation !== 'acquire', ['repliesNameChannelAndUid']],
    [isDone && operation === 'query' && mode !== 'web', ['queryHasNoSubServiceStatus']],
    [httpStatus === 404 && reply.code !== null, ['notFoundSaysReason']],
    [operation === 'start' && httpStatus === 201, ['alreadyStartedLacksSid', 'alreadyStartedSaysReason']],
    [httpStatus === 429, ['rateLimitedNamesNoWait']],
    [services, ['servicesHaveNames', 'listsAreArrays']],
    [services && operation === 'stop', ['webStopSaysPayload']],
    [webFiles, ['webFilesSayFilename']],
    [reply.fileListMode === 'json', ['fileListIsArray']],
    [mode === 'individual' && reply.fileListMode !== null, ['individualAnswersJson']],
    [files || webFiles, ['sliceStartTimeIsMilliseconds']],
    [reply.uploadingStatus === 'unknown', ['uploadIsCalledUnknown']],
    [isLateStop(result), ['lateStopIsPartial', 'lateStopSaysCode']],
  ];
  return cases.flatMap(([isShown, names]) => (isShown ? names : []));
}

/** What only a whole reply contradicts, besides its form. */
function contradictedBy(request: AgoraRequest, result: Answered): AssumptionName[] {
  const { operation, httpStatus, reply } = result;
  const mode = 'mode' in request ? request.mode : null;
  const isLate = isLateStop(result);
  const cases: [boolean, AssumptionName][] = [
    [operation === 'start' && httpStatus === 201 && reply.reason === null, 'alreadyStartedSaysReason'],
    [mode === 'individual' && reply.fileListMode === 'string', 'individualAnswersJson'],
    [operation === 'query' && reply.subServiceStatus !== null, 'queryHasNoSubServiceStatus'],
    [isLate && httpStatus !== 206, 'lateStopIsPartial'],
    [isLate && reply.code !== UPLOAD_CONTINUES, 'lateStopSaysCode'],
  ];
  return [
    ...contradictedByReply(operation, result),
    ...cases.flatMap(([isContradicted, name]) => (isContradicted ? [name] : [])),
  ];
}

/** Notes what a reply says about the assumptions on the form of replies. */
export function noteReply(answers: Answers, request: AgoraRequest, result: CallResult): void {
  const detail = describeReply(result);
  if (!result.answered) {
    if (result.failure === 'misdirected') answers.note('namesAgree', false, detail);
    return;
  }
  for (const name of contradictedBy(request, result)) answers.note(name, false, detail);
  for (const name of shownBy(request, result)) answers.note(name, true, detail);
}
