import { type AssumptionName } from './assumptions.js';
import { readReply } from './client/reply.js';
import { readNotificationServers } from './notification-servers.js';
import { Reader, readObject, type JsonObject } from './webhook/read.js';
import { type Operation } from './tables/operations.js';

/** Which assumptions a reply contradicts: by its form, and by what is in it or missing. */
export function contradictedByReply(
  operation: Operation,
  { httpStatus, raw, retryAfterMs }: { httpStatus: number; raw: string; retryAfterMs?: number | null },
): AssumptionName[] {
  const reading = operation === 'ncsIp' ? readNotificationServers(raw) : readReply(raw);
  const found: AssumptionName[] = [...reading.contradicted];
  const when = (holds: boolean, name: AssumptionName) => holds && found.push(name);
  when(httpStatus === 429 && retryAfterMs != null, 'rateLimitedNamesNoWait');
  let body: JsonObject;
  try {
    body = readObject(new Reader().named(JSON.parse(raw))) ?? {};
  } catch {
    return found; // A proxy's page says nothing about Agora.
  }
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
  return found;
}
