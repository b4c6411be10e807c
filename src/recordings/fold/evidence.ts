import { replyMeaning } from '@agora-recording-gateway/agora/tables/reply-meanings';
import { type Observation } from '../observation.js';

/** How far a recording has provably come. A proven rank never falls. */
export const RANK = { STARTING: 0, RECORDING: 1, STOPPING: 2, UPLOADING: 3, ENDED: 4 } as const;

export type Rank = (typeof RANK)[keyof typeof RANK];

/** What one observation proves by itself. */
export interface Evidence {
  rank: Rank;
  /** For rank ENDED: whether it proves a fault. */
  failed: boolean;
  /** In a few words, for the explanation. */
  says: string;
}

/** A sign of why a recording ended; which one decides is worked out in phase.ts. */
export type EndSign =
  | 'STOP_TAKEN'
  | 'NOTHING_RECORDED'
  | 'NO_USERS'
  | 'CLIENT_LEFT'
  | 'MAX_DURATION'
  | 'CAPABILITY_LIMIT'
  | 'PAGE_LOAD_TIMEOUT'
  | 'RECORDER_ERROR'
  | 'STORAGE_FAILED'
  | 'ABNORMAL_EXIT';

function proof(rank: Rank, says: string, failed = false): Evidence {
  return { rank, says, failed };
}

/** Which phase a notification proves (the table "What proves which phase" of the design). */
function provenByNotification(observation: Observation): Evidence | null {
  if (observation.content.kind !== 'notification') return null;
  const { notification } = observation.content;
  const { details, typeName } = notification;
  const says = `notification ${notification.eventType} (${typeName})`;
  switch (typeName) {
    case 'RECORDER_STARTED':
    case 'RECORDER_SLICE_START':
    case 'RECORDER_AUDIO_STREAM_STATE_CHANGED':
    case 'RECORDER_VIDEO_STREAM_STATE_CHANGED':
    case 'RECORDER_SNAPSHOT_FILE':
    case 'CLOUD_RECORDING_FILE_INFOS':
    case 'UPLOADING_PROGRESS':
    case 'WEB_RECORDER_STARTED':
    case 'SESSION_FAILOVER':
      return proof(RANK.RECORDING, says);
    case 'RECORDER_LEAVE':
      return proof(RANK.UPLOADING, says);
    case 'UPLOADED':
    case 'BACKUPED':
      return proof(RANK.ENDED, says);
    case 'WEB_RECORDER_STOPPED': {
      const code = details.type === 'WEB_RECORDER_STOPPED' ? (details.code ?? 0) : 0;
      return code === 0 ? proof(RANK.UPLOADING, says) : proof(RANK.ENDED, `${says} with code ${code}`, true);
    }
    case 'SESSION_EXIT': {
      const failed =
        details.type === 'SESSION_EXIT' && details.exitStatus !== null && details.exitStatus !== 0;
      return proof(RANK.ENDED, failed ? `${says} with an abnormal exit` : says, failed);
    }
    default:
      return null;
  }
}

function provenByStatus(status: number): Evidence | null {
  const says = `query's status ${status}`;
  if (status >= 0 && status <= 3) return proof(RANK.STARTING, says);
  if (status === 4 || status === 5) return proof(RANK.RECORDING, says);
  if (status === 6) return proof(RANK.STOPPING, says);
  if (status === 7 || status === 8) return proof(RANK.UPLOADING, says);
  if (status === 20) return proof(RANK.ENDED, says, true);
  return null;
}

/**
 * A stop that Agora has taken: 200, 206/435, 400/49 and code 50. No query follows one. 404 is none of them: while the
 * recording moves to another server Agora does not know it for a while, and it goes on there.
 */
export function isStopTaken(observation: Observation): boolean {
  const { content } = observation;
  if (content.kind !== 'reply' || content.operation !== 'stop') return false;
  const { verdict } = replyMeaning('stop', content.httpStatus, content.reply.code);
  return verdict === 'done' || verdict === 'already';
}

/** A stop of which it is not known whether Agora took it. */
export function isStopInDoubt(observation: Observation): boolean {
  const { content } = observation;
  if (content.kind !== 'reply' || content.operation !== 'stop') return false;
  const { verdict } = replyMeaning('stop', content.httpStatus, content.reply.code);
  return verdict === 'in-doubt' || verdict === 'gone';
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
      // A second start in the place of one in doubt is refused for one reason only: the first one runs.
      if (content.start?.again === true && name === 'TASK_CONFLICT') {
        return proof(RANK.RECORDING, "Agora's refusal of a second start, since the first one runs");
      }
      return verdict === 'done' || verdict === 'already' ? proof(RANK.STARTING, "start's reply") : null;
    case 'query':
      return verdict === 'done' && reply.status !== null ? provenByStatus(reply.status) : null;
    case 'stop':
      if (!isStopTaken(observation)) return null;
      if (name === 'NOTHING_RECORDED') return proof(RANK.ENDED, "stop's reply that nothing was recorded");
      if (reply.uploadingStatus === 'uploaded' || reply.uploadingStatus === 'backuped') {
        return proof(RANK.ENDED, `stop's reply that the files are ${reply.uploadingStatus}`);
      }
      return proof(RANK.STOPPING, `stop's reply ${httpStatus}`);
    default:
      return null;
  }
}

/** What the observation proves, or null: then it may still inform, but the phase does not rest on it. */
export function evidenceOf(observation: Observation): Evidence | null {
  switch (observation.content.kind) {
    case 'attempt':
      return proof(RANK.STARTING, 'the start that was sent');
    case 'notification':
      return provenByNotification(observation);
    case 'reply':
      return provenByReply(observation);
    default:
      return null;
  }
}

/** The upload's end, where the observation tells it. */
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

/** `leaveCode` bits of event 41 (agora-facts.md, section 2). */
const LEFT_NO_USERS = 4;
const LEFT_BY_CLIENT = 16;

/** `code` of event 71 (agora-facts.md, section 2). */
const WEB_END_SIGNS: Record<number, EndSign> = {
  1: 'MAX_DURATION',
  2: 'CAPABILITY_LIMIT',
  3: 'RECORDER_ERROR',
  4: 'PAGE_LOAD_TIMEOUT',
  5: 'RECORDER_ERROR',
  6: 'RECORDER_ERROR',
};

/** errorCode of event 1 from the uploader: storage configuration wrong, upload failed. */
const STORAGE_ERRORS = new Set([32, 47]);
const UPLOADER = 1;

/** The signs of an end's reason that the observation gives. */
export function endSignsOf(observation: Observation): EndSign[] {
  const { content } = observation;
  if (content.kind === 'reply') {
    if (content.operation === 'query' && content.reply.status === 20) return ['ABNORMAL_EXIT'];
    if (content.operation !== 'stop' || !isStopTaken(observation)) return [];
    const { name, verdict } = replyMeaning('stop', content.httpStatus, content.reply.code);
    if (name === 'NOTHING_RECORDED') return ['STOP_TAKEN', 'NOTHING_RECORDED'];
    return verdict === 'done' ? ['STOP_TAKEN'] : [];
  }
  if (content.kind !== 'notification') return [];
  const { details } = content.notification;
  switch (details.type) {
    case 'RECORDER_LEAVE': {
      const code = details.leaveCode ?? 0;
      const signs: EndSign[] = [];
      if ((code & LEFT_NO_USERS) !== 0) signs.push('NO_USERS');
      if ((code & LEFT_BY_CLIENT) !== 0) signs.push('CLIENT_LEFT');
      return signs;
    }
    case 'SESSION_EXIT':
      return details.exitStatus !== null && details.exitStatus !== 0 ? ['ABNORMAL_EXIT'] : [];
    case 'WEB_RECORDER_CAPABILITY_LIMIT':
      return ['CAPABILITY_LIMIT'];
    case 'WEB_RECORDER_STOPPED': {
      const sign = WEB_END_SIGNS[details.code ?? 0];
      return sign === undefined ? [] : [sign];
    }
    case 'CLOUD_RECORDING_ERROR':
      return details.module === UPLOADER &&
        details.errorCode !== null &&
        STORAGE_ERRORS.has(details.errorCode)
        ? ['STORAGE_FAILED']
        : [];
    default:
      return [];
  }
}
