/** Values to replace in a sample notification; the rest stays unchanged. */
export interface Filling {
  cname?: string;
  uid?: string;
  sid?: string;
  sequence?: number;
  /** Unix milliseconds, for the time of the event and of the attempt. */
  now?: number;
  noticeId?: string;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The properties that have a value. */
function given(properties: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}

/** The bytes to send: exactly those of the sample if nothing is replaced. Throws if the sample has no payload to fill in. */
export function fillNotification(sample: Buffer, filling: Filling): Buffer {
  const { cname, uid, sid, sequence, now, noticeId } = filling;
  const envelope = given({ noticeId, notifyMs: now });
  const payload = given({ cname, uid, sid, sequence, sendts: now });
  if (Object.keys({ ...envelope, ...payload }).length === 0) return sample;
  const notification: unknown = JSON.parse(sample.toString('utf8'));
  if (!isObject(notification) || !isObject(notification.payload)) {
    throw new Error('The sample is not a notification: it has no payload to fill in.');
  }
  return Buffer.from(
    JSON.stringify({ ...notification, ...envelope, payload: { ...notification.payload, ...payload } }),
  );
}
