import { replyMeaning } from '@agora-recording-gateway/agora/tables/reply-meanings';
import { type Clock } from '../../recordings/clock.js';
import { resourceIdOf } from '../../recordings/state.js';
import { findRecording, type RecordingStates } from '../find-recording.js';
import { COMMAND_WAIT_MS } from '../limits.js';
import { recordingCallError } from '../recording-call-error.js';
import { type CommandResult, userError, UNKNOWN_RECORDING } from '../user-errors.js';
import { type RecordingQueries } from './recording-queries.js';

export interface RefreshParts {
  store: RecordingStates;
  clock: Clock;
  queries: RecordingQueries;
}

const STARTED_ELSEWHERE = userError(
  'RECORDING_NOT_CONTROLLABLE',
  'This recording was started elsewhere; adopt it first with adoptRecording.',
);

export function createRefresh({ store, clock, queries }: RefreshParts) {
  /** Queries the recording now. The answer is part of the recording when this resolves. Rejects with NotSentError. */
  return async function refreshRecording(recordingId: string): Promise<CommandResult> {
    const state = await findRecording(store, recordingId);
    if (state === null) return UNKNOWN_RECORDING;
    if (resourceIdOf(state) === null) return { recordingId: state.id, userErrors: [STARTED_ELSEWHERE] };
    const outcome = await queries.query(state, {
      source: 'COMMAND',
      priority: 'refresh',
      reason: 'REFRESH',
      waitMs: COMMAND_WAIT_MS,
    });
    // A recording that must not be queried is as fresh as it can be.
    if (outcome.kind === 'excluded') return { recordingId: state.id, userErrors: [] };
    const { result } = outcome;
    const isFound =
      result.answered && replyMeaning('query', result.httpStatus, result.reply.code).verdict === 'done';
    if (isFound) return { recordingId: state.id, userErrors: [] };
    const latest = (await findRecording(store, state.id)) ?? state;
    return {
      recordingId: state.id,
      userErrors: [recordingCallError('query', result, latest, clock.now())],
    };
  };
}
