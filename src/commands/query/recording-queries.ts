import { type CallResult } from '@agora-recording-gateway/agora/client/client';
import { replyMeaning } from '@agora-recording-gateway/agora/tables/reply-meanings';
import { type Priority, urgencyOf } from '../../agora-calls/permit-queue.js';
import { type SendGuard, type SentCall, type Upstream } from '../../agora-calls/upstream.js';
import { notSentInOutage } from '../../coordination/lease-guard.js';
import { NotSentError } from '../../coordination/not-sent-error.js';
import { createQuerySlot } from '../../coordination/query-slot.js';
import { type SharedCall, shareByUrgency } from '../../coordination/share-by-urgency.js';
import { type RunningQuery, type StopQueryExclusion } from '../../coordination/stop-query-exclusion.js';
import { type CallReason } from '../../recordings/call-reason.js';
import { type Clock } from '../../recordings/clock.js';
import { RANK } from '../../recordings/fold/evidence.js';
import { type ObservationSource } from '../../recordings/observation.js';
import { controlOf, provenRank, type RecordingState } from '../../recordings/state.js';
import { type UnansweredQuery } from '../../recordings/unanswered-query.js';
import { logUnlessOutage } from '../../store/log-unless-outage.js';
import { type Store } from '../../store/store.js';
import { type KnownSecrets } from '../../telemetry/known-secrets.js';
import { type Log } from '../../telemetry/log.js';
import { factsOfCall, observeCall } from './observe-call.js';

export type QueryOutcome =
  /** Agora answered about the recording, perhaps that it does not know it; the answer is recorded. */
  | { kind: 'observed'; result: CallResult }
  /** Agora did not answer, or not about the recording; nothing was learned. */
  | { kind: 'unanswered'; result: CallResult }
  /** The recording has ended, cannot be queried, or Agora has taken a stop: it must not be queried. */
  | { kind: 'excluded' };

export interface QueryOptions {
  source: Extract<ObservationSource, 'COMMAND' | 'POLL'>;
  priority: Priority;
  reason: CallReason;
  /** How long the call may wait for permits, real milliseconds. */
  waitMs: number;
  /** The caller's lease: the query is not sent once another gateway may hold it. */
  guard?: SendGuard;
}

export interface RecordingQueries {
  /**
   * Queries a recording that has a sid and a resourceId. Concurrent callers share one call, which has the priority of the
   * most urgent. Rejects with NotSentError, also (`stop-under-way`) while a stop waits or runs.
   */
  query(state: Pick<RecordingState, 'id'>, options: QueryOptions): Promise<QueryOutcome>;
}

export interface QueryParts {
  upstream: Upstream;
  exclusion: StopQueryExclusion;
  store: Pick<Store, 'states' | 'record' | 'leases' | 'unanswered'>;
  clock: Clock;
  mintId: () => string;
  knownSecrets: KnownSecrets;
  log: Log;
}

export function createRecordingQueries(parts: QueryParts): RecordingQueries {
  const { upstream, exclusion, store, clock, mintId, knownSecrets, log } = parts;

  /** Null if the recording must not be queried. */
  async function queryable(recordingId: string) {
    const [state] = await notSentInOutage(store.states([recordingId]));
    const control = state == null ? null : controlOf(state);
    if (state == null || control === null || state.stopTakenAt !== null || provenRank(state) === RANK.ENDED)
      return null;
    return { state, control };
  }

  /** The outcome of the query does not depend on whether this can be kept. */
  async function keepUnanswered(recordingId: string, sent: SentCall): Promise<void> {
    try {
      await store.unanswered.keep(unansweredQuery(sent, { id: mintId(), recordingId, endedAt: clock.now() }));
    } catch (error) {
      logUnlessOutage(log, error, 'unanswered query could not be kept', { recordingId });
    }
  }

  async function send(
    recordingId: string,
    { source, priority, reason, waitMs, guard }: QueryOptions,
    running: RunningQuery,
    shared: SharedCall,
  ): Promise<QueryOutcome> {
    // Read while no stop runs on this gateway: one may have been taken since the caller looked.
    const found = await queryable(recordingId);
    if (found === null) return { kind: 'excluded' };
    const { state, control } = found;
    const { id, appId, channel, uid } = state;
    const place = { channel, uid };
    const subject = { appId, channel, sid: control.sid };
    const redact = await notSentInOutage(knownSecrets.replyRedactor(subject));
    const slot = createQuerySlot(store.leases, id, log);
    const beforeSending = async () => {
      running.markSent();
      shared.claim();
      await slot.enter();
      // Another gateway may have had a stop taken, or may watch the recording by now.
      const [stillQueryable] = await Promise.all([queryable(id), guard?.beforeSending('query')]);
      if (stillQueryable === null) throw new NotSentError('stop-under-way');
    };
    try {
      const sent = await upstream.call(
        { operation: 'query', appId, ...control },
        {
          priority,
          reason,
          waitMs,
          signal: AbortSignal.any([running.signal, slot.signal, shared.signal]),
          redact,
          guard: { beforeSending },
        },
      );
      const { result, askedAt } = sent;
      const isUseful = result.answered && isAboutRecording(result);
      // A reply about another recording changes nothing here, but is recorded as a problem.
      if (isUseful || (!result.answered && result.failure === 'misdirected')) {
        const about = {
          id: mintId(),
          appId,
          recordingId: id,
          place,
          source,
          askedAt,
          receivedAt: clock.now(),
        };
        await store.record(observeCall(result, { ...about, ...factsOfCall(sent) }));
      } else await keepUnanswered(id, sent);
      return { kind: isUseful ? 'observed' : 'unanswered', result };
    } finally {
      await slot.leave();
    }
  }

  const share = shareByUrgency<QueryOptions, QueryOutcome>(
    (recordingId, options, shared) =>
      exclusion.query(recordingId, (running) => send(recordingId, options, running, shared)),
    ({ priority }) => urgencyOf(priority),
  );
  return { query: ({ id }, options) => share(id, options) };
}

function isAboutRecording(result: Extract<CallResult, { answered: true }>): boolean {
  const { verdict } = replyMeaning('query', result.httpStatus, result.reply.code);
  return verdict === 'done' || verdict === 'gone';
}

function unansweredQuery(
  { result, askedAt, reason, requestedAt }: SentCall,
  about: Pick<UnansweredQuery, 'id' | 'recordingId' | 'endedAt'>,
): UnansweredQuery {
  const call = { ...about, reason, requestedAt };
  if (result.answered) {
    const { httpStatus, requestId, reply } = result;
    const answer = { httpStatus, agoraCode: reply.code, message: reply.reason, requestId };
    return { ...call, sentAt: askedAt, answeredAt: about.endedAt, ...answer };
  }
  const sentAt = result.failure === 'unsent' ? null : askedAt;
  const noAnswer = { answeredAt: null, httpStatus: null, agoraCode: null, requestId: null };
  return { ...call, sentAt, ...noAnswer, message: result.message };
}
