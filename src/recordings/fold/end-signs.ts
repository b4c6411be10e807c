import { eventError } from '@agora-recording-gateway/agora/tables/event-details';
import { replyMeaning } from '@agora-recording-gateway/agora/tables/reply-meanings';
import { type Observation } from '../observation.js';
import { isStopTaken } from './evidence.js';

/** A sign of why a recording ended; view/end-reason.ts works out which one decides. */
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
  | 'TOKEN_EXPIRED'
  | 'TOKEN_OR_PARAMETER'
  | 'OTHER_ERROR'
  | 'START_TIMED_OUT'
  | 'CONNECTION_LOST'
  | 'ABNORMAL_EXIT';

/** `leaveCode` bits of event 41. */
const LEFT_NO_USERS = 4;
const LEFT_BY_CLIENT = 16;

/** `code` of event 71. */
export const SIGN_OF_WEB_CODE: Readonly<Record<number, EndSign>> = {
  1: 'MAX_DURATION',
  2: 'CAPABILITY_LIMIT',
  3: 'RECORDER_ERROR',
  4: 'PAGE_LOAD_TIMEOUT',
  5: 'RECORDER_ERROR',
  6: 'RECORDER_ERROR',
};

/** Errors of event 1, by the names of the table EVENT_ERRORS. */
export const SIGN_OF_ERROR: Readonly<Record<string, EndSign>> = {
  APP_ID_INVALID: 'TOKEN_OR_PARAMETER',
  CHANNEL_NAME_INVALID: 'TOKEN_OR_PARAMETER',
  TOKEN_EXPIRED: 'TOKEN_EXPIRED',
  TOKEN_INVALID: 'TOKEN_OR_PARAMETER',
  CONNECTION_LOST: 'CONNECTION_LOST',
  STORAGE_CONFIGURATION_WRONG: 'STORAGE_FAILED',
  UPLOAD_FAILED: 'STORAGE_FAILED',
  UPLOAD_TIMED_OUT: 'STORAGE_FAILED',
  START_TIMED_OUT: 'START_TIMED_OUT',
};

/** `errorLevel` of event 1 from which an error of the recorder can end a recording: major. */
const MAJOR = 4;

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
  const { details, typeName } = content.notification;
  if (typeName === 'STS_EXPIRED') return ['STORAGE_FAILED'];
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
      const sign = SIGN_OF_WEB_CODE[details.code ?? 0];
      return sign === undefined ? [] : [sign];
    }
    case 'CLOUD_RECORDING_ERROR': {
      const sign = SIGN_OF_ERROR[eventError(details.module, details.errorCode)?.name ?? ''] ?? 'OTHER_ERROR';
      // A failed upload is repeated on its own; only together with a fault is it a reason, whatever its level.
      return sign === 'STORAGE_FAILED' || (details.errorLevel ?? MAJOR) >= MAJOR ? [sign] : [];
    }
    default:
      return [];
  }
}
