import { type Notification } from '@agora-recording-gateway/agora/webhook/notification';

/**
 * Identifies copies of a notification that carry different noticeIds (docs/agora/notifications.md, Deduplication). The time
 * comes first: an index of keys then grows at its end, and writing a batch touches few of its pages.
 */
export function contentKey({ sid, uid, eventType, sequence, sendts }: Notification): string {
  return `${sendts}:${sid}:${uid}:${eventType}:${sequence ?? ''}`;
}
