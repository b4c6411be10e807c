import { replyMeaning } from '@agora-recording-gateway/agora/tables/reply-meanings';
import { type Clock } from '../../recordings/clock.js';
import { resourceIdOf } from '../../recordings/state.js';
import { type Store } from '../../store/store.js';
import { NoTurnError } from '../../agora-calls/budget.js';
import { type QueryOutcome, type RecordingQueries } from '../../agora-calls/query.js';
import { recordingCallError } from '../recording-call-error.js';
import { NO_TURN } from '../start/start.js';
import { COMMAND_WAITS_MS } from '../start/start-attempts.js';
import { type CommandResult, userError, UNKNOWN_RECORDING } from '../user-errors.js';

export interface RefreshParts {
  store: Store;
  clock: Clock;
  queries: RecordingQueries;
}

export function createRefresh({ store, clock, queries }: RefreshParts) {
  /** Asks Agora for the recording now. Its answer is folded in before this resolves. */
  return async function refreshRecording(recordingId: string): Promise<CommandResult> {
    const [state] = await store.states([recordingId]);
    if (state == null) return UNKNOWN_RECORDING;
    if (resourceIdOf(state) === null) {
      return {
        recordingId: state.id,
        userErrors: [
          userError(
            'RECORDING_NOT_CONTROLLABLE',
            'The recording was started elsewhere, so Agora cannot be asked for it. Adopt it with adoptRecording.',
          ),
        ],
      };
    }
    let outcome: QueryOutcome;
    try {
      outcome = await queries.query(state, {
        source: 'COMMAND',
        priority: 'refresh',
        waitMs: COMMAND_WAITS_MS,
      });
    } catch (error) {
      if (error instanceof NoTurnError) return { recordingId: state.id, userErrors: [NO_TURN] };
      throw error;
    }
    // A recording that is ending, or whose start is in doubt, cannot be asked: it is as fresh as it can be.
    if (outcome.kind === 'excluded') return { recordingId: state.id, userErrors: [] };
    const { result } = outcome;
    const found =
      result.answered && replyMeaning('query', result.httpStatus, result.reply.code).verdict === 'done';
    if (found) return { recordingId: state.id, userErrors: [] };
    const [asked] = await store.states([state.id]);
    return {
      recordingId: state.id,
      userErrors: [recordingCallError('query', result, asked ?? state, clock.now())],
    };
  };
}
