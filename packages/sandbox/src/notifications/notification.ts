/** productId of Cloud Recording. */
const CLOUD_RECORDING = 3;

/** A notification as sent: `notifyMs` is the time of this attempt; times in the payload are those of the event. */
export function notificationBody(notice: {
  noticeId: string;
  eventType: number;
  notifyMs: number;
  /** JSON text. */
  payload: string;
}): Buffer {
  const { noticeId, eventType, notifyMs, payload } = notice;
  return Buffer.from(
    `{"noticeId":${JSON.stringify(noticeId)},"productId":${CLOUD_RECORDING},"eventType":${eventType},` +
      `"notifyMs":${notifyMs},"payload":${payload}}`,
  );
}
