import { Arg, Resolver, Root, Subscription } from 'type-graphql';
import { type Context } from '../context.js';
import { endable } from '../iterators.js';
import { RecordingByInput, RecordingFilterInput } from '../inputs/recording-by.input.js';
import { RecordingEventFilterInput } from '../inputs/recording-event-filter.input.js';
import { RecordingsChangeType } from '../types/change.type.js';
import { RecordingEventEdgeType } from '../types/events/event.type.js';
import { RecordingType } from '../types/recording.type.js';
import { followChanges, followEvents } from './follow-log.js';
import { storeFilter } from './store-filter.js';
import { watchRecording } from './watch-recording.js';

function servicesOf({ context }: { context: unknown }) {
  return (context as Context).services;
}

interface LogArguments<Filter> {
  filter?: Filter | null;
  after?: string | null;
}

const after = {
  nullable: true,
  description:
    'Continue after this cursor. Default: only what happens from now on. A cursor older than the retained log ends the subscription ' +
    'with the error CURSOR_EXPIRED, whose extensions hold the oldestCursor still available.',
};

@Resolver()
export class SubscriptionResolver {
  @Subscription(() => RecordingType, {
    subscribe: (data) =>
      endable((ended) => watchRecording(servicesOf(data), (data.args as { by: RecordingByInput }).by, ended)),
    description:
      'The recording as it is now, then after each visible change; a slow reader gets the latest, not a backlog. ' +
      'Changes of screenshots alone are sent at most once a second. Completes after a final phase that is not inferred. An unknown ' +
      'recording is the error RECORDING_NOT_FOUND.',
  })
  recordingChanged(
    @Root() recording: RecordingType,
    @Arg('by', () => RecordingByInput, { description: 'Which recording.' }) _by: RecordingByInput,
  ): RecordingType {
    return recording;
  }

  @Subscription(() => RecordingsChangeType, {
    subscribe: (data) => {
      const { filter, after: cursor } = data.args as LogArguments<RecordingFilterInput>;
      const checked = storeFilter(filter);
      return endable((ended) => followChanges(servicesOf(data), checked, cursor, ended));
    },
    description:
      'Changes of every recording that the filter lets through, with what each is for a list: started, changed, out of the filter, or ' +
      'removed. No snapshot: query `recordings` first and pass its changeCursor, and nothing is missed between.',
  })
  recordingListChanged(
    @Root() change: RecordingsChangeType,
    @Arg('filter', () => RecordingFilterInput, {
      nullable: true,
      description: 'Which recordings. Default all.',
    })
    _filter?: RecordingFilterInput | null,
    @Arg('after', () => String, after) _after?: string | null,
  ): RecordingsChangeType {
    return change;
  }

  @Subscription(() => RecordingEventEdgeType, {
    subscribe: (data) => {
      const { filter, after: cursor } = data.args as LogArguments<RecordingEventFilterInput>;
      return endable((ended) => followEvents(servicesOf(data), filter, cursor, ended));
    },
    description:
      'Every event once, in the order in which the gateway learned of them; pass the last cursor, or a headCursor of ' +
      '`Recording.events`, as `after` to continue without a gap.',
  })
  recordingEvents(
    @Root() edge: RecordingEventEdgeType,
    @Arg('filter', () => RecordingEventFilterInput, {
      nullable: true,
      description: 'Which events. Default all.',
    })
    _filter?: RecordingEventFilterInput | null,
    @Arg('after', () => String, after) _after?: string | null,
  ): RecordingEventEdgeType {
    return edge;
  }
}
