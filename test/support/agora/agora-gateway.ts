import { Secret } from '@agora-recording-gateway/agora/client/secret';
import { sign } from '@agora-recording-gateway/agora/webhook/signature';
import { freePort, run, type RunningProcess } from '../processes.js';
import { waitFor } from '../wait-for.js';

/** A gateway with settings for Agora, whose address refuses every connection: for tests of what needs no call. */
export interface AgoraGateway extends RunningProcess {
  url: string;
  isReady(): Promise<boolean>;
  /** Waits for that; throws if the process ends instead. */
  untilReady(): Promise<void>;
  /** Posts a notification about a snapshot as Agora does, and gives the status. */
  deliver(snapshot: { sid: string; sequence: number; bytes?: number }): Promise<number>;
}

export const APP_ID = '0123456789abcdef0123456789abcdef';

const WEBHOOK_SECRET = 'webhook-secret';
const FIRST_SENDTS = 1_700_000_000_000;

/** Starts one; it may not be ready yet, or end at once. */
export async function startAgoraGateway(
  databaseUrl: string,
  options: { appId?: string; env?: Record<string, string>; nodeOptions?: string[]; entry?: string } = {},
): Promise<AgoraGateway> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    PORT: String(port),
    AGORA_APP_ID: options.appId ?? APP_ID,
    AGORA_CUSTOMER_ID: 'customer',
    AGORA_CUSTOMER_SECRET: 'secret',
    AGORA_API_URLS: 'http://127.0.0.1:1',
    AGORA_WEBHOOK_SECRETS: WEBHOOK_SECRET,
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: 'info',
    ...options.env,
  };
  const gateway = run(options.entry ?? 'dist/main.js', env, undefined, options.nodeOptions);
  const isReady = async () => (await fetch(`${url}/readyz`)).ok;
  return {
    ...gateway,
    url,
    isReady,
    async untilReady() {
      const ended = gateway.exited.then((code) => {
        throw new Error(`The gateway ended with ${code}:\n${gateway.output()}`);
      });
      await Promise.race([waitFor(isReady, { withinMs: 120_000, what: 'readiness' }), ended]);
    },
    async deliver({ sid, sequence, bytes = 0 }) {
      const fileName = `${'x'.repeat(bytes)}${sequence}.jpg`;
      const body = Buffer.from(
        JSON.stringify({
          ...{ noticeId: `${sid}-${sequence}`, productId: 3, eventType: 45, notifyMs: Date.now() },
          payload: {
            ...{ cname: sid, uid: '7', sid, sequence, sendts: FIRST_SENDTS + sequence, serviceType: 1 },
            details: { msgName: 'recorder_snapshot_file', fileName },
          },
        }),
      );
      const response = await fetch(`${url}/webhooks/agora`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'agora-signature-v2': sign('sha256', new Secret(WEBHOOK_SECRET), body),
        },
        body,
      });
      await response.arrayBuffer();
      return response.status;
    },
  };
}
