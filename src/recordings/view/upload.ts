import { sizeOf } from '../by-name.js';
import { RANK } from '../fold/evidence.js';
import { type RecordingState } from '../state.js';
import { isFinal, type PhaseView } from './phase.js';

export type UploadState = 'NOT_STARTED' | 'IN_PROGRESS' | 'UPLOADED' | 'BACKED_UP' | 'FAILED' | 'UNKNOWN';

/** `progress` of event 33 runs from 0 to 10,000. */
const FULL_PROGRESS = 10_000;

/** How far the upload of the files has come; `progress` from 0 to 1. */
export function uploadOf(
  state: RecordingState,
  { phase, endReason }: PhaseView,
): { state: UploadState; progress: number | null } {
  const progress = state.progress === null ? null : Math.min(1, Math.max(0, state.progress / FULL_PROGRESS));
  if (state.upload !== null) return { state: state.upload.value, progress: 1 };
  const hasFiles = sizeOf(state.files) > 0;
  const neverRan =
    isFinal(phase) && state.proofs[RANK.RECORDING] === undefined && endReason === 'START_FAILED';
  if (endReason === 'NOTHING_RECORDED' || neverRan) return { state: 'NOT_STARTED', progress: null };
  if (phase === 'FAILED' || endReason === 'STORAGE_FAILED') return { state: 'FAILED', progress };
  if (isFinal(phase)) return { state: 'UNKNOWN', progress };
  const begun = progress !== null || hasFiles || phase === 'UPLOADING';
  return { state: begun ? 'IN_PROGRESS' : 'NOT_STARTED', progress };
}
