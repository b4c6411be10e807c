import { RANK } from '../fold/evidence.js';
import { provenRank, type RecordingState } from '../state.js';
import { reasonBySigns, type RecordingEndReason } from './end-reason.js';
import { idleEndBy } from './idle.js';
import { inferEnd } from './infer-phase.js';

/** Where a recording is in its life. */
export type RecordingPhase =
  'STARTING' | 'RECORDING' | 'PAUSED' | 'STOPPING' | 'UPLOADING' | 'COMPLETED' | 'FAILED' | 'LOST';

export interface PhaseView {
  phase: RecordingPhase;
  /** Whether it is inferred from silence, so that later evidence may change it. */
  inferred: boolean;
  /** Null while it runs, and while it ends without a sign of the reason. */
  endReason: RecordingEndReason | null;
  endReasonCertain: boolean | null;
  /** When it ended, Unix milliseconds, as precisely as is known. */
  endedAt: number | null;
}

/** Whether the phase is an end. */
export function isFinal(phase: RecordingPhase): boolean {
  return phase === 'COMPLETED' || phase === 'FAILED' || phase === 'LOST';
}

function endReason(state: RecordingState, failed: boolean, otherwise: RecordingEndReason | null) {
  const signs = reasonBySigns(state, failed);
  return {
    endReason: signs?.reason ?? otherwise,
    endReasonCertain: signs?.certain ?? (otherwise === null ? null : false),
  };
}

/** A proven end. If no sign says why, silence as long as maxIdleTime does. */
function provenEnd(state: RecordingState, endedAt: number | null): PhaseView {
  const failed = state.failed && state.upload === null;
  const idle = !failed && endedAt !== null && idleEndBy(state, endedAt) !== null;
  return {
    phase: failed ? 'FAILED' : 'COMPLETED',
    inferred: false,
    ...endReason(state, failed, idle ? 'IDLE' : 'UNKNOWN'),
    endedAt,
  };
}

/** The phase by the whole state: what is proven, otherwise what silence implies. */
export function phaseOf(state: RecordingState): PhaseView {
  const rank = provenRank(state);
  const { left, exited, stopped } = state.endedAt;
  const seenEnd = left ?? exited ?? stopped ?? state.proofs[RANK.ENDED]?.at ?? null;
  if (rank === RANK.ENDED) return provenEnd(state, seenEnd);
  const inference = inferEnd(state);
  if (inference !== null) {
    const { phase, reason, certain, endedAt } = inference;
    return {
      phase,
      inferred: true,
      endReason: reason,
      endReasonCertain: certain,
      endedAt: seenEnd ?? endedAt,
    };
  }
  if (rank === RANK.UPLOADING || rank === RANK.STOPPING) {
    const phase = rank === RANK.UPLOADING ? 'UPLOADING' : 'STOPPING';
    return { phase, inferred: false, ...endReason(state, false, null), endedAt: seenEnd };
  }
  const running = { inferred: false, endReason: null, endReasonCertain: null, endedAt: null };
  if (rank === RANK.STARTING) return { phase: 'STARTING', ...running };
  const paused = state.paused?.value ?? state.start?.settings?.web?.paused ?? false;
  return { phase: paused ? 'PAUSED' : 'RECORDING', ...running };
}
