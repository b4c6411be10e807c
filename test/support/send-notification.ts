import { Secret } from '@agora-recording-gateway/agora/client/secret';
import { sign } from '@agora-recording-gateway/agora/webhook/signature';
import { type RunningSandbox } from './processes.js';
import { type Stage } from './stage.js';

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
