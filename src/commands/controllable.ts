import { isFinal, phaseOf, type RecordingPhase } from '../recordings/view/phase.js';
import { controlOf, type RecordingState, resourceIdOf } from '../recordings/state.js';
import { userError, type UserError } from './user-errors.js';

/** What Agora needs to identify the recording in a call. */
export type Control = NonNullable<ReturnType<typeof controlOf>>;

/** What decides whether a recording can be called. */
export interface Controllability {
  phase: RecordingPhase;
  phaseInferred: boolean;
  resourceId: string | null;
  sid: string | null;
}

/** Why no call can be made for the recording; null if one can. */
export function obstacle({ phase, phaseInferred, resourceId, sid }: Controllability): UserError | null {
  if (isFinal(phase) && !phaseInferred) {
    return userError('RECORDING_ENDED', 'The recording has ended; there is nothing left to do.');
  }
  if (resourceId === null) {
    const message =
      'This recording was started elsewhere. Adopt it with adoptRecording, or control it where it was started.';
    return userError('RECORDING_NOT_CONTROLLABLE', message);
  }
  if (sid !== null) return null;
  return userError(
    'START_IN_DOUBT',
    phase === 'STARTING'
      ? 'The start is not confirmed yet. Retry once the recording has a sid.'
      : 'Agora did not name the sid of the recording, so it cannot be called. Retry once a notification has named it.',
  );
}

/** What a call for the recording needs, or why it cannot be called. */
export function controllable(state: RecordingState): { control: Control } | { userError: UserError } {
  const { phase, inferred } = phaseOf(state);
  const control = controlOf(state);
  const resourceId = resourceIdOf(state);
  const found = obstacle({ phase, phaseInferred: inferred, resourceId, sid: control?.sid ?? null });
  if (found !== null) return { userError: found };
  if (control === null) throw new Error(`The recording ${state.id} has a sid and cannot be called.`);
  return { control };
}
