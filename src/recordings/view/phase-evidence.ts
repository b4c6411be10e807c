import { RANK, type ProofKind } from '../fold/evidence.js';
import { type ObservationSource } from '../observation.js';
import { provenRank, type RecordingState } from '../state.js';
import { proofKind } from '../proof-kind.js';
import { silenceOf, type Silence } from './infer-phase.js';
import { type PhaseView } from './phase.js';

/** What the phase rests on. Times are Unix milliseconds. */
export interface PhaseEvidence {
  /** Null for a proof that an early release described in other words. */
  kind: ProofKind | Silence['kind'] | null;
  at: number;
  source: ObservationSource;
}

/** What the phase rests on: a proof, or the silence that it is inferred from. Null if nothing proves more than STARTING. */
export function phaseEvidence(state: RecordingState, { inferred }: PhaseView): PhaseEvidence | null {
  const silence = inferred ? silenceOf(state) : null;
  if (silence !== null) {
    const source = silence.kind === 'START_REFUSED' ? 'COMMAND' : 'CLOCK';
    return { kind: silence.kind, at: silence.at ?? state.firstSeenAt, source };
  }
  const proof = state.proofs[provenRank(state)];
  return proof === undefined ? null : { kind: proofKind(proof), at: proof.at, source: proof.source };
}

/** Since when the recording is in its phase; null while it is paused, since Agora does not date a pause. */
export function phaseSince(state: RecordingState, phase: PhaseView): number | null {
  if (phase.phase === 'PAUSED') return null;
  return phaseEvidence(state, phase)?.at ?? state.firstSeenAt;
}

/** From when on it recorded, as well as is known: its first slice, else the first proof that it runs. */
export function recordedFrom(state: RecordingState): number | null {
  return state.recordingSince ?? state.proofs[RANK.RECORDING]?.at ?? null;
}
