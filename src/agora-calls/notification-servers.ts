import { readNotificationServers } from '@agora-recording-gateway/agora/notification-servers';
import { type Secret } from '@agora-recording-gateway/agora/client/secret';
import { NoTurnError } from './budget.js';
import { type Upstream } from './upstream.js';

/** Asks Agora for the addresses that its notifications come from. Null if it does not tell them in time. */
export async function askNotificationServers(
  upstream: Upstream,
  waitMs: number,
  secrets: readonly Secret[],
): Promise<string[] | null> {
  try {
    const result = await upstream.call({ operation: 'ncsIp' }, { priority: 'refresh', waitMs, secrets });
    return result.answered && result.httpStatus === 200 ? readNotificationServers(result.raw) : null;
  } catch (error) {
    if (error instanceof NoTurnError) return null;
    throw error;
  }
}
