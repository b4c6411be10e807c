import { FAILOVER_MS } from '@agora-recording-gateway/agora/tables/operations';
import { RANK } from '../fold/evidence.js';
import { type Deadline } from '../observation.js';
import { provenRank, type RecordingState } from '../state.js';
import { type EndReason, isFault, reasonBySigns } from './end-reason.js';
import { idleEndBy } from './idle.js';

/** What the passing of each deadline implies while no end is proven, in words; for the documentation. */
export const DEADLINE_IMPLICATIONS: Readonly<Record<Deadline, string>> = {
  START_UNCONFIRMED: 'FAILED with START_FAILED, if nothing proves more than STARTING',
  NOT_FOUND:
    'COMPLETED if it was ending; with STOP_REQUESTED after a stop that Agora may have accepted; with IDLE if no stream was ' +
    'received for maxIdleTime; otherwise LOST',
  END_UNCONFIRMED: 'COMPLETED',
  SILENT: 'COMPLETED if it was ending; otherwise LOST',
};

/** A stop without a reply takes effect within this time, or not at all. */
const STOP_EFFECT_MS = 35_000;

export interface Inference extends EndReason {
  phase: 'COMPLETED' | 'FAILED' | 'LOST';
  endedAt: number | null;
}

/** Whether an inference made at the given time holds: no later evidence has come. */
function holds(state: RecordingState, at: number | undefined): at is number {
  return at !== undefined && (state.evidenceAt === null || state.evidenceAt <= at);
}

/** Whether a stop that Agora may have accepted was sent, and the recorder was not seen running afterwards. */
function mayHaveBeenStopped({ stopInDoubtAt, runningAt }: RecordingState): boolean {
  return stopInDoubtAt !== null && (runningAt === null || runningAt <= stopInDoubtAt + STOP_EFFECT_MS);
}

function inference(
  phase: Inference['phase'],
  reason: EndReason['reason'],
  endedAt: number | null,
): Inference {
  return { phase, reason, certain: false, endedAt };
}

/** The end that silence alone implies. */
function inferFromSilence(state: RecordingState): Inference | null {
  const rank = provenRank(state);
  const { START_UNCONFIRMED, NOT_FOUND, END_UNCONFIRMED, SILENT } = state.inferences;
  // Refused, and nothing seen since. What may be seen later is the recording that was in the way.
  if (rank === RANK.STARTING && state.startRefused && state.sid === null) {
    return inference('FAILED', 'START_FAILED', state.triedAt);
  }
  if (rank === RANK.STARTING && holds(state, START_UNCONFIRMED)) {
    return inference('FAILED', 'START_FAILED', START_UNCONFIRMED);
  }
  if (holds(state, NOT_FOUND)) {
    if (rank >= RANK.STOPPING) return inference('COMPLETED', 'UNKNOWN', NOT_FOUND);
    if (mayHaveBeenStopped(state)) return inference('COMPLETED', 'STOP_REQUESTED', NOT_FOUND);
    // The first 404 came at least this long before the deadline, and the recorder had left by then.
    const idleEnd = idleEndBy(state, NOT_FOUND - FAILOVER_MS);
    if (idleEnd !== null) return inference('COMPLETED', 'IDLE', idleEnd);
    return inference('LOST', 'UNKNOWN', NOT_FOUND);
  }
  if (holds(state, END_UNCONFIRMED)) return inference('COMPLETED', 'UNKNOWN', END_UNCONFIRMED);
  if (holds(state, SILENT)) return inference(rank >= RANK.STOPPING ? 'COMPLETED' : 'LOST', 'UNKNOWN', SILENT);
  return null;
}

/** The end that silence implies while none is proven; null if there is none. What signs say of the reason comes first. */
export function inferEnd(state: RecordingState): Inference | null {
  const inferred = inferFromSilence(state);
  if (inferred === null) return null;
  const signs = reasonBySigns(state, inferred.phase !== 'COMPLETED');
  const { reason, certain } = signs ?? inferred;
  const { endedAt } = inferred;
  if (isFault(reason) && state.upload === null) return { phase: 'FAILED', reason, certain, endedAt };
  // A recording whose end has a sign is not lost.
  const phase = inferred.phase === 'LOST' && signs !== null ? 'COMPLETED' : inferred.phase;
  return { phase, reason, certain, endedAt };
}
