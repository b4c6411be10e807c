import { replyMeaning } from '@agora-recording-gateway/agora/tables/reply-meanings';
import { type Observation } from '../observation.js';

/** How far a recording has provably come. A proven rank never falls. */
export const RANK = { STARTING: 0, RECORDING: 1, STOPPING: 2, UPLOADING: 3, ENDED: 4 } as const;

export type Rank = (typeof RANK)[keyof typeof RANK];

/** What kind of observation proves a phase. */
export type ProofKind = 'START_SENT' | 'START_REPLY' | 'QUERY_REPLY' | 'STOP_REPLY' | 'NOTIFICATION';

/** What one observation proves. */
export interface Evidence {
  rank: Rank;
  kind: ProofKind;
  /** For rank ENDED: whether it proves a fault. */
  failed: boolean;
  /** In a few words, for the explanation. */
  description: string;
}

function proof(kind: ProofKind, rank: Rank, description: string, failed = false): Evidence {
  return { rank, kind, description, failed };
}

/** Events that prove a rank whatever their details say. Events 71 and 11 depend on a code and are in provenByEnd. */
export const RANK_OF_EVENT = {
  RECORDER_STARTED: RANK.RECORDING,
  RECORDER_SLICE_START: RANK.RECORDING,
  RECORDER_AUDIO_STREAM_STATE_CHANGED: RANK.RECORDING,
  RECORDER_VIDEO_STREAM_STATE_CHANGED: RANK.RECORDING,
  RECORDER_SNAPSHOT_FILE: RANK.RECORDING,
  CLOUD_RECORDING_FILE_INFOS: RANK.RECORDING,
  UPLOADING_PROGRESS: RANK.RECORDING,
  WEB_RECORDER_STARTED: RANK.RECORDING,
  SESSION_FAILOVER: RANK.RECORDING,
  RECORDER_LEAVE: RANK.UPLOADING,
  UPLOADED: RANK.ENDED,
  BACKUPED: RANK.ENDED,
} as const satisfies Record<string, Rank>;

function isRanked(typeName: string): typeName is keyof typeof RANK_OF_EVENT {
  return Object.hasOwn(RANK_OF_EVENT, typeName);
}

function provenByNotification(observation: Observation): Evidence | null {
  if (observation.content.kind !== 'notification') return null;
  const { notification } = observation.content;
  const { details, typeName } = notification;
  const description = `notification ${notification.eventType} (${typeName})`;
  if (isRanked(typeName)) return proof('NOTIFICATION', RANK_OF_EVENT[typeName], description);
  if (typeName === 'WEB_RECORDER_STOPPED') {
    const code = details.type === 'WEB_RECORDER_STOPPED' ? (details.code ?? 0) : 0;
    if (code === 0) return proof('NOTIFICATION', RANK.UPLOADING, description);
    return proof('NOTIFICATION', RANK.ENDED, `${description} with code ${code}`, true);
  }
  if (typeName === 'SESSION_EXIT') {
    const failed = details.type === 'SESSION_EXIT' && details.exitStatus !== null && details.exitStatus !== 0;
    return proof(
      'NOTIFICATION',
      RANK.ENDED,
      failed ? `${description} with an abnormal exit` : description,
      failed,
    );
  }
  return null;
}

/** The rank that a query's `status` proves; null for a status that no document names. */
export function rankOfStatus(status: number): Rank | null {
  if (status >= 0 && status <= 3) return RANK.STARTING;
  if (status === 4 || status === 5) return RANK.RECORDING;
  if (status === 6) return RANK.STOPPING;
  if (status === 7 || status === 8) return RANK.UPLOADING;
  return status === ABNORMAL_EXIT_STATUS ? RANK.ENDED : null;
}

const ABNORMAL_EXIT_STATUS = 20;

function provenByStatus(status: number): Evidence | null {
  const rank = rankOfStatus(status);
  if (rank === null) return null;
  return proof('QUERY_REPLY', rank, `query's status ${status}`, status === ABNORMAL_EXIT_STATUS);
}

/**
 * A stop that Agora has taken: 200, 206/435, 400/49 and code 50. No query follows one. 404 is none of them: Agora also
 * answers 404 while the recording moves to another server, where it continues.
 */
export function isStopTaken(observation: Observation): boolean {
  const { content } = observation;
  if (content.kind !== 'reply' || content.operation !== 'stop') return false;
  const { verdict } = replyMeaning('stop', content.httpStatus, content.reply.code);
  return verdict === 'done' || verdict === 'already';
}

/** A stop that Agora may have taken: its reply does not say, or none came. A 404 is not one: nothing was stopped. */
export function isStopInDoubt({ content }: Observation): boolean {
  if (content.kind === 'no-reply') return content.operation === 'stop' && content.sent;
  if (content.kind !== 'reply' || content.operation !== 'stop') return false;
  return replyMeaning('stop', content.httpStatus, content.reply.code).verdict === 'in-doubt';
}

/** Whether a query or a stop found no recording. It proves nothing: the recording may be moving to another server. */
export function isNotFound(observation: Observation): boolean {
  const { content } = observation;
  if (content.kind !== 'reply' || (content.operation !== 'query' && content.operation !== 'stop'))
    return false;
  return replyMeaning(content.operation, content.httpStatus, content.reply.code).verdict === 'gone';
}

function provenByReply(observation: Observation): Evidence | null {
  const { content } = observation;
  if (content.kind !== 'reply') return null;
  const { operation, httpStatus, reply } = content;
  const { verdict, name } = replyMeaning(operation, httpStatus, reply.code);
  switch (operation) {
    case 'start':
      // A repeated start with the same channel and uid is refused for one reason only: the first one runs.
      if (content.start?.again === true && name === 'TASK_CONFLICT') {
        return proof(
          'START_REPLY',
          RANK.RECORDING,
          "Agora's refusal of a second start, since the first one runs",
        );
      }
      return verdict === 'done' || verdict === 'already'
        ? proof('START_REPLY', RANK.STARTING, "start's reply")
        : null;
    case 'query':
      return verdict === 'done' && reply.status !== null ? provenByStatus(reply.status) : null;
    case 'stop':
      if (!isStopTaken(observation)) return null;
      if (name === 'NOTHING_RECORDED')
        return proof('STOP_REPLY', RANK.ENDED, "stop's reply that nothing was recorded");
      if (reply.uploadingStatus === 'uploaded' || reply.uploadingStatus === 'backuped') {
        return proof('STOP_REPLY', RANK.ENDED, `stop's reply that the files are ${reply.uploadingStatus}`);
      }
      if (name === 'ALREADY_STOPPING') {
        return proof('STOP_REPLY', RANK.STOPPING, "stop's reply that the recording was ending already");
      }
      return proof('STOP_REPLY', RANK.STOPPING, `stop's reply ${httpStatus}`);
    default:
      return null;
  }
}

/** What the observation proves; null if the phase cannot rest on it. */
export function evidenceOf(observation: Observation): Evidence | null {
  switch (observation.content.kind) {
    case 'attempt':
      return proof('START_SENT', RANK.STARTING, 'the start that was sent');
    case 'notification':
      return provenByNotification(observation);
    case 'reply':
      return provenByReply(observation);
    default:
      return null;
  }
}

/** The end of the upload, if the observation shows it. */
export function uploadEndOf(observation: Observation): 'UPLOADED' | 'BACKED_UP' | null {
  const { content } = observation;
  if (content.kind === 'notification') {
    if (content.notification.typeName === 'UPLOADED') return 'UPLOADED';
    if (content.notification.typeName === 'BACKUPED') return 'BACKED_UP';
  }
  if (content.kind === 'reply') {
    if (content.reply.uploadingStatus === 'uploaded') return 'UPLOADED';
    if (content.reply.uploadingStatus === 'backuped') return 'BACKED_UP';
  }
  return null;
}

/**
 * Whether the recorder was running when this happened. Events that may still come after the recorder has left (a stream
 * that is no longer received, upload progress) do not show it.
 */
export function showsRunning({ content }: Observation): boolean {
  if (content.kind === 'reply') {
    const { status } = content.reply;
    return content.operation === 'query' && status !== null && rankOfStatus(status) === RANK.RECORDING;
  }
  if (content.kind !== 'notification') return false;
  return content.notification.typeName === 'RECORDER_STARTED' || showsMedia({ content });
}

/** Whether the recorder had received a stream by the time this happened. */
export function showsMedia({ content }: Pick<Observation, 'content'>): boolean {
  if (content.kind === 'reply') return content.operation === 'query' && content.reply.status === 5;
  if (content.kind !== 'notification') return false;
  const { details, typeName } = content.notification;
  switch (details.type) {
    case 'RECORDER_AUDIO_STREAM_STATE_CHANGED':
    case 'RECORDER_VIDEO_STREAM_STATE_CHANGED':
      return details.state === 0;
    default:
      return ['RECORDER_SLICE_START', 'RECORDER_SNAPSHOT_FILE', 'CLOUD_RECORDING_FILE_INFOS'].includes(
        typeName,
      );
  }
}

/** Whether a query found the recorder ready, but without any file: so far it has received nothing. */
export function showsReadyOnly({ content }: Observation): boolean {
  return content.kind === 'reply' && content.operation === 'query' && content.reply.status === 4;
}
