import { FAILOVER_MS } from '@agora-recording-gateway/agora/tables/operations';
import { RANK } from '../fold/evidence.js';
import { type Deadline } from '../observation.js';
import { provenRank, type RecordingState } from '../state.js';
import { type EndReason, isFault, reasonBySigns } from './end-reason.js';
import { idleEndBy } from './idle.js';

/** What the passing of each deadline implies while no end is proven, in words; for the documentation. */
export const DEADLINE_IMPLICATIONS: Readonly<Record<Deadline, string>> = {
  START_UNCONFIRMED:
    'FAILED with START_FAILED, if nothing proves more than STARTING; LOST if Agora accepted the start without naming its sid',
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

/** What an end is inferred from, and since when it is. */
export type Silence = { kind: Deadline; at: number } | { kind: 'START_REFUSED'; at: number | null };

/** What shows that a recording without a proven end has ended; null while nothing does. */
export function silenceOf(state: RecordingState): Silence | null {
  const { START_UNCONFIRMED, NOT_FOUND, END_UNCONFIRMED, SILENT } = state.inferences;
  const isStarting = provenRank(state) === RANK.STARTING;
  // Refused, and nothing seen since. What may be seen later is the recording that was in the way.
  if (isStarting && state.startRefused && state.sid === null) {
    return { kind: 'START_REFUSED', at: state.triedAt };
  }
  if (isStarting && holds(state, START_UNCONFIRMED))
    return { kind: 'START_UNCONFIRMED', at: START_UNCONFIRMED };
  if (holds(state, NOT_FOUND)) return { kind: 'NOT_FOUND', at: NOT_FOUND };
  if (holds(state, END_UNCONFIRMED)) return { kind: 'END_UNCONFIRMED', at: END_UNCONFIRMED };
  return holds(state, SILENT) ? { kind: 'SILENT', at: SILENT } : null;
}

/** The end of a recording that Agora has not known for longer than a fail-over takes. */
function inferFromNotFound(state: RecordingState, at: number): Inference {
  if (provenRank(state) >= RANK.STOPPING) return inference('COMPLETED', 'UNKNOWN', at);
  if (mayHaveBeenStopped(state)) return inference('COMPLETED', 'STOP_REQUESTED', at);
  // The first 404 came at least this long before the deadline, and the recorder had left by then.
  const idleEnd = idleEndBy(state, at - FAILOVER_MS);
  return idleEnd === null ? inference('LOST', 'UNKNOWN', at) : inference('COMPLETED', 'IDLE', idleEnd);
}

/** The end that silence alone implies. */
function inferFromSilence(state: RecordingState): Inference | null {
  const silence = silenceOf(state);
  switch (silence?.kind) {
    case undefined:
      return null;
    case 'START_REFUSED':
      return inference('FAILED', 'START_FAILED', silence.at);
    case 'START_UNCONFIRMED':
      // Agora took the start and did not name its sid: it may run, and Agora cannot be asked about it.
      return state.acceptedAt !== null && state.sid === null
        ? inference('LOST', 'UNKNOWN', silence.at)
        : inference('FAILED', 'START_FAILED', silence.at);
    case 'NOT_FOUND':
      return inferFromNotFound(state, silence.at);
    case 'END_UNCONFIRMED':
      return inference('COMPLETED', 'UNKNOWN', silence.at);
    case 'SILENT': {
      const isEnding = provenRank(state) >= RANK.STOPPING;
      return inference(isEnding ? 'COMPLETED' : 'LOST', 'UNKNOWN', silence.at);
    }
  }
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
