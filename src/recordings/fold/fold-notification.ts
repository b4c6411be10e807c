import { bounded, valueOf, withValue } from '../by-name.js';
import { type Observation } from '../observation.js';
import { isStartedHere, type NamedChannel, type RecordingState } from '../state.js';
import { endSignsOf } from './end-signs.js';
import { describeError, describeWarning } from './error-text.js';
import { FILE_LIST_KIND, withFileList } from './fold-files.js';
import { withProblem, withRepeatedProblem } from './fold-problems.js';
import { type StoredProblemCode } from '../problems.js';
import { snapshotNameOf } from '../snapshot-name.js';
import { nameOf } from './name-of.js';
import { withPush } from './fold-services.js';
import { earliest, greatest, latest, smallest } from './register.js';
import { knownAt, stampOf } from './stamp.js';

/** Users whose streams one recording keeps. */
export const MAX_STREAMS = 64;

/** `errorLevel` of event 1. */
export const FATAL = 5;

function withStream(
  state: RecordingState,
  observation: Observation,
  media: 'audio' | 'video',
  { streamUid: uid, state: streamState }: { streamUid: string | null; state: number | null },
): RecordingState {
  if (uid === null) return state;
  const held = valueOf(state.streams, uid) ?? { audio: null, video: null };
  const receiving = latest(held[media], streamState === 0, stampOf(observation));
  const streams = withValue(state.streams, uid, { ...held, [media]: receiving });
  return { ...state, streams: bounded(streams, MAX_STREAMS) };
}

/** A user who has the recorder's own uid: Agora lets one of the two leave the channel. */
function withUidConflict(
  state: RecordingState,
  observation: Observation,
  recorderUid: string,
  { streamUid, state: streamState }: { streamUid: string | null; state: number | null },
): RecordingState {
  if (streamUid === null || streamUid !== recorderUid || streamState !== 0) return state;
  return withRepeatedProblem(
    state,
    observation,
    'RECORDER_UID_IN_CHANNEL',
    `A user of the channel has the uid of the recorder, ${recorderUid}, and the two disturb each other. Start the ` +
      'recording with a uid that no user has.',
  );
}

/** Whether the one comes first: by its channel, then by its time. */
function isBefore(left: NamedChannel, right: NamedChannel): boolean {
  return left.channel === right.channel ? left.at < right.at : left.channel < right.channel;
}

function withNamedChannel(state: RecordingState, channel: string, at: number): RecordingState {
  if (channel === '') return state;
  const named = { channel, at };
  const { least, greatest: last } = state.namedChannels ?? { least: named, greatest: named };
  const isLast = last.channel === channel ? at < last.at : last.channel < channel;
  return {
    ...state,
    namedChannels: { least: isBefore(named, least) ? named : least, greatest: isLast ? named : last },
  };
}

/** What the notification names otherwise in another place: the payload decides. */
function withOtherNames(state: RecordingState, observation: Observation): RecordingState {
  if (observation.content.kind !== 'notification') return state;
  const { alsoNames } = observation.content.notification;
  if (alsoNames === undefined) return state;
  return withRepeatedProblem(
    state,
    observation,
    'NOTIFICATION_NAMES_ANOTHER_RECORDING',
    `A notification of this recording also named ${nameOf(alsoNames)}. What its payload names decides. Check what is between ` +
      'Agora and the gateway.',
  );
}

/** Identity and recorder: what each notification says besides its details. */
function withSender(before: RecordingState, observation: Observation): RecordingState {
  if (observation.content.kind !== 'notification') return before;
  const { cname: channel, uid, sid, details } = observation.content.notification;
  const stamp = stampOf(observation);
  const origin = channel === '' ? before.origin : earliest(before.origin, { channel, uid }, stamp);
  const isPlaced = isStartedHere(before) || before.adoption !== null;
  const recorderUid = details.type === 'SESSION_FAILOVER' ? (details.newUid ?? uid) : uid;
  return {
    ...before,
    ...(isPlaced ? {} : origin?.value),
    origin,
    sid: latest(before.sid, sid, stamp),
    recorderUid: recorderUid === '' ? before.recorderUid : latest(before.recorderUid, recorderUid, stamp),
  };
}

export function foldNotification(before: RecordingState, observation: Observation): RecordingState {
  if (observation.content.kind !== 'notification') return before;
  const { cname, details, typeName, uid } = observation.content.notification;
  const sent = withOtherNames(withSender(before, observation), observation);
  const state = withNamedChannel(sent, cname, observation.occurredAt);
  const time = observation.occurredAt;
  const problem = (code: StoredProblemCode, message: string, from: RecordingState = state) =>
    withProblem(from, observation, code, message);
  switch (details.type) {
    case 'CLOUD_RECORDING_ERROR': {
      const message = describeError(details);
      const stamp = stampOf(observation);
      const signErrors = { ...state.signErrors };
      for (const sign of endSignsOf(observation)) signErrors[sign] = latest(signErrors[sign], message, stamp);
      const next = { ...problem(`AGORA_ERROR_${details.errorCode ?? 'UNKNOWN'}`, message), signErrors };
      if (details.errorLevel !== FATAL) return next;
      return { ...next, fatalError: latest(state.fatalError, message, stamp) };
    }
    case 'CLOUD_RECORDING_WARNING': {
      return problem(`AGORA_WARNING_${details.warnCode ?? 'UNKNOWN'}`, describeWarning(details));
    }
    case 'CLOUD_RECORDING_STATUS_UPDATE': {
      const withFiles = withFileList(state, details.fileList, observation, FILE_LIST_KIND.early);
      if (details.status === null) return withFiles;
      return {
        ...withFiles,
        serviceStatus: latest(state.serviceStatus, details.status, stampOf(observation)),
      };
    }
    case 'CLOUD_RECORDING_FILE_INFOS':
      return withFileList(state, details.fileList, observation, FILE_LIST_KIND.early);
    case 'RECORDER_SNAPSHOT_FILE': {
      // A name that no storage can hold is not listed, so it is not the latest either.
      const name = snapshotNameOf(observation.content);
      return name === null
        ? state
        : { ...state, snapshot: latest(state.snapshot, name, stampOf(observation)) };
    }
    case 'RTMP_PUBLISH_STATUS': {
      const web = { ...state, isWeb: true };
      if (details.rtmpUrl === null) return web;
      return withPush(web, details.rtmpUrl, details.status, stampOf(observation));
    }
    case 'WEB_RECORDER_STARTED':
      return { ...state, isWeb: true };
    case 'WEB_RECORDER_CAPABILITY_LIMIT':
      return problem(
        'WEB_CAPABILITY_LIMIT',
        `The page uses more than can be recorded (${details.limitType ?? 'unknown limit'}). Make it lighter.`,
        { ...state, isWeb: true },
      );
    case 'WEB_RECORDER_RELOAD':
      return problem('WEB_PAGE_RELOADED', `The page was reloaded (${details.reason ?? 'unknown reason'}).`, {
        ...state,
        isWeb: true,
      });
    case 'DOWNLOAD_FAILED':
      return problem(
        'DOWNLOAD_FAILED',
        `Recorded files could not be downloaded for transcoding: ${details.fileNames.join(', ')}.`,
      );
    case 'WEB_RECORDER_STOPPED':
      return {
        ...withFileList(state, details.fileList, observation, FILE_LIST_KIND.uploaded),
        isWeb: true,
        endedAt: { ...state.endedAt, left: smallest(state.endedAt.left, time) },
      };
    case 'UPLOADED':
    case 'BACKUPED':
      return withFileList(state, details.fileList, observation, FILE_LIST_KIND.uploaded);
    case 'UPLOADING_PROGRESS':
      return {
        ...state,
        lastProgressAt: greatest(state.lastProgressAt, knownAt(observation)),
        progress: details.progress === null ? state.progress : greatest(state.progress, details.progress),
      };
    case 'RECORDER_LEAVE':
      return { ...state, endedAt: { ...state.endedAt, left: smallest(state.endedAt.left, time) } };
    case 'SESSION_EXIT':
      return { ...state, endedAt: { ...state.endedAt, exited: smallest(state.endedAt.exited, time) } };
    case 'RECORDER_AUDIO_STREAM_STATE_CHANGED':
      return withUidConflict(withStream(state, observation, 'audio', details), observation, uid, details);
    case 'RECORDER_VIDEO_STREAM_STATE_CHANGED':
      return withUidConflict(withStream(state, observation, 'video', details), observation, uid, details);
    default:
      if (typeName !== 'STS_EXPIRED') return state;
      return problem('STS_EXPIRED', 'The temporary credentials of the storage expired. Renew them.');
  }
}
