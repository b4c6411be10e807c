import { createContradictionNotes } from '../telemetry/contradictions.js';
import { type Log } from '../telemetry/log.js';
import { type Metrics } from '../telemetry/metrics.js';
import { type StoreEvents } from './store.js';

/** Tells operators what becomes of the store: one log line and one count for each. */
export function tellStoreEvents(log: Log, metrics: Metrics): StoreEvents {
  const noteContradictions = createContradictionNotes(log, metrics);
  return {
    onContradictions: (names, recordingId) => noteContradictions(names, { recordingId }),
    onFoldError(recordingId, foldError) {
      metrics.foldErrors.inc();
      log.error({ recordingId, foldError }, 'an observation is stored, but could not be folded');
    },
    onUnavailable({ reason }) {
      metrics.storeOutages.inc();
      log.error({ reason }, 'the store cannot be used, and the gateway is not ready until it can');
    },
    onAvailable: () => log.info({}, 'the store can be used again'),
    onSlow(error) {
      metrics.storeSlowReads.inc();
      log.warn({ error: error.cause }, 'a read took the store too long, and was given up');
    },
    onSilence(error) {
      metrics.storeSilences.inc();
      log.warn({ error }, 'the connection on which other gateways announce was lost; it is made anew');
    },
  };
}
