import { type Recording } from '../../recordings/view/recording.js';
import { recordingNotFound } from '../errors.js';
import { type RecordingByInput } from '../inputs/recording-by.input.js';
import { presentRecording } from '../present/present.js';
import { type Services } from '../services.js';
import { type RecordingType } from '../types/recording.type.js';
import { outlast } from './outlast.js';
import { findRecordingId } from './find-recording.js';

const FINAL_PHASES = new Set(['COMPLETED', 'FAILED', 'LOST']);

/** Screenshots may come every second or faster: a change of nothing else is pushed at this interval. Real milliseconds. */
const SNAPSHOT_INTERVAL_MS = 1_000;

const withoutSnapshotsOf = new WeakMap<Recording, string>();

/** What is left of a recording when screenshots and bookkeeping are taken away: worked out once for all who follow it. */
function withoutSnapshots(recording: Recording): string {
  const known = withoutSnapshotsOf.get(recording);
  if (known !== undefined) return known;
  const rest = restOf(recording);
  withoutSnapshotsOf.set(recording, rest);
  return rest;
}

function restOf(recording: Recording): string {
  return JSON.stringify({
    ...recording,
    individual: null,
    version: 0,
    delivery: null,
    explanation: null,
    changedAt: 0,
    nextObservationAt: null,
    observedAt: 0,
    observedBy: null,
  });
}

/** The recording as it is, and then after each change. Rejects with RECORDING_NOT_FOUND if there is none. */
export async function watchRecording(
  services: Services,
  by: RecordingByInput,
  ended: AbortSignal,
): Promise<AsyncGenerator<RecordingType>> {
  const { store } = services;
  const id = await findRecordingId(store, by);
  const [recording] = id === null ? [] : await store.recordings([id]);
  if (id === null || recording == null) throw recordingNotFound();
  return followRecording(services, id, ended);
}

/**
 * Joins the feed, then reads the state and sends it, then sends only greater versions: nothing falls between, and a
 * slow reader gets the latest.
 */
async function* followRecording(
  { store, feed }: Services,
  id: string,
  ended: AbortSignal,
): AsyncGenerator<RecordingType> {
  const changes = feed.recording(id);
  ended.addEventListener('abort', () => void changes.return?.());
  let sent: { version: number; rest: string; at: number } | null = null;
  try {
    for (;;) {
      let [recording] = await outlast(ended, () => store.recordings([id]));
      if (recording == null) throw recordingNotFound();
      if (sent !== null && recording.version > sent.version && withoutSnapshots(recording) === sent.rest) {
        await new Promise((resolve) =>
          setTimeout(resolve, (sent?.at ?? 0) + SNAPSHOT_INTERVAL_MS - performance.now()),
        );
        [recording] = await outlast(ended, () => store.recordings([id]));
        if (recording == null) throw recordingNotFound();
      }
      if (sent === null || recording.version > sent.version) {
        sent = { version: recording.version, rest: withoutSnapshots(recording), at: performance.now() };
        yield presentRecording(recording);
        if (FINAL_PHASES.has(recording.phase) && !recording.phaseInferred) return;
      }
      const change = await changes.next();
      if (change.done === true) return;
    }
  } finally {
    await changes.return?.();
  }
}
