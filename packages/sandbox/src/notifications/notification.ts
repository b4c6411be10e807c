/** productId of Cloud Recording. */
const CLOUD_RECORDING = 3;

/** A notification as sent: `notifyMs` is of this attempt, the times in the payload are of the event (agora-facts.md, section 1). */
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
