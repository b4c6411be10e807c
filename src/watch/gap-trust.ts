import { type Recording } from '../recordings/view/recording.js';
import { StoreSlowError } from '../store/errors.js';
import { type Store } from '../store/store.js';
import { type Log } from '../telemetry/log.js';
import { type Metrics } from '../telemetry/metrics.js';

/** A project's latest recordings, by which it is judged. */
const LATEST = 50;

/** A recording tells something once it has had so many notifications, missing ones counted. */
const TELLING_NOTIFICATIONS = 5;

/** Fewer telling recordings than this prove nothing. */
const FEWEST_TELLING = 10;

/** A project is judged anew after so long, gateway time. */
const JUDGED_FOR_MS = 60_000;

/** Whether a project seems to be subscribed to part of the events: most of its recordings show gaps. */
export function isPartlySubscribed(deliveries: readonly Recording['delivery'][]): boolean {
  const telling = deliveries.filter(
    ({ received, missingCount }) => received + missingCount >= TELLING_NOTIFICATIONS,
  );
  const withGaps = telling.filter(({ missingCount }) => missingCount > 0);
  return telling.length >= FEWEST_TELLING && withGaps.length * 2 > telling.length;
}

/** Whether a gap means that notifications were lost, for the recordings of a project. */
export type GapTrust = (appId: string, now: number) => Promise<boolean>;

export function createGapTrust(parts: { store: Store; log: Log; metrics: Metrics }): GapTrust {
  const { store, log, metrics } = parts;
  const judged = new Map<string, { at: number; partly: boolean }>();

  async function latestOf(appId: string) {
    try {
      return await store.recordingPage({
        first: LATEST,
        after: null,
        filter: { appIds: [appId] },
        orderBy: 'STARTED_AT_DESC',
      });
    } catch (error) {
      if (error instanceof StoreSlowError) return null;
      throw error;
    }
  }

  return async (appId, now) => {
    const held = judged.get(appId);
    if (held !== undefined && now - held.at < JUDGED_FOR_MS) return !held.partly;
    const latest = await latestOf(appId);
    // The store has too much else to read: what was known goes on to hold.
    if (latest === null) return held?.partly !== true;
    const { items } = latest;
    const partly = isPartlySubscribed(items.map(({ item }) => item.delivery));
    judged.set(appId, { at: now, partly });
    metrics.partlySubscribed.set({ app_id: appId }, partly ? 1 : 0);
    if (partly && held?.partly !== true) {
      log.warn(
        { appId },
        'most recordings of this project miss notifications: it seems to be subscribed to part of the events. Gaps ask ' +
          'for no query any more. Subscribe to all events of Cloud Recording in the Agora console',
      );
    }
    return !partly;
  };
}
