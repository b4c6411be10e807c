import { type Reply } from '@agora-recording-gateway/agora/client/reply';
import { replyMeaning } from '@agora-recording-gateway/agora/tables/reply-meanings';
import { type Observation, type UpdateFacts } from '../observation.js';
import { type RecordingState } from '../state.js';
import { isNotFound, isStopInDoubt, isStopTaken } from './evidence.js';
import { FILE_LIST_KIND, withFileList } from './fold-files.js';
import { withProblem, withRepeatedProblem } from './fold-problems.js';
import { nameOf } from './name-of.js';
import { withService } from './fold-services.js';
import { greatest, latest, type Register, smallest } from './register.js';
import { stampOf } from './stamp.js';

/** Uploads fail once temporary credentials have expired, so a renewal that failed is a problem. */
function withFailedRenewal(
  state: RecordingState,
  observation: Observation,
  update: UpdateFacts | undefined,
  reason: string,
): RecordingState {
  if (update?.credentials === undefined) return state;
  const next =
    update.credentials.profile === null
      ? 'Send fresh ones before they expire.'
      : 'The gateway retries while they are temporary.';
  const message = `The credentials of the storage could not be renewed (${reason}). ${next}`;
  return {
    ...withProblem(state, observation, 'STORAGE_RENEWAL_FAILED', message),
    renewalFailedAt: greatest(state.renewalFailedAt, observation.occurredAt),
  };
}

/** Takes effect once Agora has accepted the update. */
function withUpdate(state: RecordingState, observation: Observation): RecordingState {
  const { content } = observation;
  if (content.kind !== 'reply' || content.update === undefined) return state;
  if (replyMeaning(content.operation, content.httpStatus, content.reply.code).verdict !== 'done') {
    const reason = `${content.httpStatus} ${content.reply.reason ?? ''}`.trim();
    return withFailedRenewal(state, observation, content.update, reason);
  }
  const { paused, outputs, subscription, layout, credentials } = content.update;
  const stamp = stampOf(observation);
  const held = <T>(register: Register<T> | null, value: T | undefined) =>
    value === undefined ? register : latest(register, value, stamp);
  return {
    ...state,
    paused: held(state.paused, paused),
    outputs: held(state.outputs, outputs),
    subscription: held(state.subscription, subscription),
    layout: held(state.layout, layout),
    credentials: held(state.credentials, credentials),
  };
}

function withReplyBody(before: RecordingState, reply: Reply, observation: Observation): RecordingState {
  let state = withFileList(before, reply.fileList, observation, FILE_LIST_KIND.reply);
  const stamp = stampOf(observation);
  if (reply.status !== null)
    state = { ...state, serviceStatus: latest(state.serviceStatus, reply.status, stamp) };
  if (reply.subServiceStatus !== null) {
    state = { ...state, subServiceStatus: latest(state.subServiceStatus, reply.subServiceStatus, stamp) };
  }
  if (reply.sliceStartTime !== null) {
    state = { ...state, recordingSince: smallest(state.recordingSince ?? null, reply.sliceStartTime) };
  }
  for (const service of reply.extensionServices) state = withService(state, service, stamp);
  return state;
}

/** Only the reply to the recording's own start gives it its sid: calls name the sid that they are about. */
function withStartReply(before: RecordingState, observation: Observation): RecordingState {
  const { content, occurredAt } = observation;
  if (content.kind !== 'reply') return before;
  const { sid, resourceId: named } = content.reply;
  const state = sid === null ? before : { ...before, sid: latest(before.sid, sid, stampOf(observation, 1)) };
  const { verdict } = replyMeaning('start', content.httpStatus, content.reply.code);
  const tried = { ...state, triedAt: greatest(state.triedAt, occurredAt) };
  if (verdict === 'done' || verdict === 'already') {
    const resourceId = content.start?.resourceId ?? named;
    return {
      ...tried,
      acceptedAt: smallest(state.acceptedAt, occurredAt),
      resourceId:
        resourceId === null
          ? state.resourceId
          : latest(state.resourceId, resourceId, stampOf(observation, 1)),
    };
  }
  const refused = (verdict === 'refused' || verdict === 'later') && content.start?.again === false;
  return { ...tried, startRefused: state.startRefused || refused };
}

function withStopOutcome(before: RecordingState, observation: Observation): RecordingState {
  const { content, occurredAt } = observation;
  let state = before;
  if (isStopInDoubt(observation)) {
    state = { ...state, stopInDoubtAt: greatest(state.stopInDoubtAt, occurredAt) };
  }
  if (content.kind === 'reply' && content.operation === 'stop' && isNotFound(observation)) {
    state = { ...state, stopNotFoundAt: greatest(state.stopNotFoundAt, occurredAt) };
  }
  if (isStopTaken(observation)) {
    state = {
      ...state,
      stopTakenAt: smallest(state.stopTakenAt, occurredAt),
      endedAt: { ...state.endedAt, stopped: smallest(state.endedAt.stopped, occurredAt) },
    };
  }
  return state;
}

export function foldReply(before: RecordingState, observation: Observation): RecordingState {
  const { content } = observation;
  if (content.kind !== 'reply') return before;
  let state = withReplyBody(before, content.reply, observation);
  if (content.named !== undefined) {
    state = withRepeatedProblem(
      state,
      observation,
      'REPLY_NAMES_ANOTHER_CHANNEL',
      `A reply to ${content.operation} with the sid of this recording named ${nameOf(content.named)}. The sid decides, so it ` +
        'was taken for this recording. Check what is between the gateway and Agora.',
    );
  }
  if (content.operation === 'start') state = withStartReply(state, observation);
  return withStopOutcome(withUpdate(state, observation), observation);
}

/** A call without a usable reply. It changes nothing except the record of the gateway's own attempts. */
export function foldNoReply(before: RecordingState, observation: Observation): RecordingState {
  const { content, occurredAt } = observation;
  if (content.kind !== 'no-reply') return before;
  const { operation, sent, message, update, named } = content;
  let state = before;
  if (named !== undefined) {
    state = withRepeatedProblem(
      state,
      observation,
      'REPLY_NAMES_ANOTHER_RECORDING',
      `A reply to ${operation} was about another recording (${nameOf(named)}) and was ignored. Check what is between the ` +
        'gateway and Agora.',
    );
  }
  if (update !== undefined) return withFailedRenewal(state, observation, update, message);
  if (operation === 'stop' && !sent) {
    return withProblem(
      state,
      observation,
      'STOP_NOT_SENT',
      `A stop could not be sent. ${message} Stop it again.`,
    );
  }
  if (operation === 'start' && sent) return { ...state, triedAt: greatest(state.triedAt, occurredAt) };
  return withStopOutcome(state, observation);
}
