import { LRUCache } from 'lru-cache';
import { END_REASONS } from '../recordings/view/end-reason.js';
import { createContradictionNotes } from '../telemetry/contradictions.js';
import { type Log } from '../telemetry/log.js';
import { type Metrics } from '../telemetry/metrics.js';
import { SUMMARY_INTERVAL_MS } from '../telemetry/repeated-log.js';
import { startAtZero } from '../telemetry/start-at-zero.js';
import { type UnavailableKind } from './errors.js';
import { LEASED_OPERATIONS } from './coordination/leases.js';
import { REMOVAL_CAUSES } from './maintenance/retention.js';
import { ENDED_PHASES } from './reads/reads.js';
import { type MigrationProgress } from './migrations/migrate.js';
import { type StoreEvents } from './store.js';

/** Unreadable values in the database that are remembered, so that the log names each once. */
const MAX_UNREADABLE = 1_000;

/** Why the gateway is not ready while it migrates the store. */
function describeMigration({ version, done, total }: MigrationProgress): string {
  const rows = total === 0 ? '' : ` ${done} of ${total} rows are done.`;
  return `The store is being migrated to version ${version}.${rows}`;
}

/** Adds up what goes in many small steps, and writes the sum once a minute. */
function createSum(writeSum: (sum: number) => void): { add(amount: number): void; write(): void } {
  let sum = 0;
  let timer: NodeJS.Timeout | undefined;
  function write(): void {
    clearTimeout(timer);
    if (sum > 0) writeSum(sum);
    sum = 0;
  }
  return {
    add(amount) {
      if (sum === 0) timer = setTimeout(write, SUMMARY_INTERVAL_MS).unref();
      sum += amount;
    },
    write,
  };
}

/** What is heard of the store, and what ends that. */
export interface StoreTelling extends StoreEvents {
  /** Writes the sums that are still open. */
  close(): void;
}

/** Logs and counts what happens to the store. `onMigrating` gets the reason for not being ready at each step of a migration. */
export function tellStoreEvents(
  log: Log,
  metrics: Metrics,
  onMigrating: (reason: string) => void,
): StoreTelling {
  const noteContradictions = createContradictionNotes(log, metrics);
  startAtZero(metrics.recordingsRemoved, { cause: REMOVAL_CAUSES });
  startAtZero(metrics.leasesLost, { operation: LEASED_OPERATIONS });
  startAtZero(metrics.recordingsEnded, { phase: ENDED_PHASES, end_reason: Object.keys(END_REASONS) });
  let migrationStep = '';
  /** The kinds of fault that the log shows of the outage: one line for each. */
  const kinds = new Set<UnavailableKind>();
  /** Values that the log already names: they are read again and again. */
  const unreadable = new LRUCache<string, true>({ max: MAX_UNREADABLE });
  const old = createSum((recordings) => log.info({ recordings }, 'removed old recordings'));
  const givenBack = createSum((bytes) => log.info({ bytes }, 'gave space of the store back to the disk'));
  let isStuckKnown = false;

  return {
    onMigration(progress) {
      const { version, done, total } = progress;
      onMigrating(describeMigration(progress));
      // At most a hundred lines, however long the log is.
      const step = `${version} ${total === 0 ? '' : Math.floor((100 * done) / total)}`;
      if (step === migrationStep) return;
      migrationStep = step;
      log.info({ storeVersion: version, done, total }, 'migrating the store');
    },
    onContradictions: (names, recordingId) => noteContradictions(names, { recordingId }),
    onFoldError(recordingId, foldError) {
      metrics.foldErrors.inc();
      log.error({ recordingId, foldError }, 'stored an observation but could not apply it');
    },
    onCommitted(observations, seconds, late) {
      metrics.storeCommitSeconds.observe(seconds);
      metrics.notificationsLate.inc(late);
      metrics.storeObservations.inc(observations);
    },
    onEnded: (phase, endReason) => metrics.recordingsEnded.inc({ phase, end_reason: endReason ?? '' }),
    onRemoved(recordings, cause) {
      metrics.recordingsRemoved.inc({ cause }, recordings);
      // The log has each command already.
      if (cause === 'age') old.add(recordings);
    },
    onGivenBack(bytes) {
      metrics.storeGivenBackBytes.inc(bytes);
      givenBack.add(bytes);
    },
    onStuckSpace(bytes) {
      if (isStuckKnown) return;
      isStuckKnown = true;
      log.warn(
        { freeBytes: bytes },
        'the SQLite file keeps the space of what was removed, since an earlier release made it; a backup that is restored gives it back',
      );
    },
    onUnreadable(problem) {
      if (unreadable.has(problem)) return;
      unreadable.set(problem, true);
      log.error({ problem }, 'could not read a value in the database; continuing without it');
    },
    onUnavailable({ reason, kind }) {
      if (kinds.size === 0) metrics.storeOutages.inc();
      metrics.storeFault.reset();
      metrics.storeFault.set({ kind }, 1);
      metrics.storeAvailable.set(0);
      if (kinds.has(kind)) return;
      kinds.add(kind);
      log.error({ reason, kind }, 'store unavailable; gateway not ready until it recovers');
    },
    onAvailable() {
      kinds.clear();
      metrics.storeFault.reset();
      metrics.storeAvailable.set(1);
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
    onLeaseLost: (operation) => metrics.leasesLost.inc({ operation }),
    onLeaseWaited: (operation, seconds) => metrics.leaseWaitSeconds.observe({ operation }, seconds),
    close() {
      old.write();
      givenBack.write();
    },
    onRestoreFinished(replaced) {
      log.warn({ replaced }, 'finished a restore that was interrupted; cursors from before it have expired');
    },
  };
}
