import { Arg, Resolver, Root, Subscription } from 'type-graphql';
import { type Feed } from '../../feed/feed.js';
import { type Store } from '../../store/store.js';
import { type Context } from '../context.js';
import { recordingNotFound } from '../errors.js';
import { RecordingByInput } from '../inputs/recording-by.input.js';
import { presentRecording } from '../present.js';
import { RecordingType } from '../types/recording.type.js';
import { findRecordingId } from './find-recording.js';

const FINAL_PHASES = new Set(['COMPLETED', 'FAILED', 'LOST']);

/**
 * Joins the feed, then reads the state and sends it, then sends only greater versions: nothing falls between, and a
 * slow reader gets the latest.
 */
async function* watchRecording(
  store: Store,
  feed: Feed,
  by: RecordingByInput,
): AsyncGenerator<RecordingType> {
  const id = await findRecordingId(store, by);
  if (id === null) throw recordingNotFound();
  const changes = feed.recording(id);
  try {
    let sent = -1;
    for (;;) {
      const [recording] = await store.recordings([id]);
      if (recording == null) throw recordingNotFound();
      if (recording.version > sent) {
        sent = recording.version;
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

@Resolver()
export class SubscriptionResolver {
  @Subscription(() => RecordingType, {
    subscribe: ({ args, context }) => {
      const { store, feed } = (context as Context).services;
      return watchRecording(store, feed, (args as { by: RecordingByInput }).by);
    },
    description:
      'The recording as it is now, then after each visible change; a slow reader gets the latest, not a backlog. ' +
      'Completes after a final phase that is not inferred. An unknown recording is the error RECORDING_NOT_FOUND.',
  })
  recordingChanged(
    @Root() recording: RecordingType,
    @Arg('by', () => RecordingByInput, { description: 'Which recording.' }) _by: RecordingByInput,
  ): RecordingType {
    return recording;
  }
}
