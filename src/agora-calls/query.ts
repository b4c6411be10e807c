import { type CallResult } from '@agora-recording-gateway/agora/client/client';
import { replyMeaning } from '@agora-recording-gateway/agora/tables/reply-meanings';
import { type Clock } from '../recordings/clock.js';
import { type ObservationSource } from '../recordings/observation.js';
import { RANK } from '../recordings/fold/evidence.js';
import { controlOf, provenRank, type RecordingState } from '../recordings/state.js';
import { type Store } from '../store/store.js';
import { type KnownSecrets } from '../telemetry/known-secrets.js';
import { NoTurnError, type Priority } from './budget.js';
import { type Exclusion } from '../coordination/exclusion.js';
import { type Hold } from '../coordination/hold.js';
import { observeCall } from './observe.js';
import { createQueryPlace, GaveWayError } from '../coordination/query-place.js';
import { shareByUrgency } from '../coordination/share.js';
import { timedCall } from './timed-call.js';
import { type Upstream } from './upstream.js';

/** What came of asking Agora for one recording. */
export type QueryOutcome =
  /** Agora answered about the recording (also: that it knows none); the answer is recorded. */
  | { kind: 'observed'; result: CallResult }
  /** Agora did not answer, or not about the recording; nothing was learned. */
  | { kind: 'unanswered'; result: CallResult }
  /** It has ended, cannot be asked, or a stop is under way or was taken: no query may follow. */
  | { kind: 'excluded' };

export interface QueryOptions {
  source: Extract<ObservationSource, 'COMMAND' | 'POLL'>;
  priority: Priority;
  /** How long the call may wait for its turn, real milliseconds. */
  waitMs: number;
  /** What the asker has in hand: the query is not sent once another gateway may have it. */
  hold?: Hold;
}

export interface RecordingQueries {
  /**
   * Asks for a recording that has a sid and a resourceId. All who want it fresh at once share one call, which goes by the
   * most urgent of them. Rejects with NoTurnError when no turn came.
   */
  query(state: Pick<RecordingState, 'id'>, options: QueryOptions): Promise<QueryOutcome>;
}

export function createRecordingQueries(parts: {
  upstream: Upstream;
  exclusion: Exclusion;
  store: Store;
  clock: Clock;
  mintId: () => string;
  knownSecrets: KnownSecrets;
}): RecordingQueries {
  const { upstream, exclusion, store, clock, mintId, knownSecrets } = parts;

  /** Null if it has ended, cannot be asked, or a stop was taken. */
  async function askable(recordingId: string) {
    const [state] = await store.states([recordingId]);
    const control = state == null ? null : controlOf(state);
    if (state == null || control === null || state.stopTakenAt !== null || provenRank(state) === RANK.ENDED)
      return null;
    return { state, control };
  }

  async function ask(
    recordingId: string,
    { source, priority, waitMs, hold }: QueryOptions,
    turn: { signal: AbortSignal; come: () => void },
  ): Promise<QueryOutcome> {
    const outcome = await exclusion.query<QueryOutcome>(recordingId, async (place) => {
      // As it is now that no stop is under way here: one may have been taken since the caller looked.
      const found = await askable(recordingId);
      if (found === null) return { kind: 'excluded' };
      const { state, control } = found;
      const { id, appId, channel } = state;
      const request = { operation: 'query', appId, ...control } as const;
      const elsewhere = createQueryPlace(store.leases, id);
      try {
        const { result, askedAt } = await timedCall(upstream, clock, request, {
          priority,
          waitMs,
          signal: AbortSignal.any([place.signal, elsewhere.signal, turn.signal]),
          secrets: knownSecrets.of(appId, channel),
          onTurn: async () => {
            place.sent();
            turn.come();
            await elsewhere.enter();
            // A stop on another gateway may have been taken, and another gateway may look after the recording by now.
            const [stillAskable] = await Promise.all([askable(id), hold?.beforeSending('query')]);
            if (stillAskable === null) throw new GaveWayError();
          },
        });
        const isUseful = result.answered && isAboutRecording(result);
        // A reply about another recording changes nothing here, but is recorded as a problem.
        const isMisdirected = !result.answered && result.failure === 'misdirected';
        if (isUseful || isMisdirected) {
          const receivedAt = clock.now();
          await store.record(
            observeCall(result, { id: mintId(), appId, recordingId: id, source, askedAt, receivedAt }),
          );
        }
        return { kind: isUseful ? 'observed' : 'unanswered', result };
      } catch (error) {
        // It gave way to a stop.
        const gaveWay =
          error instanceof GaveWayError || (error instanceof NoTurnError && place.signal.aborted);
        if (gaveWay) return { kind: 'excluded' };
        throw error;
      } finally {
        await elsewhere.leave();
      }
    });
    return outcome ?? { kind: 'excluded' };
  }

  const share = shareByUrgency<QueryOptions, QueryOutcome>(ask);
  return { query: ({ id }, options) => share(id, options) };
}

function isAboutRecording(result: Extract<CallResult, { answered: true }>): boolean {
  const { verdict } = replyMeaning('query', result.httpStatus, result.reply.code);
  return verdict === 'done' || verdict === 'gone';
}
