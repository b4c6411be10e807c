import { percent, words } from '../shell/text';
import { type TimelineEvent } from './events';

/** What an event is called in the timeline. */
export function eventTitle(event: TimelineEvent): string {
  switch (event.__typename) {
    case 'CommandEvent':
    case 'PollEvent':
      return `${words(event.operation)}: ${words(event.outcome).toLowerCase()}`;
    case 'MutationEvent':
      return `Asked for: ${event.mutation}`;
    case 'ClockEvent':
      return event.outage === null ? `Deadline: ${words(event.deadline ?? 'UNKNOWN')}` : 'Outage';
    case 'SequenceGapEvent':
      return 'Notifications are missing';
    default:
      return words(event.type);
  }
}

function join(...parts: (string | number | null | undefined | false)[]): string {
  return parts.filter((part) => part != null && part !== false && part !== '').join(', ');
}

/** What it says, in a line; empty where the title says all. */
export function eventDetail(event: TimelineEvent): string {
  switch (event.__typename) {
    case 'CommandEvent':
    case 'PollEvent':
      return join(
        event.httpStatus !== null && `HTTP ${event.httpStatus}`,
        event.agoraCode !== null && `code ${event.agoraCode}`,
        event.serviceStatus !== null && words(event.serviceStatus).toLowerCase(),
        event.callReason,
      );
    case 'MutationEvent':
      return join(words(event.mutationResult), event.caller, ...event.errorCodes);
    case 'ClockEvent':
      return event.outage === null ? '' : `${event.outage.from} to ${event.outage.to}`;
    case 'SequenceGapEvent':
      return `${event.gap.from} to ${event.gap.to} of recorder ${event.gap.recorderUid}`;
    case 'RecorderAudioStreamStateChangedEvent':
    case 'RecorderVideoStreamStateChangedEvent':
      return join(event.streamUid !== null && `uid ${event.streamUid}`, event.state && words(event.state));
    case 'RecorderSliceStartEvent':
      return join(
        event.sliceUid !== null && `uid ${event.sliceUid}`,
        event.trackType && words(event.trackType),
      );
    case 'UploadingProgressEvent':
      return event.progress === null ? '' : percent(event.progress);
    case 'CloudRecordingErrorEvent':
      return join(
        event.errorMessage,
        event.error && words(event.error),
        event.errorLevel && words(event.errorLevel),
      );
    case 'CloudRecordingWarningEvent':
      return event.warning === null ? '' : words(event.warning);
    case 'MetadataEvent':
      return event.changedBy ?? '';
    case 'RecorderLeaveEvent':
      return join(...event.leaveReasons.map(words));
    case 'WebRecorderStoppedEvent':
      return event.stopReason === null ? '' : words(event.stopReason);
    case 'SessionFailoverEvent':
      return event.newUid === null ? '' : `recorder uid ${event.newUid}`;
    default:
      return '';
  }
}

/** Whether an event reports a failure. */
export function isFailure(event: TimelineEvent): boolean {
  switch (event.__typename) {
    case 'CommandEvent':
    case 'PollEvent':
      return event.outcome === 'NOT_ANSWERED' || (event.httpStatus ?? 200) >= 400;
    case 'MutationEvent':
      return event.mutationResult !== 'OK';
    case 'CloudRecordingErrorEvent':
    case 'SequenceGapEvent':
    case 'ClockEvent':
      return true;
    default:
      return false;
  }
}

export const SOURCE_WORDS: Record<TimelineEvent['source'], string> = {
  COMMAND: 'Call',
  POLL: 'Query',
  NOTIFICATION: 'Agora',
  CLOCK: 'Clock',
};
