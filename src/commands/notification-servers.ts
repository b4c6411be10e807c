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
 * null if there is none. Concurrent callers share one call.
 */
export function createNotificationServers(
  clock: Clock,
  ask: () => Promise<string[] | null>,
): () => Promise<string[] | null> {
  let known: string[] | null = null;
  let askAt = -Infinity;
  let asking: Promise<void> | null = null;

  async function renew(): Promise<void> {
    const list = await ask();
    known = list ?? known;
    askAt = clock.now() + (list === null ? RETRY_DELAY_MS : LIST_TTL_MS);
  }

  return async () => {
    if (clock.now() >= askAt) {
      asking ??= renew().finally(() => {
        asking = null;
      });
      await asking;
    }
    return known;
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
      { priority, waitMs: COMMAND_WAIT_MS, redact },
    );
    return result.answered && result.httpStatus === 200 ? readNotificationServers(result.raw) : null;
  } catch (error) {
    if (!(error instanceof NotSentError)) throw error;
    reportNotSent(error, priority, { operation: 'ncsIp' });
    return null;
  }
}
