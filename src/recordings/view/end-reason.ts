import { type EndSign } from '../fold/end-signs.js';
import { RANK } from '../fold/evidence.js';
import { latest, type Register } from '../fold/register.js';
import { type RecordingState } from '../state.js';
import { idleEndBy } from './idle.js';

export type RecordingEndReason =
  | 'STOP_REQUESTED'
  | 'IDLE'
  | 'MAX_DURATION'
  | 'NOTHING_RECORDED'
  | 'START_FAILED'
  | 'STORAGE_FAILED'
  | 'PAGE_LOAD_TIMEOUT'
  | 'CAPABILITY_LIMIT'
  | 'RECORDER_ERROR'
  | 'TOKEN_EXPIRED'
  | 'TOKEN_OR_PARAMETER'
  | 'EXPIRED'
  | 'UNKNOWN';

/** Each end reason as the end of a sentence. */
export const END_REASONS: Readonly<Record<RecordingEndReason, string>> = {
  STOP_REQUESTED: 'a stop was requested',
  IDLE: 'the recorder received no stream and leaves after maxIdleTime',
  MAX_DURATION: 'the page recording reached its maxRecordingHour',
  NOTHING_RECORDED: 'no user sent a stream, so nothing was recorded',
  START_FAILED: 'nothing confirmed that it ran',
  STORAGE_FAILED: 'the files could not be uploaded to the storage',
  PAGE_LOAD_TIMEOUT: 'the page did not load in time',
  CAPABILITY_LIMIT: 'the page uses more than can be recorded',
  RECORDER_ERROR: 'the recorder, or another part of Agora, failed',
  TOKEN_EXPIRED: 'the token expired, and a recording cannot renew it',
  TOKEN_OR_PARAMETER: 'a token or a parameter was wrong',
  EXPIRED: 'Agora answers no more calls for it',
  UNKNOWN: 'nothing shows why',
};

/** Reasons that are faults: a recording that ended for one of them has failed, unless its files are proven uploaded. */
const FAULTS: readonly RecordingEndReason[] = [
  'START_FAILED',
  'STORAGE_FAILED',
  'PAGE_LOAD_TIMEOUT',
  'CAPABILITY_LIMIT',
  'RECORDER_ERROR',
  'TOKEN_EXPIRED',
  'TOKEN_OR_PARAMETER',
];

export function isFault(reason: RecordingEndReason): boolean {
  return FAULTS.includes(reason);
}

export interface EndReason {
  reason: RecordingEndReason;
  certain: boolean;
}

/** A recorder that is still seen running this long after an error has recovered from it. */
export const ERROR_RECOVERY_MS = 30_000;

/** Whether an error at the given time was not followed by the recorder running on. */
export function isLasting(state: RecordingState, errorAt: number): boolean {
  return state.runningAt === null || state.runningAt <= errorAt + ERROR_RECOVERY_MS;
}

/** Signs of each reason that an error of event 1 can give. */
export const SIGNS_OF_REASON: Readonly<Partial<Record<RecordingEndReason, readonly EndSign[]>>> = {
  START_FAILED: ['START_TIMED_OUT'],
  STORAGE_FAILED: ['STORAGE_FAILED'],
  RECORDER_ERROR: ['CONNECTION_LOST', 'OTHER_ERROR'],
  TOKEN_EXPIRED: ['TOKEN_EXPIRED'],
  TOKEN_OR_PARAMETER: ['TOKEN_OR_PARAMETER'],
};

/** The latest error of event 1 that shows the reason; null if none does. */
export function errorOf(state: RecordingState, reason: RecordingEndReason): Register<string> | null {
  return (SIGNS_OF_REASON[reason] ?? [])
    .map((sign) => state.signErrors?.[sign])
    .reduce<Register<string> | null>(
      (last, error) => (error === undefined ? last : latest(last, error.value, error.stamp)),
      null,
    );
}

/** Whether an error of the recorder ended the recording: it did not recover, and no stop came first. */
function ended(state: RecordingState, sign: EndSign): boolean {
  const at = state.endSigns[sign];
  if (at === undefined || !isLasting(state, at)) return false;
  return state.stopTakenAt === null || state.stopTakenAt >= at;
}

/**
 * The reason by its signs: a specific fault before a stop, a stop before an unspecific fault. `failed`: the recording has
 * failed, provably or by inference; some errors are only then the reason.
 */
export function reasonBySigns(state: RecordingState, failed: boolean): EndReason | null {
  const signs = state.endSigns;
  const has = (sign: EndSign) => signs[sign] !== undefined;
  const ran = state.proofs[RANK.RECORDING] !== undefined;
  if (has('NOTHING_RECORDED')) return { reason: 'NOTHING_RECORDED', certain: true };
  if (has('MAX_DURATION')) return { reason: 'MAX_DURATION', certain: true };
  if (ended(state, 'CAPABILITY_LIMIT')) return { reason: 'CAPABILITY_LIMIT', certain: true };
  if (has('PAGE_LOAD_TIMEOUT')) return { reason: 'PAGE_LOAD_TIMEOUT', certain: true };
  if (has('RECORDER_ERROR')) return { reason: 'RECORDER_ERROR', certain: true };
  if (ended(state, 'TOKEN_EXPIRED')) return { reason: 'TOKEN_EXPIRED', certain: true };
  if (ended(state, 'TOKEN_OR_PARAMETER')) return { reason: 'TOKEN_OR_PARAMETER', certain: true };
  if (has('STORAGE_FAILED') && (failed || state.failed) && state.upload?.value !== 'UPLOADED') {
    return { reason: 'STORAGE_FAILED', certain: true };
  }
  if (has('STOP_TAKEN') || has('CLIENT_LEFT')) return { reason: 'STOP_REQUESTED', certain: true };
  if (ended(state, 'CONNECTION_LOST') && (failed || state.failed)) {
    return { reason: 'RECORDER_ERROR', certain: true };
  }
  if (!ran && failed && has('START_TIMED_OUT')) return { reason: 'START_FAILED', certain: true };
  const { NO_USERS } = signs;
  if (NO_USERS !== undefined) return { reason: 'IDLE', certain: idleEndBy(state, NO_USERS) !== null };
  if (ended(state, 'OTHER_ERROR') && (failed || state.failed)) {
    return { reason: 'RECORDER_ERROR', certain: false };
  }
  if (has('ABNORMAL_EXIT')) {
    return { reason: ran ? 'RECORDER_ERROR' : 'TOKEN_OR_PARAMETER', certain: false };
  }
  return null;
}
