import { type RecordingCallsQuery } from '@agora-recording-gateway/client';
import { type Details } from '../one/details';
import { eventDetail, eventTitle } from '../one/event-text';
import { type TimelineEvent } from '../one/events';
import { words } from '../shell/text';
import { type LifeCall, type LifeEvent, type LifeSource } from './life';
import { type Proofs, PROOFS } from './proofs';

export type Calls = NonNullable<RecordingCallsQuery['recording']>['calls'];

function provenBy(event: TimelineEvent, { events, statuses }: Proofs): string | null {
  const isReply = event.__typename === 'CommandEvent' || event.__typename === 'PollEvent';
  if (!isReply) return events[event.type] ?? null;
  const isStop = event.__typename === 'CommandEvent' && event.operation === 'STOP';
  if (isStop && event.httpStatus === 200) return 'STOPPING';
  return event.serviceStatusCode === null ? null : (statuses[event.serviceStatusCode] ?? null);
}

function streamOf(event: TimelineEvent): LifeEvent['stream'] {
  switch (event.__typename) {
    case 'RecorderAudioStreamStateChangedEvent':
    case 'RecorderVideoStreamStateChangedEvent': {
      if (event.streamUid === null || event.state === null) return undefined;
      const kind = event.__typename === 'RecorderAudioStreamStateChangedEvent' ? 'audio' : 'video';
      return { uid: event.streamUid, kind, isOn: event.state === 'RECEIVING' };
    }
    default:
      return undefined;
  }
}

function eventOf(event: TimelineEvent): LifeEvent {
  const { id, type, occurredAt } = event;
  const outage = event.__typename === 'ClockEvent' ? event.outage : null;
  return {
    ...{ id, type, occurredAt },
    title: eventTitle(event),
    detail: eventDetail(event),
    stream: streamOf(event),
    proves: provenBy(event, PROOFS),
    ...(outage === null ? {} : { outage }),
  };
}

function callOf(call: Calls[number]): LifeCall {
  const { id, operation, reason, requestedAt, sentAt, answeredAt, outcome, httpStatus } = call;
  const result = httpStatus === null ? words(outcome).toLowerCase() : `HTTP ${httpStatus}`;
  return {
    ...{ id, requestedAt, sentAt, answeredAt, result },
    name: words(operation),
    why: reason === null ? null : words(reason).toLowerCase(),
    isFailure: outcome === 'NOT_ANSWERED' || outcome === 'NOT_SENT' || (httpStatus ?? 200) >= 400,
  };
}

/** What is drawn of a recording. */
export function sourceOf(details: Details, events: readonly TimelineEvent[], calls: Calls): LifeSource {
  const { phase, startedAt, endedAt, observedAt, files } = details;
  return {
    ...{ phase, startedAt, endedAt, observedAt },
    events: events.map(eventOf),
    calls: calls.map(callOf),
    files: files.nodes.flatMap((file) =>
      file.startedAt === null ? [] : [{ name: file.fileName, at: file.startedAt }],
    ),
  };
}
