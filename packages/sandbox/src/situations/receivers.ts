import { anyEvent } from '../notifications/events.js';
import { identifiers } from '../tasks/identifiers.js';
import { type Identity, type Situation } from './situation.js';

/** Event 40 about a recording, as Agora sends it. */
function notification({ cname, uid, sid, now }: Identity, envelope: object = {}, indent?: number): string {
  const { details } = anyEvent(40, { status: 0 });
  const payload = { cname, uid, sid, sequence: 0, sendts: now, serviceType: 1, details };
  const notice = { noticeId: identifiers.hex32(), productId: 3, eventType: 40, notifyMs: now };
  return JSON.stringify({ ...notice, payload, ...envelope }, null, indent);
}

/** Situations whose cause is a request to the receiver of notifications. The replies come back with the situation. */
export const RECEIVERS = {
  'signature-of-another-body': {
    on: 'channel',
    description:
      'Three notifications: unsigned, signed with SHA-1 only, and signed over the parsed and re-serialised body.',
    posts: [
      { body: (about) => notification(about), options: { signatures: 'none' } },
      { body: (about) => notification(about), options: { signatures: 'sha1' } },
      { body: (about) => notification(about, {}, 2), options: { signatures: 'reserialised' } },
    ],
  },
  'webhook-in-a-browser': {
    on: 'channel',
    description:
      'The address of the webhook is opened in a browser (GET), and is configured with a slash at its end.',
    posts: [{ options: { method: 'GET' } }, { suffix: '/', body: (about) => notification(about) }],
  },
  'notification-of-another-product': {
    on: 'channel',
    description: 'An event of another product (RTC channel events) arrives at the same address.',
    posts: [
      {
        body: ({ cname, uid, now }) => {
          const payload = {
            channelName: cname,
            uid: Number(uid),
            platform: 1,
            clientSeq: now,
            ts: now / 1_000,
          };
          const notice = { noticeId: identifiers.hex32(), productId: 1, eventType: 103, notifyMs: now };
          return JSON.stringify({ ...notice, payload });
        },
      },
    ],
  },
  'envelope-of-2019': {
    on: 'channel',
    description: 'A notification in the envelope of 2019: notificationId, and the sequence as text.',
    posts: [
      {
        body: ({ cname, uid, sid, now }) => {
          const { details } = anyEvent(40, { status: 0 });
          const payload = {
            cname,
            uid,
            sid,
            sequence: '0',
            sendts: now,
            noticeLevel: 1,
            serviceType: 0,
            details,
          };
          const notice = { notificationId: identifiers.hex32(), eventType: 40, eventMs: now, notifyMs: now };
          return JSON.stringify({ ...notice, payload });
        },
      },
    ],
  },
  'notification-names-another-channel': {
    on: 'recording',
    description: 'A notification with the sid of the recording names another channel.',
    posts: [{ body: (about) => notification({ ...about, cname: 'another channel' }) }],
  },
  'notification-names-two-sids': {
    on: 'recording',
    description:
      'A notification names the sid of the recording in its payload, and another one in its envelope.',
    posts: [{ body: (about) => notification(about, { sid: 'f'.repeat(32) }) }],
  },
} as const satisfies Readonly<Record<string, Situation>>;
