import { type Notification } from '@agora-recording-gateway/agora/webhook/notification';

/**
 * What the copies of a notification have in common that carry another noticeId (agora-facts.md, section 1). The time stands
 * first: an index of keys then grows at its end, and writing a batch touches few of its pages.
 */
export function contentKey({ sid, uid, eventType, sequence, sendts }: Notification): string {
  return `${sendts}:${sid}:${uid}:${eventType}:${sequence ?? ''}`;
}
