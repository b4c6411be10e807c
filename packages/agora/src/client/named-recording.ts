import { type Reply } from './reply.js';
import { type AgoraRequest } from './requests.js';

/** What a reply says that it is about; null for what it does not name. */
export interface NamedRecording {
  sid: string | null;
  channel: string | null;
  uid: string | null;
}

/** Channel and uid that a reply names, if one differs from what it is about; the other one is then null. */
export function otherPlace(
  { cname, uid }: Pick<Reply, 'cname' | 'uid'>,
  place: { channel: string; uid: string },
): NamedRecording | null {
  const channel = cname === place.channel ? null : cname;
  const otherUid = uid === place.uid ? null : uid;
  return channel === null && otherUid === null ? null : { sid: null, channel, uid: otherUid };
}

/**
 * The recording that a reply is about, if it is not the one that was asked for: a proxy that mixes up replies, or a mock
 * with fixed ids, can answer so. The most specific name that both request and reply have decides: the sid, then the
 * resource id, then channel and uid. Of names that come after it see otherPlace.
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
