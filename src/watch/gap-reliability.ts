import { type Recording } from '../recordings/view/recording.js';
import { StoreSlowError } from '../store/errors.js';
import { type Store } from '../store/store.js';
import { type Log } from '../telemetry/log.js';
import { type Metrics } from '../telemetry/metrics.js';

/** The number of latest recordings by which a project is judged. */
const SAMPLE_SIZE = 50;

/** A recording counts once it has had this many notifications, missing ones included. */
const MIN_NOTIFICATIONS = 5;

/** With fewer recordings that count, a project is not judged. */
const MIN_SAMPLE = 10;

/** How long a judgement is cached, gateway time. */
const JUDGEMENT_TTL_MS = 60_000;

/** Whether a project seems to be subscribed to only some of the events: most of its recordings have gaps. */
export function isPartlySubscribed(deliveries: readonly Recording['delivery'][]): boolean {
  const sample = deliveries.filter(
    ({ received, missingCount }) => received + missingCount >= MIN_NOTIFICATIONS,
  );
  const withGaps = sample.filter(({ missingCount }) => missingCount > 0);
  return sample.length >= MIN_SAMPLE && withGaps.length * 2 > sample.length;
}

/** Whether a gap in the notifications of a project means that some were lost. `now`: gateway time, Unix milliseconds. */
export type GapReliability = (appId: string, now: number) => Promise<boolean>;

export function createGapReliability(parts: {
  store: Pick<Store, 'recordingPage'>;
  log: Log;
  metrics: Metrics;
}): GapReliability {
  const { store, log, metrics } = parts;
  const judgements = new Map<string, { at: number; isPartly: boolean }>();

  async function latestOf(appId: string) {
    try {
      return await store.recordingPage({
        first: SAMPLE_SIZE,
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
    const previous = judgements.get(appId);
    if (previous !== undefined && now - previous.at < JUDGEMENT_TTL_MS) return !previous.isPartly;
    const latest = await latestOf(appId);
    // The store is too busy to answer: the previous judgement stays.
    if (latest === null) return previous?.isPartly !== true;
    const isPartly = isPartlySubscribed(latest.items.map(({ item }) => item.delivery));
    judgements.set(appId, { at: now, isPartly });
    metrics.partlySubscribed.set({ app_id: appId }, isPartly ? 1 : 0);
    if (isPartly && previous?.isPartly !== true) {
      log.warn(
        { appId },
        'most recordings of this project have sequence gaps, so it is probably subscribed to only some events; gaps no ' +
          'longer trigger queries. Subscribe to all Cloud Recording events in the Agora console',
      );
    }
    return !isPartly;
  };
}
