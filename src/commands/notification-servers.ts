import { readNotificationServers } from '@agora-recording-gateway/agora/notification-servers';
import { type ReportNotSent } from '../agora-calls/report-not-sent.js';
import { type Upstream } from '../agora-calls/upstream.js';
import { notSentInOutage } from '../coordination/lease-guard.js';
import { NotSentError } from '../coordination/not-sent-error.js';
import { type Clock } from '../recordings/clock.js';
import { type KnownSecrets } from '../telemetry/known-secrets.js';
import { COMMAND_WAIT_MS } from './limits.js';

/** Agora changes the addresses every 24 hours, and asks clients to read them as often. Gateway time, milliseconds. */
export const LIST_TTL_MS = 24 * 60 * 60_000;

/** Delay before Agora is asked again after it did not answer. Gateway time, milliseconds. */
export const RETRY_DELAY_MS = 60_000;

/**
 * The addresses that Agora's notifications come from, cached for a day. If Agora does not answer, the previous list, or
 * null if there is none. A caller may ask for a list of at most some age (milliseconds of gateway time), and gets null if there
 * is none so young. Concurrent callers share one call.
 */
export function createNotificationServers(
  clock: Clock,
  ask: () => Promise<string[] | null>,
): (maxAgeMs?: number) => Promise<string[] | null> {
  let known: string[] | null = null;
  let knownAt = -Infinity;
  let retryAt = -Infinity;
  let asking: Promise<void> | null = null;

  async function renew(): Promise<void> {
    const list = await ask();
    if (list === null) {
      retryAt = clock.now() + RETRY_DELAY_MS;
      return;
    }
    known = list;
    knownAt = clock.now();
  }

  return async (maxAgeMs) => {
    const now = clock.now();
    if (now >= knownAt + (maxAgeMs ?? LIST_TTL_MS) && now >= retryAt) {
      asking ??= renew().finally(() => {
        asking = null;
      });
      await asking;
    }
    return maxAgeMs === undefined || clock.now() < knownAt + maxAgeMs ? known : null;
  };
}

/** Asks Agora for the addresses. Null if it does not answer in time. */
export async function askNotificationServers(
  upstream: Upstream,
  reportNotSent: ReportNotSent,
  knownSecrets: KnownSecrets,
): Promise<string[] | null> {
  const priority = 'refresh';
  try {
    const redact = await notSentInOutage(knownSecrets.replyRedactor(null));
    const { result } = await upstream.call(
      { operation: 'ncsIp' },
      { priority, reason: 'REFRESH', waitMs: COMMAND_WAIT_MS, redact },
    );
    return result.answered && result.httpStatus === 200 ? readNotificationServers(result.raw).servers : null;
  } catch (error) {
    if (!(error instanceof NotSentError)) throw error;
    reportNotSent(error, priority, { operation: 'ncsIp' });
    return null;
  }
}
