import { type CallResult } from '@agora-recording-gateway/agora/client/client';
import { type Operation } from '@agora-recording-gateway/agora/tables/operations';
import { whyNotFound } from '../recordings/view/not-found.js';
import { type RecordingState } from '../recordings/state.js';
import { callError, type UserError } from './user-errors.js';

/** The user error for a call about a recording; if Agora does not find it, with the likely cause. */
export function recordingCallError(
  operation: Operation,
  result: CallResult,
  state: RecordingState,
  at: number,
): UserError {
  const error = callError(operation, result);
  if (error.code !== 'RECORDING_NOT_FOUND') return error;
  const { cause, description } = whyNotFound(state, at);
  return {
    ...error,
    message: `Agora does not find the recording. ${description}`,
    retryable: cause === 'NOT_YET' || cause === 'MOVING',
  };
}
