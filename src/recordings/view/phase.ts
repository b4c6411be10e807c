import { DEFAULT_MAX_IDLE_SECONDS } from '@agora-recording-gateway/agora/tables/operations';
import { valuesOf } from '../by-name.js';
import { RANK } from '../fold/evidence.js';
import { greatest } from '../fold/register.js';
import { provenRank, type RecordingState } from '../state.js';

/** Where a recording stands in its life. */
export type RecordingPhase =
  'STARTING' | 'RECORDING' | 'PAUSED' | 'STOPPING' | 'UPLOADING' | 'COMPLETED' | 'FAILED' | 'LOST';

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
  | 'TOKEN_OR_PARAMETER'
  | 'EXPIRED'
  | 'UNKNOWN';

export interface PhaseView {
  phase: RecordingPhase;
  /** Concluded from silence, so that later evidence may overturn it. */
  inferred: boolean;
  endReason: RecordingEndReason | null;
  endReasonCertain: boolean | null;
  /** When it ended, Unix milliseconds, as well as is known. */
  endedAt: number | null;
}

/** When the recorder last received anything by the stream events, or null while it still does or none ever came. */
function silentSince(state: RecordingState): number | null {
  let since: number | null = null;
  for (const { audio, video } of valuesOf(state.streams)) {
    for (const register of [audio, video]) {
      if (register === null) continue;
      if (register.value) return null;
      since = greatest(since, register.stamp[1]);
    }
  }
  return since;
}

/** Whether nobody published for maxIdleTime before the given moment, as far as the stream events tell. */
function wasIdle(state: RecordingState, at: number): boolean {
  // A page recording joins no channel, and knows no idleness.
  if (state.start?.mode === 'web' || state.isWeb) return false;
  const since = silentSince(state);
  const idleMs = (state.start?.settings?.maxIdleTime ?? DEFAULT_MAX_IDLE_SECONDS) * 1000;
  return since !== null && at - since >= idleMs;
}

/** An inference of the given deadline that still stands: no evidence timed after it has come. */
function standing(state: RecordingState, at: number | undefined): at is number {
  return at !== undefined && (state.evidenceAt === null || state.evidenceAt <= at);
}

type Inference = Pick<PhaseView, 'phase' | 'endedAt'> & { reason: RecordingEndReason | null };

/** What silence tells while no end is proven. */
function inferPhase(state: RecordingState): Inference | null {
  const rank = provenRank(state);
  const { START_UNCONFIRMED, NOT_FOUND, END_UNCONFIRMED, SILENT } = state.inferences;
  // Refused, and nothing seen of it since. Should something be seen, it is what is in its place.
  if (rank === RANK.STARTING && state.startRefused && state.sid === null) {
    return { phase: 'FAILED', reason: 'START_FAILED', endedAt: state.triedAt };
  }
  if (rank === RANK.STARTING && standing(state, START_UNCONFIRMED)) {
    return { phase: 'FAILED', reason: 'START_FAILED', endedAt: START_UNCONFIRMED };
  }
  if (standing(state, NOT_FOUND)) {
    if (rank >= RANK.STOPPING) return { phase: 'COMPLETED', reason: null, endedAt: NOT_FOUND };
    if (state.stopTriedAt !== null)
      return { phase: 'COMPLETED', reason: 'STOP_REQUESTED', endedAt: NOT_FOUND };
    if (wasIdle(state, NOT_FOUND)) return { phase: 'COMPLETED', reason: 'IDLE', endedAt: silentSince(state) };
    return { phase: 'LOST', reason: 'UNKNOWN', endedAt: NOT_FOUND };
  }
  if (standing(state, END_UNCONFIRMED)) {
    return { phase: 'COMPLETED', reason: null, endedAt: END_UNCONFIRMED };
  }
  if (standing(state, SILENT)) return { phase: 'LOST', reason: 'UNKNOWN', endedAt: SILENT };
  return null;
}

/** The reason by its signs: what went wrong in particular before who asked, before that something went wrong. */
function reasonBySigns(state: RecordingState): { reason: RecordingEndReason; certain: boolean } | null {
  const signs = state.endSigns;
  if (signs.NOTHING_RECORDED !== undefined) return { reason: 'NOTHING_RECORDED', certain: true };
  if (signs.MAX_DURATION !== undefined) return { reason: 'MAX_DURATION', certain: true };
  if (signs.CAPABILITY_LIMIT !== undefined) return { reason: 'CAPABILITY_LIMIT', certain: true };
  if (signs.PAGE_LOAD_TIMEOUT !== undefined) return { reason: 'PAGE_LOAD_TIMEOUT', certain: true };
  if (signs.RECORDER_ERROR !== undefined) return { reason: 'RECORDER_ERROR', certain: true };
  if (signs.STORAGE_FAILED !== undefined && state.failed) return { reason: 'STORAGE_FAILED', certain: true };
  if (signs.STOP_TAKEN !== undefined || signs.CLIENT_LEFT !== undefined) {
    return { reason: 'STOP_REQUESTED', certain: true };
  }
  if (signs.NO_USERS !== undefined) return { reason: 'IDLE', certain: wasIdle(state, signs.NO_USERS) };
  if (signs.ABNORMAL_EXIT !== undefined) {
    const ran = state.proofs[RANK.RECORDING] !== undefined;
    return { reason: ran ? 'RECORDER_ERROR' : 'TOKEN_OR_PARAMETER', certain: false };
  }
  return null;
}

/** Works out the phase from the whole state: what is proven, else what silence tells. */
export function phaseOf(state: RecordingState): PhaseView {
  const rank = provenRank(state);
  const { left, exited, stopped } = state.endedAt;
  const seenEnd = left ?? exited ?? stopped ?? state.proofs[RANK.ENDED]?.at ?? null;
  const signs = reasonBySigns(state);
  const because = (reason: RecordingEndReason | null) => ({
    endReason: signs?.reason ?? reason,
    endReasonCertain: signs?.certain ?? (reason === null ? null : false),
  });
  if (rank === RANK.ENDED) {
    const failed = state.failed && state.upload === null;
    // Nothing else says why: then a silence as long as maxIdleTime does.
    const idle = !failed && seenEnd !== null && wasIdle(state, seenEnd);
    return {
      phase: failed ? 'FAILED' : 'COMPLETED',
      inferred: false,
      ...because(idle ? 'IDLE' : 'UNKNOWN'),
      endedAt: seenEnd,
    };
  }
  const inference = inferPhase(state);
  if (inference !== null) {
    return {
      phase: inference.phase,
      inferred: true,
      ...because(inference.reason ?? 'UNKNOWN'),
      endedAt: seenEnd ?? inference.endedAt,
    };
  }
  if (rank === RANK.UPLOADING)
    return { phase: 'UPLOADING', inferred: false, ...because(null), endedAt: seenEnd };
  if (rank === RANK.STOPPING)
    return { phase: 'STOPPING', inferred: false, ...because(null), endedAt: seenEnd };
  const running = { inferred: false, endReason: null, endReasonCertain: null, endedAt: null };
  if (rank === RANK.RECORDING)
    return {
      phase: (state.paused?.value ?? state.start?.settings?.web?.paused) === true ? 'PAUSED' : 'RECORDING',
      ...running,
    };
  return { phase: 'STARTING', ...running };
}

export function isFinal(phase: RecordingPhase): boolean {
  return phase === 'COMPLETED' || phase === 'FAILED' || phase === 'LOST';
}
