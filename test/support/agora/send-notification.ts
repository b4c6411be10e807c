import { createHash } from 'node:crypto';
import { Secret } from '@agora-recording-gateway/agora/client/secret';
import { sign } from '@agora-recording-gateway/agora/webhook/signature';
import { expect } from 'vitest';
import { type RunningSandbox } from '../processes.js';
import { type Stage } from '../stage.js';

/** Posts a body to the webhook of a stage's gateway with both signatures, as Agora does, and gives the status. */
export type SendNotification = (body: Buffer | object) => Promise<number>;

/** The same to the gateway with the given address, of those that the sandbox sends to. */
export async function notificationPoster(
  sandbox: RunningSandbox,
): Promise<(gatewayUrl: string, body: Buffer | object) => Promise<number>> {
  const { webhookSecret } = (await sandbox.control('GET', '')) as { webhookSecret: string };
  const secret = new Secret(webhookSecret);
  return async (gatewayUrl, body) => {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
    const response = await fetch(`${gatewayUrl}/webhooks/agora`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'agora-signature': sign('sha1', secret, bytes),
        'agora-signature-v2': sign('sha256', secret, bytes),
      },
      body: bytes,
    });
    await response.text();
    return response.status;
  };
}

export async function notificationSender(stage: Stage): Promise<SendNotification> {
  const post = await notificationPoster(stage.sandbox);
  return (body) => post(stage.gateway.url, body);
}

/** Notifications about invented recordings, which are named by their channels. */
export interface NotificationSeries {
  sidOf(channel: string): string;
  /** The sequence of the next notification of a recording, which begins at 0. */
  next(channel: string): number;
  /** Leaves notifications out: the next one has this sequence. */
  continueAt(channel: string, sequence: number): void;
  /** Sends the next notification of a recording, which must be stored. */
  notify(channel: string, eventType: number, details: object): Promise<void>;
}

/** `sentAt`: the time that a notification names, by its sequence. */
export function notificationSeries(
  send: SendNotification,
  sentAt: (sequence: number) => number,
): NotificationSeries {
  const sequences = new Map<string, number>();
  const next = (channel: string) => sequences.get(channel) ?? 0;
  const sidOf = (channel: string) => createHash('md5').update(channel).digest('hex');
  return {
    sidOf,
    next,
    continueAt: (channel, sequence) => void sequences.set(channel, sequence),
    async notify(channel, eventType, details) {
      const sequence = next(channel);
      sequences.set(channel, sequence + 1);
      const status = await send({
        noticeId: `${channel}-${sequence}`,
        productId: 3,
        eventType,
        notifyMs: Date.now(),
        payload: {
          cname: channel,
          uid: '7',
          sid: sidOf(channel),
          sequence,
          sendts: sentAt(sequence),
          serviceType: 1,
          details,
        },
      });
      expect(status).toBe(200);
    },
  };
}

/** The notifications of what happens to recordings of a series. */
export function recordingSteps(series: NotificationSeries) {
  return {
    begin: (channel: string) => series.notify(channel, 40, { msgName: 'recorder_started', status: 0 }),
    /** A stream changes its state. */
    stream: (channel: string, state: number) =>
      series.notify(channel, 43, { msgName: 'x', streamUid: '5', state, UtcMs: Date.now() }),
    end: async (channel: string) => {
      await series.notify(channel, 31, { msgName: 'uploaded', status: 0, fileList: [] });
      await series.notify(channel, 11, { msgName: 'session_exit', exitStatus: 0 });
    },
  };
}
