import { type Reply } from './reply.js';
import { type AgoraRequest } from './requests.js';

/** What a reply says that it is about; null for what it does not name. */
export interface NamedRecording {
  sid: string | null;
  channel: string | null;
  uid: string | null;
}

/**
 * The recording that a reply is about, if it is not the one that was asked for: a proxy that mixes up replies, or a mock
 * with fixed ids, can answer so. The most specific name that both request and reply have decides: the sid, then the
 * resource id, then channel and uid; names that come after it are not compared, since Agora may spell them in its own way.
 */
export function anotherRecording(request: AgoraRequest, reply: Reply): NamedRecording | null {
  if (request.operation === 'ncsIp') return null;
  const named = { sid: reply.sid, channel: reply.cname, uid: reply.uid };
  if ('sid' in request && reply.sid !== null) return reply.sid === request.sid ? null : named;
  if ('resourceId' in request && reply.resourceId !== null) {
    return reply.resourceId === request.resourceId ? null : named;
  }
  if (!('body' in request)) return null;
  const { cname, uid } = request.body;
  const isOther =
    (reply.cname !== null && reply.cname !== cname) || (reply.uid !== null && reply.uid !== uid);
  return isOther ? named : null;
}
