import { type Assumptions } from '../control/assumptions.js';
import { looseForm } from '../loose-form.js';

/** productId of Cloud Recording. */
const CLOUD_RECORDING = 3;

/** Of RTC. */
const ANOTHER_PRODUCT = 1;

interface Notice {
  noticeId: string;
  eventType: number;
  notifyMs: number;
  /** JSON text. */
  payload: string;
}

/** The envelope of older times, with facts in other places. */
function olderEnvelope({ noticeId, eventType, notifyMs, payload }: Notice): object {
  const { sid, sendts, ...rest } = JSON.parse(payload) as Record<string, unknown>;
  return { notificationId: noticeId, eventType, eventMs: sendts, notifyMs, sid, payload: rest };
}

/** A notification as sent: `notifyMs` is the time of this attempt; times in the payload are those of the event. */
export function notificationBody(notice: Notice, assumptions: Assumptions): Buffer {
  const { noticeId, eventType, notifyMs, payload } = notice;
  const productId = assumptions.productIsCloudRecording ? CLOUD_RECORDING : ANOTHER_PRODUCT;
  const message = assumptions.factsHaveDocumentedPlaces
    ? { noticeId, productId, eventType, notifyMs, payload: JSON.parse(payload) as unknown }
    : olderEnvelope(notice);
  return Buffer.from(JSON.stringify(looseForm(message, assumptions)));
}
