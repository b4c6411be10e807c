import { type CallResult } from '../agora/client.js';
import { replyMeaning } from '../agora/tables/reply-meanings.js';
import { type Clock } from '../recordings/clock.js';
import { type ObservationSource } from '../recordings/observation.js';
import { RANK } from '../recordings/evidence.js';
import { controlOf, provenRank, type RecordingState } from '../recordings/state.js';
import { type Store } from '../store/store.js';
import { type KnownSecrets } from '../telemetry/known-secrets.js';
import { type Priority } from './budget.js';
import { type Exclusion } from './exclusion.js';
import { observeCall } from './observe.js';
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
  waitMs: number;
}

export interface RecordingQueries {
  /** Asks for a recording that has a sid and a resourceId. All who ask at once share one call. */
  query(state: RecordingState, options: QueryOptions): Promise<QueryOutcome>;
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
  const shared = new Map<string, Promise<QueryOutcome>>();

  async function ask(state: RecordingState, options: QueryOptions): Promise<QueryOutcome> {
    const { id, appId, stopTakenAt } = state;
    const control = controlOf(state);
    if (control === null || stopTakenAt !== null || provenRank(state) === RANK.ENDED)
      return { kind: 'excluded' };
    const outcome = await exclusion.query<QueryOutcome>(id, async (signal) => {
      const { priority, waitMs } = options;
      const secrets = knownSecrets.of(appId, state.channel);
      const request = { operation: 'query', appId, ...control } as const;
      const called = await timedCall(upstream, clock, request, { priority, waitMs, signal, secrets });
      const { result, askedAt } = called;
      if (!result.answered || !isAboutRecording(result)) return { kind: 'unanswered', result };
      const receivedAt = clock.now();
      await store.record(
        observeCall(result, {
          id: mintId(),
          appId,
          recordingId: id,
          source: options.source,
          askedAt,
          receivedAt,
        }),
      );
      return { kind: 'observed', result };
    });
    return outcome ?? { kind: 'excluded' };
  }

  return {
    async query(state, options) {
      const running = shared.get(state.id);
      if (running !== undefined) return await running;
      const asked = ask(state, options).finally(() => shared.delete(state.id));
      shared.set(state.id, asked);
      return await asked;
    },
  };
}

function isAboutRecording(result: Extract<CallResult, { answered: true }>): boolean {
  const { verdict } = replyMeaning('query', result.httpStatus, result.reply.code);
  return verdict === 'done' || verdict === 'gone';
}
