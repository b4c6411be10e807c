import { type AgoraFile, type AgoraFileList } from '@agora-recording-gateway/agora/webhook/file-list';
import { type ExtensionService, type Reply } from '@agora-recording-gateway/agora/client/reply';
import { replyMeaning } from '@agora-recording-gateway/agora/tables/reply-meanings';
import { EVENT_ERRORS, EVENT_WARNINGS } from '@agora-recording-gateway/agora/tables/event-details';
import { endSignsOf, evidenceOf, isNotFound, isStopInDoubt, isStopTaken, uploadEndOf } from './evidence.js';
import { type Observation, type UpdateFacts } from '../observation.js';
import { bounded, byName, entriesOf, valueOf, withValue } from '../by-name.js';
import { earliest, greatest, latest, type Register, smallest, type Stamp } from './register.js';
import { noteSequence, noteTold } from './sequence.js';
import { type Bookkeeping, isStartedHere, type Proof, type RecordingState } from '../state.js';

/** Bounds on what one recording remembers. */
export const MAX_STREAMS = 64;
export const MAX_FILES = 2_000;
export const MAX_PROBLEMS = 100;
const MAX_SERVICES = 16;
const MAX_PUSHES = 50;

/** Evidence of a file list by kind: replies before events 31, 32, 71 before 3, 4. */
const FILE_LIST_KIND = { reply: 2, uploaded: 1, early: 0 } as const;

const FATAL = 5;

/** What was heard of cannot have happened later: a clock of Agora's that runs ahead puts no deadline off. */
function knownAt({ occurredAt, receivedAt }: Observation): number {
  return Math.min(occurredAt, receivedAt);
}

function stampOf(observation: Observation, kind = 0): Stamp {
  const { content, occurredAt, hash } = observation;
  const notification = content.kind === 'notification' ? content.notification : null;
  return [kind, occurredAt, notification?.uid ?? '', notification?.sequence ?? -1, hash];
}

/** How much an entry tells: the entry that tells most stands for the file. */
function richness(file: AgoraFile): number {
  return Object.values(file).filter((value) => value !== null).length;
}

function withFileList(
  state: RecordingState,
  list: AgoraFileList | null,
  observation: Observation,
  kind: number,
): RecordingState {
  if (list === null) return state;
  const named: AgoraFile[] =
    list.kind === 'files'
      ? list.files
      : [
          {
            fileName: list.fileName,
            trackType: null,
            uid: null,
            mixedAllUser: null,
            isPlayable: null,
            sliceStartTime: null,
          },
        ];
  const files = new Map(entriesOf(state.files));
  for (const file of named) {
    const stamp = stampOf(observation, richness(file) * 10 + kind);
    files.set(file.fileName, latest(files.get(file.fileName), file, stamp));
  }
  return {
    ...state,
    fileList: latest(state.fileList, list, stampOf(observation, kind)),
    files: bounded(byName(files), MAX_FILES),
  };
}

/** A proof is kept if it is the earliest of its rank; the hash decides between two of one moment. */
function withEvidence(state: RecordingState, observation: Observation): RecordingState {
  const evidence = evidenceOf(observation);
  if (evidence === null) return state;
  const { hash, source } = observation;
  const at = knownAt(observation);
  const held = state.proofs[evidence.rank];
  const offered: Proof = { at, hash, source, says: evidence.says };
  const earlier =
    held === undefined || offered.at < held.at || (offered.at === held.at && offered.hash < held.hash);
  return {
    ...state,
    proofs: earlier ? { ...state.proofs, [evidence.rank]: offered } : state.proofs,
    failed: state.failed || evidence.failed,
    evidenceAt: greatest(state.evidenceAt, at),
  };
}

function withEndSigns(state: RecordingState, observation: Observation): RecordingState {
  const signs = endSignsOf(observation);
  if (signs.length === 0) return state;
  const endSigns = { ...state.endSigns };
  for (const sign of signs) endSigns[sign] = smallest(endSigns[sign] ?? null, observation.occurredAt);
  return { ...state, endSigns };
}

function withUploadEnd(state: RecordingState, observation: Observation): RecordingState {
  const end = uploadEndOf(observation);
  return end === null ? state : { ...state, upload: latest(state.upload, end, stampOf(observation)) };
}

function withProblem(
  state: RecordingState,
  observation: Observation,
  code: string,
  message: string,
): RecordingState {
  const key = `${String(observation.occurredAt).padStart(16, '0')}:${observation.hash}`;
  const problem = { code, message, occurredAt: observation.occurredAt };
  return { ...state, problems: bounded(withValue(state.problems, key, problem), MAX_PROBLEMS) };
}

function withStream(
  state: RecordingState,
  observation: Observation,
  media: 'audio' | 'video',
  uid: string | null,
  receiving: boolean,
): RecordingState {
  if (uid === null) return state;
  const held = valueOf(state.streams, uid) ?? { audio: null, video: null };
  const changed = { ...held, [media]: latest(held[media], receiving, stampOf(observation)) };
  return { ...state, streams: bounded(withValue(state.streams, uid, changed), MAX_STREAMS) };
}

function foldNotification(before: RecordingState, observation: Observation): RecordingState {
  if (observation.content.kind !== 'notification') return before;
  const { notification } = observation.content;
  const { details, typeName } = notification;
  const { cname: channel, uid } = notification;
  const origin = earliest(before.origin, { channel, uid }, stampOf(observation));
  const isPlaced = isStartedHere(before) || before.adoption !== null;
  const recorderUid =
    details.type === 'SESSION_FAILOVER' ? (details.newUid ?? notification.uid) : notification.uid;
  const state: RecordingState = {
    ...before,
    ...(isPlaced ? {} : origin.value),
    origin,
    sid: latest(before.sid, notification.sid, stampOf(observation)),
    recorderUid: latest(before.recorderUid, recorderUid, stampOf(observation)),
  };
  const time = observation.occurredAt;
  switch (details.type) {
    case 'CLOUD_RECORDING_ERROR': {
      const known = EVENT_ERRORS.find(
        (row) => row.module === details.module && row.code === details.errorCode,
      );
      const what = known?.description ?? 'An error occurred during the recording.';
      const message = details.errorMsg === null ? what : `${what} Agora says: ${details.errorMsg}`;
      return withProblem(state, observation, `AGORA_ERROR_${details.errorCode ?? 'UNKNOWN'}`, message);
    }
    case 'CLOUD_RECORDING_WARNING': {
      const known = EVENT_WARNINGS.find(
        (row) => row.module === details.module && row.code === details.warnCode,
      );
      const message = known?.description ?? 'Agora warned of something during the recording.';
      return withProblem(state, observation, `AGORA_WARNING_${details.warnCode ?? 'UNKNOWN'}`, message);
    }
    case 'CLOUD_RECORDING_STATUS_UPDATE': {
      const withFiles = withFileList(state, details.fileList, observation, FILE_LIST_KIND.early);
      return details.status === null
        ? withFiles
        : { ...withFiles, serviceStatus: latest(state.serviceStatus, details.status, stampOf(observation)) };
    }
    case 'CLOUD_RECORDING_FILE_INFOS':
      return withFileList(state, details.fileList, observation, FILE_LIST_KIND.early);
    case 'RECORDER_SNAPSHOT_FILE':
      return details.fileName === null
        ? state
        : { ...state, snapshot: latest(state.snapshot, details.fileName, stampOf(observation)) };
    case 'RTMP_PUBLISH_STATUS':
      return details.rtmpUrl === null
        ? state
        : withPush({ ...state, isWeb: true }, details.rtmpUrl, details.status, stampOf(observation));
    case 'WEB_RECORDER_STARTED':
      return { ...state, isWeb: true };
    case 'WEB_RECORDER_CAPABILITY_LIMIT':
      return withProblem(
        { ...state, isWeb: true },
        observation,
        'WEB_CAPABILITY_LIMIT',
        `The page uses more than can be recorded (${details.limitType ?? 'unknown limit'}). Make it lighter.`,
      );
    case 'WEB_RECORDER_RELOAD':
      return withProblem(
        { ...state, isWeb: true },
        observation,
        'WEB_PAGE_RELOADED',
        `The page was reloaded (${details.reason ?? 'unknown reason'}).`,
      );
    case 'DOWNLOAD_FAILED':
      return withProblem(
        state,
        observation,
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
        progressAt: greatest(state.progressAt, knownAt(observation)),
        progress: details.progress === null ? state.progress : greatest(state.progress, details.progress),
      };
    case 'RECORDER_LEAVE':
      return { ...state, endedAt: { ...state.endedAt, left: smallest(state.endedAt.left, time) } };
    case 'SESSION_EXIT':
      return { ...state, endedAt: { ...state.endedAt, exited: smallest(state.endedAt.exited, time) } };
    case 'RECORDER_AUDIO_STREAM_STATE_CHANGED':
      return withStream(state, observation, 'audio', details.streamUid, details.state === 0);
    case 'RECORDER_VIDEO_STREAM_STATE_CHANGED':
      return withStream(state, observation, 'video', details.streamUid, details.state === 0);
    default:
      return typeName === 'STS_EXPIRED'
        ? withProblem(
            state,
            observation,
            'STS_EXPIRED',
            'The temporary credentials of the storage expired. Renew them.',
          )
        : state;
  }
}

function withService(state: RecordingState, service: ExtensionService, stamp: Stamp): RecordingState {
  const { serviceName, onhold, outputs } = service;
  const held = latest(valueOf(state.services, serviceName), service, stamp);
  const services = withValue(state.services, serviceName, held);
  let next: RecordingState = { ...state, services: bounded(services, MAX_SERVICES) };
  if (serviceName === 'web_recorder_service') next = { ...next, isWeb: true };
  if (onhold !== null) next = { ...next, paused: latest(next.paused, onhold, stamp) };
  if (serviceName === 'rtmp_publish_service') {
    const addresses = outputs.map(({ rtmpUrl }) => rtmpUrl);
    next = { ...next, outputs: latest(next.outputs, addresses, stamp) };
    for (const { rtmpUrl, status } of outputs) next = withPush(next, rtmpUrl, status, stamp);
  }
  return next;
}

function withPush(
  state: RecordingState,
  address: string,
  status: string | null,
  stamp: Stamp,
): RecordingState {
  if (status === null) return state;
  const held = latest(valueOf(state.pushes, address), status, stamp);
  const pushes = withValue(state.pushes, address, held);
  return { ...state, pushes: bounded(pushes, MAX_PUSHES) };
}

/** What an update asked for holds once Agora has taken it. */
function withUpdate(state: RecordingState, observation: Observation): RecordingState {
  const { content } = observation;
  if (content.kind !== 'reply' || content.update === undefined) return state;
  if (replyMeaning(content.operation, content.httpStatus, content.reply.code).verdict !== 'done') {
    const { reason } = content.reply;
    return withFailedRenewal(
      state,
      observation,
      content.update,
      `${content.httpStatus} ${reason ?? ''}`.trim(),
    );
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

/** Uploads fail once temporary credentials have expired, so that they were not renewed is a problem. */
function withFailedRenewal(
  state: RecordingState,
  observation: Observation,
  update: UpdateFacts | undefined,
  why: string,
): RecordingState {
  if (update?.credentials === undefined) return state;
  const next =
    update.credentials.profile === null
      ? 'Send fresh ones before they expire.'
      : 'The gateway tries again while they are temporary.';
  const message = `The credentials of the storage could not be renewed (${why}). ${next}`;
  return {
    ...withProblem(state, observation, 'STORAGE_RENEWAL_FAILED', message),
    renewalFailedAt: greatest(state.renewalFailedAt, observation.occurredAt),
  };
}

function withReplyBody(before: RecordingState, reply: Reply, observation: Observation): RecordingState {
  let state = withFileList(before, reply.fileList, observation, FILE_LIST_KIND.reply);
  const stamp = stampOf(observation);
  if (reply.sid !== null) state = { ...state, sid: latest(state.sid, reply.sid, stampOf(observation, 1)) };
  if (reply.status !== null)
    state = { ...state, serviceStatus: latest(state.serviceStatus, reply.status, stamp) };
  if (reply.subServiceStatus !== null) {
    state = { ...state, subServiceStatus: latest(state.subServiceStatus, reply.subServiceStatus, stamp) };
  }
  for (const service of reply.extensionServices) state = withService(state, service, stamp);
  return state;
}

function withStartReply(state: RecordingState, observation: Observation): RecordingState {
  const { content, occurredAt } = observation;
  if (content.kind !== 'reply') return state;
  const { verdict } = replyMeaning('start', content.httpStatus, content.reply.code);
  const tried = { ...state, triedAt: greatest(state.triedAt, occurredAt) };
  if (verdict === 'done' || verdict === 'already') {
    const resourceId = content.start?.resourceId ?? content.reply.resourceId;
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

function foldReply(before: RecordingState, observation: Observation): RecordingState {
  const { content, occurredAt } = observation;
  if (content.kind !== 'reply') return before;
  let state = withReplyBody(before, content.reply, observation);
  if (content.operation === 'start') state = withStartReply(state, observation);
  state = withUpdate(state, observation);
  if (isStopInDoubt(observation)) {
    state = { ...state, stopTriedAt: greatest(state.stopTriedAt, occurredAt) };
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

function foldContent(state: RecordingState, observation: Observation): RecordingState {
  const { content, occurredAt } = observation;
  switch (content.kind) {
    case 'gap':
      return state;
    case 'outage':
      return { ...state, deafUntil: greatest(state.deafUntil, content.to) };
    case 'attempt':
      return {
        ...state,
        channel: content.facts.channel,
        uid: content.facts.uid,
        start: content.facts,
        resourceId: latest(state.resourceId, content.facts.resourceId, stampOf(observation)),
        attemptedAt: smallest(state.attemptedAt, occurredAt),
        triedAt: greatest(state.triedAt, occurredAt),
      };
    case 'adoption': {
      const adoption = latest(state.adoption, content.facts, stampOf(observation));
      // What a notification named may be the recorder after a fail-over; calls need the uid of the start.
      const { channel, uid } = isStartedHere(state) ? state : adoption.value;
      return {
        ...state,
        channel,
        uid,
        adoption,
        start: isStartedHere(state) ? state.start : adoption.value,
        sid: latest(state.sid, content.sid, stampOf(observation)),
        resourceId: latest(state.resourceId, content.facts.resourceId, stampOf(observation)),
      };
    }
    case 'notification':
      return foldNotification(state, observation);
    case 'reply':
      return foldReply(state, observation);
    case 'no-reply':
      if (content.update !== undefined) {
        return withFailedRenewal(state, observation, content.update, content.message);
      }
      if (!content.sent) {
        return content.operation === 'stop'
          ? withProblem(
              state,
              observation,
              'STOP_NOT_SENT',
              `A stop could not be sent. ${content.message} Stop it again.`,
            )
          : state;
      }
      if (content.operation === 'start') return { ...state, triedAt: greatest(state.triedAt, occurredAt) };
      if (content.operation === 'stop') {
        return { ...state, stopTriedAt: greatest(state.stopTriedAt, occurredAt) };
      }
      return state;
    case 'deadline':
      return {
        ...state,
        inferences: {
          ...state.inferences,
          [content.deadline]: greatest(state.inferences[content.deadline] ?? null, occurredAt),
        },
      };
  }
}

function foldBookkeeping(state: RecordingState, observation: Observation): Bookkeeping {
  const { content, occurredAt, receivedAt, source } = observation;
  const held = state.bookkeeping;
  const fromZero = isStartedHere(state);
  // Neither tells anything of the recording itself.
  if (content.kind === 'outage') return held;
  if (content.kind === 'gap') {
    const sequences = noteTold(held.sequences, content.gap, fromZero, receivedAt);
    if (content.asksForQuery === false) return { ...held, sequences };
    return { ...held, sequences, gapToldAt: greatest(held.gapToldAt, receivedAt) };
  }
  let kept: Bookkeeping = { ...held, observedAt: receivedAt, observedBy: source };
  if (content.kind === 'notification') {
    const { sequence, uid, details } = content.notification;
    kept.notifications += 1;
    if (sequence !== null) {
      const noted = noteSequence(kept.sequences, uid, sequence, fromZero, receivedAt);
      kept = {
        ...kept,
        sequences: noted.streams,
        outOfOrder: kept.outOfOrder + (noted.late ? 1 : 0),
      };
    }
    if (details.type === 'RECORDER_SNAPSHOT_FILE') kept.snapshots += 1;
    if (details.type === 'CLOUD_RECORDING_ERROR' && details.errorLevel === FATAL)
      kept.fatalErrorAt = receivedAt;
  }
  if (content.kind === 'reply' && content.operation === 'query') {
    kept.lastQueryAt = greatest(kept.lastQueryAt, occurredAt);
  }
  if (isNotFound(observation)) {
    if (state.evidenceAt === null || occurredAt > state.evidenceAt) {
      const first = smallest(kept.notFound?.first ?? null, occurredAt);
      kept.notFound = { first, last: greatest(kept.notFound?.last ?? null, occurredAt) };
    }
  }
  if (kept.notFound !== null && state.evidenceAt !== null && state.evidenceAt >= kept.notFound.first) {
    // A sign of life, perhaps heard late: only what was not found after it counts.
    const { last } = kept.notFound;
    kept.notFound = last > state.evidenceAt ? { first: last, last } : null;
  }
  return kept;
}

/** What says nothing of the recording itself does not date it either. */
function seen(state: RecordingState, { content, occurredAt }: Observation): RecordingState {
  if (content.kind === 'gap' || content.kind === 'outage') return state;
  return { ...state, firstSeenAt: Math.min(state.firstSeenAt, occurredAt) };
}

/**
 * Takes one observation into a recording. Outside `bookkeeping` the result depends only on the set of observations
 * taken, never on their order; taking the same one twice changes nothing there.
 */
export function fold(state: RecordingState, observation: Observation): RecordingState {
  let next = foldContent(seen(state, observation), observation);
  next = withEvidence(next, observation);
  next = withEndSigns(next, observation);
  next = withUploadEnd(next, observation);
  return { ...next, bookkeeping: foldBookkeeping(next, observation) };
}
