import { type Transaction } from 'kysely';
import { type Notification } from '@agora-recording-gateway/agora/webhook/notification';
import { type Schema } from '../migrations/schema.js';

/** How far the clocks of Agora and the gateway may differ: an event this much before a start still counts as after it. */
const CLOCK_SKEW_MS = 10_000;

/**
 * For this time after an unconfirmed start, an unknown recording with the same channel and uid is taken for it. Later it
 * was more likely started elsewhere.
 */
const DOUBT_LASTS_MS = 60 * 60_000;

const MAX_CANDIDATES = 20;

/**
 * The starts of ours that a notification can be of: same place, no sid yet, begun before it happened and not long before. A
 * start that was sent once more with a new resource may be about the first one, so the time of the first counts. Agora runs
 * one recording in a place, so of several the latest is the one, which comes first.
 */
export async function pendingStarts(
  transaction: Transaction<Schema>,
  appId: string,
  { cname, uid, sendts }: Notification,
): Promise<string[]> {
  const attempts = await transaction
    .selectFrom('start_attempts')
    .leftJoin('recordings', 'recordings.id', 'start_attempts.recording_id')
    .select('start_attempts.recording_id as id')
    .where('start_attempts.app_id', '=', appId)
    .where('start_attempts.channel', '=', cname)
    .where('start_attempts.uid', '=', uid)
    .where('start_attempts.outcome', 'in', ['PENDING', 'IN_DOUBT', 'UNCONFIRMED'])
    .where('start_attempts.created_at', '<=', sendts + CLOCK_SKEW_MS)
    .where('start_attempts.created_at', '>', sendts - DOUBT_LASTS_MS)
    .where('recordings.sid', 'is', null)
    .orderBy('start_attempts.created_at', 'desc')
    .limit(MAX_CANDIDATES)
    .execute();
  return attempts.map(({ id }) => id);
}

/** Notes what has become of a start that was written down. */
export async function settleAttempt(
  transaction: Transaction<Schema>,
  recordingId: string,
  outcome: 'STARTED' | 'IN_DOUBT' | 'UNCONFIRMED',
  settledAt: number,
): Promise<void> {
  await transaction
    .updateTable('start_attempts')
    .set({ outcome, settled_at: settledAt })
    .where('recording_id', '=', recordingId)
    .execute();
}
