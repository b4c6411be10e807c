import { type Layout, type UpdateBody } from '@agora-recording-gateway/agora/client/requests';
import { replyMeaning } from '@agora-recording-gateway/agora/tables/reply-meanings';
import { type Upstream } from '../../agora-calls/upstream.js';
import { createKeyedQueue } from '../../coordination/keyed-queue.js';
import { type LeaseGuard, notSentInOutage, withLease } from '../../coordination/lease-guard.js';
import { type Clock } from '../../recordings/clock.js';
import { type ObservationSource, type UpdateFacts } from '../../recordings/observation.js';
import { type RecordingState } from '../../recordings/state.js';
import { type Store } from '../../store/store.js';
import { type KnownSecrets, type SentSecret } from '../../telemetry/known-secrets.js';
import { controllable } from '../controllable.js';
import { COMMAND_WAIT_MS } from '../limits.js';
import { factsOfCall, observeCall } from '../query/observe-call.js';
import { recordingCallError } from '../recording-call-error.js';
import { publicTextsOf } from '../start/storage.js';
import { type UserError } from '../user-errors.js';

/** A prepared change: the request, what is recorded of it, and the secrets to cut out of replies. */
export type Change = { facts: UpdateFacts; secrets: SentSecret[] } & (
  | { operation: 'update'; clientRequest: UpdateBody['clientRequest'] }
  | { operation: 'updateLayout'; clientRequest: Layout }
);

export type UpdateChange = Extract<Change, { operation: 'update' }>;

export interface ChangeParts {
  upstream: Upstream;
  store: Pick<Store, 'states' | 'record' | 'leases'>;
  clock: Clock;
  mintId: () => string;
  knownSecrets: KnownSecrets;
}

/** Sends the changes of recordings. */
export interface ChangeSender {
  /**
   * Runs work on a recording while no other change of it is sent, on any gateway. Rejects with NotSentError (`queue-full`,
   * `lease-lost`, `store-unavailable`).
   */
  exclusively<T>(recordingId: string, work: (guard: LeaseGuard) => Promise<T>): Promise<T>;
  /** Sends one change under the lease and records the reply. Returns what went wrong. Rejects with NotSentError. */
  send(
    state: RecordingState,
    change: Change,
    source: ObservationSource,
    guard: LeaseGuard,
  ): Promise<UserError[]>;
}

export function createChangeSender(parts: ChangeParts): ChangeSender {
  const { upstream, store, clock, mintId, knownSecrets } = parts;
  const queue = createKeyedQueue();
  return {
    exclusively: (recordingId, work) =>
      queue.run(recordingId, () =>
        withLease(store.leases, recordingId, 'update', { waitMs: COMMAND_WAIT_MS }, work),
      ),
    async send(state, change, source, guard) {
      const { id, appId, channel, uid } = state;
      const found = controllable(state);
      if ('userError' in found) return [found.userError];
      const owner = { appId, channel, recordingId: id };
      await notSentInOutage(knownSecrets.keep(owner, change.secrets, publicTextsOf(state.start?.storage)));
      const subject = { appId, channel, sid: found.control.sid };
      const redact = await notSentInOutage(knownSecrets.replyRedactor(subject));
      const target = { appId, ...found.control };
      const reason = source === 'COMMAND' ? 'UPDATE' : 'RENEWAL';
      const sent = await upstream.call(
        change.operation === 'update'
          ? {
              operation: 'update',
              ...target,
              body: { cname: channel, uid, clientRequest: change.clientRequest },
            }
          : {
              operation: 'updateLayout',
              ...target,
              body: { cname: channel, uid, clientRequest: change.clientRequest },
            },
        { priority: 'update', reason, waitMs: COMMAND_WAIT_MS, redact, guard },
      );
      const { result, askedAt } = sent;
      const place = { channel, uid };
      const about = { id: mintId(), appId, recordingId: id, place, source, askedAt, receivedAt: clock.now() };
      await store.record(observeCall(result, { ...about, ...factsOfCall(sent), update: change.facts }));
      const isDone =
        result.answered &&
        replyMeaning(change.operation, result.httpStatus, result.reply.code).verdict === 'done';
      return isDone ? [] : [recordingCallError(change.operation, result, state, clock.now())];
    },
  };
}
