import { isFinal, phaseOf } from '../recordings/view/phase.js';
import { controlOf, type RecordingState, resourceIdOf } from '../recordings/state.js';
import { userError, type UserError } from './user-errors.js';

/** What Agora needs to identify the recording in a call. */
export type Control = NonNullable<ReturnType<typeof controlOf>>;

/** What a call for the recording needs, or why it cannot be called. */
export function controllable(state: RecordingState): { control: Control } | { userError: UserError } {
  const { phase, inferred } = phaseOf(state);
  if (isFinal(phase) && !inferred) {
    return {
      userError: userError('RECORDING_ENDED', 'The recording has ended; there is nothing left to do.'),
    };
  }
  if (resourceIdOf(state) === null) {
    const message =
      'This recording was started elsewhere. Adopt it with adoptRecording, or control it where it was started.';
    return { userError: userError('RECORDING_NOT_CONTROLLABLE', message) };
  }
  const control = controlOf(state);
  if (control === null) {
    const message = 'The start is not confirmed yet. Retry once the recording has a sid.';
    return { userError: userError('START_IN_DOUBT', message) };
  }
  return { control };
}
