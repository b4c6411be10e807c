import { type Notification } from '../agora/notification.js';

/** The keys by which a notification is known again (agora-facts.md, section 1, "Dedup guidance conflicts"). */
export function keysOf(notification: Notification, hash: string) {
  const { noticeId, sid, uid, eventType, sequence, sendts } = notification;
  return {
    notice: `notice:${noticeId}`,
    content: `event:${sid}:${uid}:${eventType}:${sequence ?? ''}:${sendts}`,
    /** Of one whose noticeId had come before with other content: its resends are known by this alone. */
    exact: `exact:${noticeId}:${hash}`,
  };
}
