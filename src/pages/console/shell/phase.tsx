import { type RecordingStatus } from '@agora-recording-gateway/client';
import { words } from './text';

export type Phase = RecordingStatus['phase'];

/** In the order of a recording's life. */
export const PHASES: readonly Phase[] = [
  'STARTING',
  'RECORDING',
  'PAUSED',
  'STOPPING',
  'UPLOADING',
  'COMPLETED',
  'FAILED',
  'LOST',
];

export function PhaseBadge({ phase, isInferred = false }: { phase: Phase; isInferred?: boolean }) {
  return (
    <span className="phase" data-phase={phase} title={isInferred ? 'Inferred, not proven' : undefined}>
      {words(phase)}
      {isInferred && <span aria-label="inferred">?</span>}
    </span>
  );
}
