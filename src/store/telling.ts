import { createContradictionNotes } from '../telemetry/contradictions.js';
import { type Log } from '../telemetry/log.js';
import { type Metrics } from '../telemetry/metrics.js';
import { type StoreEvents } from './store.js';

/** Logs and counts what happens to the store. */
export function tellStoreEvents(log: Log, metrics: Metrics): StoreEvents {
  const noteContradictions = createContradictionNotes(log, metrics);
  return {
    onMigration({ version, done, total }) {
      log.info({ version, done, total }, 'migrating the store');
    },
    onContradictions: (names, recordingId) => noteContradictions(names, { recordingId }),
    onFoldError(recordingId, foldError) {
      metrics.foldErrors.inc();
      log.error({ recordingId, foldError }, 'stored an observation but could not apply it');
    },
    onUnavailable({ reason, kind }) {
      metrics.storeOutages.inc();
      metrics.storeFault.reset();
      metrics.storeFault.set({ kind }, 1);
      log.error({ reason, kind }, 'store unavailable; gateway not ready until it recovers');
    },
    onAvailable() {
      metrics.storeFault.reset();
      log.info({}, 'store available again');
    },
    onSlow(error) {
      metrics.storeSlowReads.inc();
      log.warn({ error: error.cause }, 'read timed out');
    },
    onSilence(error) {
      metrics.storeSilences.inc();
      log.warn({ error }, 'lost the LISTEN connection; reconnecting');
    },
  };
}
