import pLimit from 'p-limit';
import { type FileCheck, type StorageLocation } from '../recordings/observation.js';
import { valuesByName } from '../recordings/by-name.js';
import { type RecordingState } from '../recordings/state.js';
import { logUnlessOutage } from '../store/log-unless-outage.js';
import { type Log } from '../telemetry/log.js';
import { type Metrics } from '../telemetry/metrics.js';
import { type ClockNoteParts, recordByClock } from './clock-observations.js';

/** Recordings whose files are checked at once, and that wait for it. Of more than those, each comes again later. */
const MAX_RUNNING = 2;
const MAX_WAITING = 200;

/** Shortest time until a check that could not be made is tried again; it grows to the time since it was due. Gateway time. */
const MIN_RETRY_DELAY_MS = 5 * 60_000;

/** A check that could not be made for this long is recorded as such. Gateway time. */
export const TRYING_TIMEOUT_MS = 24 * 60 * 60_000;

/** How checks end. */
export const FILE_CHECK_OUTCOMES = ['complete', 'incomplete', 'retried', 'given-up'] as const;

/** What a storage says of files that Agora named, or why nothing is known. */
export type AskedStorage = Omit<FileCheck, 'notMade'> | { reason: string; message: string };

export interface FileCheckParts extends ClockNoteParts {
  /** Asks the storage of a recording about files. Gives up when `signal` is aborted. */
  askStorage: (
    storage: StorageLocation,
    fileNames: readonly string[],
    signal: AbortSignal,
  ) => Promise<AskedStorage>;
  log: Log;
  metrics: Pick<Metrics, 'fileChecks'>;
}

export interface FileChecks {
  /**
   * Begins to check the files of a recording, if there is room, without waiting for it. `dueAt`: gateway time, Unix
   * milliseconds. A check that is not recorded is tried again at the time that `retryAt` gives.
   */
  begin(state: RecordingState, dueAt: number): void;
  /** When the watch brings a recording again that was due then. */
  retryAt(dueAt: number): number;
  /** Gives up the checks in progress; resolves when they have ended. */
  close(): Promise<void>;
}

/** When a check that has been due since then is tried again: twice as late each time. Unix milliseconds. */
export function fileCheckRetryAt(dueAt: number, now: number): number {
  return now + Math.max(MIN_RETRY_DELAY_MS, now - dueAt);
}

/** Asks storages whether the files of completed recordings are there, and records what they say. */
export function createFileChecks(parts: FileCheckParts): FileChecks {
  const { askStorage, clock, log, metrics } = parts;
  const limit = pLimit(MAX_RUNNING);
  const busy = new Map<string, Promise<void>>();
  const closing = new AbortController();

  async function check(state: RecordingState, dueAt: number): Promise<void> {
    const storage = state.start?.storage;
    if (storage == null || closing.signal.aborted) return;
    const names = valuesByName(state.files).map(({ value }) => value.fileName);
    const asked = await askStorage(storage, names, closing.signal);
    if (closing.signal.aborted) return;
    const now = clock.now();
    const recordingId = state.id;
    if ('reason' in asked && now - dueAt < TRYING_TIMEOUT_MS) {
      metrics.fileChecks.inc({ outcome: 'retried' });
      log.warn({ recordingId, reason: asked.reason }, 'could not check the files of a recording; will retry');
      return;
    }
    const nothing = { files: 0, missing: [], denied: [], absent: 0 };
    const found: FileCheck = 'reason' in asked ? { ...nothing, notMade: asked } : { ...asked, notMade: null };
    await recordByClock(parts, state, now, { kind: 'file-check', check: found });
    const outcome = found.notMade !== null ? 'given-up' : found.absent > 0 ? 'incomplete' : 'complete';
    metrics.fileChecks.inc({ outcome });
    if (outcome !== 'complete') {
      log.warn(
        { recordingId, absent: found.absent, reason: found.notMade?.reason },
        'files are not in the storage',
      );
    }
  }

  return {
    begin(state, dueAt) {
      const { id } = state;
      if (closing.signal.aborted || busy.has(id) || limit.pendingCount >= MAX_WAITING) return;
      const running = limit(() => check(state, dueAt))
        .catch((error: unknown) =>
          logUnlessOutage(log, error, 'check of the files failed; will retry', { recordingId: id }),
        )
        .finally(() => busy.delete(id));
      busy.set(id, running);
    },
    retryAt: (dueAt) => fileCheckRetryAt(dueAt, clock.now()),
    async close() {
      closing.abort();
      await Promise.all(busy.values());
    },
  };
}
