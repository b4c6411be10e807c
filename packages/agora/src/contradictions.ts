import { type AssumptionName } from './assumptions.js';
import { type JsonObject, readArray, readObject } from './webhook/read.js';
import { toleratedInReply } from './tolerated-forms.js';
import { withDocumentedNames } from './webhook/property-names.js';
import { type Operation } from './tables/operations.js';

/** Which assumptions the form of a notification contradicts; `details` as it was received. */
export function contradictedByNotification(eventType: number, details: JsonObject): AssumptionName[] {
  const found: AssumptionName[] = [];
  const when = (holds: boolean, name: AssumptionName) => holds && found.push(name);
  when(eventType === 13, 'noEventThirteen');
  when(eventType === 11 && 'leaveStatus' in details, 'sessionExitSaysExitStatus');
  when([30, 31, 32, 40].includes(eventType) && typeof details.status === 'string', 'eventStatusIsNumber');
  when(eventType === 42 && typeof details.mixedAllUser === 'string', 'sliceStartSaysMixedAllUserAsBoolean');
  when(eventType === 100 && typeof details.status === 'number', 'pushStatusIsWord');
  when(eventType === 71 && filesSay(details.fileList, 'fileName'), 'webFilesSayFilename');
  when(eventType === 41 && !isBitmask(details.leaveCode), 'leaveCodeIsBitmask');
  return found;
}

/** Bits of leaveCode that the newer documents name: 2, 4, 8 and 16; 0 says that the start failed. */
const LEAVE_BITS = 2 | 4 | 8 | 16;

function isBitmask(leaveCode: unknown): boolean {
  return typeof leaveCode !== 'number' || (leaveCode & ~LEAVE_BITS) === 0;
}

function filesSay(fileList: unknown, key: string): boolean {
  return readArray(fileList).some((file) => key in (readObject(file) ?? {}));
}

/** Which assumptions the form of a reply contradicts. */
export function contradictedByReply(
  operation: Operation,
  { httpStatus, raw, retryAfterMs }: { httpStatus: number; raw: string; retryAfterMs?: number | null },
): AssumptionName[] {
  const found: AssumptionName[] = [];
  const when = (holds: boolean, name: AssumptionName) => holds && found.push(name);
  when(httpStatus === 429 && retryAfterMs != null, 'rateLimitedNamesNoWait');
  let body: JsonObject;
  try {
    const parsed: unknown = JSON.parse(raw);
    found.push(...toleratedInReply(parsed));
    body = readObject(withDocumentedNames(parsed)) ?? {};
  } catch {
    return found; // A proxy's page says nothing about Agora.
  }
  const server = readObject(body.serverResponse) ?? {};
  const services = readArray(server.extensionServiceState).map((service) => readObject(service) ?? {});
  const code = body.code ?? null;
  when(
    operation === 'start' && httpStatus === 201 && typeof body.sid === 'string' && body.sid !== '',
    'alreadyStartedLacksSid',
  );
  when(httpStatus === 200 && code !== null && code !== 50, 'successHasNoCode');
  when(
    httpStatus === 200 &&
      operation !== 'acquire' &&
      operation !== 'ncsIp' &&
      !('cname' in body && 'uid' in body),
    'repliesNameChannelAndUid',
  );
  when(httpStatus === 404 && code !== null && !('reason' in body), 'notFoundSaysReason');
  when(
    services.some((service) => 'playload' in service),
    'webStopSaysPayload',
  );
  when(
    [server, ...services.map(({ payload }) => readObject(payload) ?? {})].some(
      ({ uploadingStatus }) => uploadingStatus === 'unknow',
    ),
    'uploadIsCalledUnknown',
  );
  when(server.fileListMode === 'json' && typeof server.fileList === 'string', 'fileListIsArray');
  return found;
}
