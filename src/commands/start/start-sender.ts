import { type CallResult } from '@agora-recording-gateway/agora/client/client';
import { type Redact } from '@agora-recording-gateway/agora/redaction/redact';
import { parameterReason } from '@agora-recording-gateway/agora/tables/parameter-reasons';
import { replyMeaning, type Verdict } from '@agora-recording-gateway/agora/tables/reply-meanings';
import { type SentCall, type StartPermits, type Upstream } from '../../agora-calls/upstream.js';
import { type LeaseGuard, notSentInOutage, withLease } from '../../coordination/lease-guard.js';
import { NotSentError } from '../../coordination/not-sent-error.js';
import { type Clock } from '../../recordings/clock.js';
import { type Store } from '../../store/store.js';
import { type KnownSecrets } from '../../telemetry/known-secrets.js';
import { type NoteContradictions } from '../../telemetry/contradictions.js';
import { type Log } from '../../telemetry/log.js';
import { requestFields } from '../../telemetry/request-fields.js';
import { COMMAND_WAIT_MS } from '../limits.js';
import { factsOfCall, observeCall } from '../query/observe-call.js';
import { fail, ok, type Result } from '../result.js';
import { acquireRequest, type PreparedStart, startRequest, withoutStartParameter } from './start-request.js';
import { publicTextsOf } from './storage.js';

/** The verdict `later` and `refused`: Agora has certainly not started it. */
export interface StartOutcome {
  verdict: Verdict;
  result: CallResult;
}

export type FirstOutcome =
  /** Nothing was started, and no recording is left. */
  | (StartOutcome & { kind: 'rejected'; operation: 'acquire' | 'start' })
  /** Agora has started it, or may have. */
  | (StartOutcome & { kind: 'sent'; recordingId: string });

export interface Idempotency {
  key: string;
  inputHash: string;
}

/** What comes with a first start besides what Agora is sent. */
export interface StartedBy {
  idempotency: Idempotency | null;
  /** The name of the caller; null where callers are not authenticated. */
  caller: string | null;
}

interface Resource {
  resourceId: string;
  acquiredAt: number;
}

export interface StartSenderParts {
  upstream: Upstream;
  store: Pick<Store, 'states' | 'record' | 'attempts' | 'leases' | 'findInPlace'>;
  clock: Clock;
  mintId: () => string;
  knownSecrets: KnownSecrets;
  noteContradictions: NoteContradictions;
  log: Log;
}

function acquireVerdict(result: CallResult): Verdict {
  if (!result.answered || result.httpStatus === 200) return 'later';
  return replyMeaning('acquire', result.httpStatus, result.reply.code).verdict;
}

/** A reply by its meaning; no reply leaves the start unconfirmed, unless it was not sent. */
function startVerdict(result: CallResult): Verdict {
  if (!result.answered) return result.failure === 'unsent' ? 'later' : 'in-doubt';
  return replyMeaning('start', result.httpStatus, result.reply.code).verdict;
}

/** Whether Agora found a start to differ from the config that its resource was acquired with. */
function isHashMismatch(outcome: FirstOutcome): boolean {
  const { result } = outcome;
  if (outcome.kind !== 'rejected' || outcome.operation !== 'start' || !result.answered) return false;
  const { httpStatus, reply } = result;
  const { name } = replyMeaning('start', httpStatus, reply.code);
  return name === 'AGORA_PARAMETER_INVALID' && parameterReason(reply.reason)?.name === 'RESOURCE_MISMATCH';
}

const LEASE_LOST: CallResult = {
  answered: false,
  operation: 'start',
  failure: 'unanswered',
  message: 'The lease moved to another gateway.',
};

/**
 * Sends starts. Each is stored before it is sent, and its outcome before the caller receives it, so a crash at any point
 * leaves a start that is known. All methods reject with NotSentError.
 */
export class StartSender {
  readonly #parts: StartSenderParts;

  constructor(parts: StartSenderParts) {
    this.#parts = parts;
  }

  /**
   * Starts a new recording: acquire, store the attempt, start, store the outcome. acquire carries the config so that Agora
   * can place the recording well. If Agora then finds the two to differ, although they are the same, the pair is sent once
   * more without it.
   */
  async start(prepared: PreparedStart, by: StartedBy): Promise<FirstOutcome> {
    const outcome = await this.#startPair(prepared, by);
    if (prepared.givenResourceId !== null || !isHashMismatch(outcome)) return outcome;
    const { appId, channel, uid } = prepared;
    this.#parts.noteContradictions(['startRepeatsStartParameter'], { appId, channel, uid });
    return await this.#startPair(withoutStartParameter(prepared), by);
  }

  async #startPair(prepared: PreparedStart, by: StartedBy): Promise<FirstOutcome> {
    const { upstream, store, mintId, clock } = this.#parts;
    const { appId, givenResourceId } = prepared;
    const recordingId = mintId();
    const redact = await this.#keepSecrets(recordingId, prepared);
    const permits = givenResourceId === null ? await upstream.startPermits(COMMAND_WAIT_MS, appId) : null;
    try {
      const resource =
        permits === null
          ? ok({ resourceId: givenResourceId ?? '', acquiredAt: clock.now() })
          : await this.#acquire(prepared, redact, permits);
      if (!resource.ok) return { kind: 'rejected', operation: 'acquire', ...resource.error };
      return await withLease(store.leases, recordingId, 'start', { waitMs: 0 }, async (guard) => {
        await this.#open(recordingId, prepared, resource.value, by);
        const sent = await this.#sendFirst(recordingId, prepared, redact, resource.value, permits, guard);
        return await this.#settleFirst(recordingId, prepared, resource.value, sent);
      });
    } finally {
      permits?.release();
    }
  }

  /** Sends the same start with the same resource again, to settle an unconfirmed one. */
  async resend(
    recordingId: string,
    prepared: PreparedStart,
    resourceId: string,
    guard: LeaseGuard,
  ): Promise<StartOutcome> {
    const redact = await this.#keepSecrets(recordingId, prepared);
    const sent = await this.#send(prepared, redact, resourceId, null, guard);
    await this.#recordRepeated(recordingId, prepared, resourceId, sent);
    return { verdict: startVerdict(sent.result), result: sent.result };
  }

  /**
   * Acquires and starts once more with the same uid: if the first start runs, Agora refuses this one. acquire is sent
   * without the config, so that a mismatch cannot be the reason for the refusal.
   */
  async sendAgainWithNewResource(
    recordingId: string,
    prepared: PreparedStart,
    guard: LeaseGuard,
  ): Promise<StartOutcome> {
    const { upstream, store } = this.#parts;
    const redact = await this.#keepSecrets(recordingId, prepared);
    const permits = await upstream.startPermits(COMMAND_WAIT_MS, prepared.appId);
    try {
      const resource = await this.#acquire(withoutStartParameter(prepared), redact, permits, guard);
      if (!resource.ok) return resource.error;
      const { resourceId, acquiredAt } = resource.value;
      await store.attempts.renew(recordingId, resourceId, acquiredAt);
      const sent = await this.#send(prepared, redact, resourceId, permits, guard);
      await this.#recordRepeated(recordingId, prepared, resourceId, sent);
      return { verdict: startVerdict(sent.result), result: sent.result };
    } finally {
      permits.release();
    }
  }

  async #acquire(
    prepared: PreparedStart,
    redact: Redact,
    permits: StartPermits,
    guard?: LeaseGuard,
  ): Promise<Result<Resource, StartOutcome>> {
    const { result, askedAt } = await permits.acquire(acquireRequest(prepared), {
      redact,
      guard,
    });
    const resourceId = result.answered && result.httpStatus === 200 ? result.reply.resourceId : null;
    if (resourceId === null) return fail({ verdict: acquireVerdict(result), result });
    return ok({ resourceId, acquiredAt: askedAt });
  }

  /** Stores the attempt. From now on the start is known, whatever happens. */
  async #open(
    recordingId: string,
    { appId, channel, uid, input, facts, metadata }: PreparedStart,
    { resourceId, acquiredAt }: Resource,
    { idempotency, caller }: StartedBy,
  ): Promise<void> {
    const { store, clock, mintId } = this.#parts;
    const createdAt = clock.now();
    await store.attempts.open({
      recordingId,
      appId,
      channel,
      uid,
      resourceId,
      idempotencyKey: idempotency?.key ?? null,
      inputHash: idempotency?.inputHash ?? null,
      input,
      acquiredAt,
      createdAt,
      observation: {
        id: mintId(),
        appId,
        recordingId,
        source: 'COMMAND',
        occurredAt: createdAt,
        receivedAt: createdAt,
        content: {
          kind: 'attempt',
          operation: 'start',
          facts: { ...facts, resourceId },
          ...(caller === null ? {} : { startedBy: caller }),
          ...(metadata.length === 0 ? {} : { metadata }),
        },
        raw: null,
        hash: recordingId,
      },
    });
  }

  /** With `permits`, the start uses the second of them; otherwise it takes its own. */
  async #send(
    prepared: PreparedStart,
    redact: Redact,
    resourceId: string,
    permits: StartPermits | null,
    guard: LeaseGuard,
  ): Promise<SentCall> {
    const request = startRequest(prepared, resourceId);
    const options = { redact, guard };
    return permits === null
      ? await this.#parts.upstream.call(request, {
          priority: 'start',
          reason: 'START',
          waitMs: COMMAND_WAIT_MS,
          ...options,
        })
      : await permits.start(request, options);
  }

  /** Sends the first start of an attempt. If it certainly was not sent, the attempt is withdrawn. */
  async #sendFirst(
    recordingId: string,
    prepared: PreparedStart,
    redact: Redact,
    { resourceId }: Resource,
    permits: StartPermits | null,
    guard: LeaseGuard,
  ): Promise<SentCall> {
    const { store, clock } = this.#parts;
    try {
      return await this.#send(prepared, redact, resourceId, permits, guard);
    } catch (error) {
      if (!(error instanceof NotSentError)) throw error;
      // This gateway stalled, and the one that holds the lease now settles the start.
      if (error.reason === 'lease-lost') {
        const now = clock.now();
        return { result: LEASE_LOST, askedAt: now, requestedAt: now, reason: 'START' };
      }
      await store.attempts.refuse(recordingId, clock.now());
      throw error;
    }
  }

  async #settleFirst(
    recordingId: string,
    prepared: PreparedStart,
    { resourceId }: Resource,
    sent: SentCall,
  ): Promise<FirstOutcome> {
    const { result } = sent;
    if (result === LEASE_LOST) return { kind: 'sent', recordingId, verdict: 'in-doubt', result };
    const verdict = startVerdict(result);
    // A resource that the caller brought was already started, by another start than this one.
    const isForeignTask = verdict === 'already' && prepared.givenResourceId !== null;
    if (verdict === 'refused' || verdict === 'later' || isForeignTask) {
      await this.#withdraw(recordingId, prepared, sent);
      return { kind: 'rejected', operation: 'start', verdict, result };
    }
    try {
      await this.#record(recordingId, prepared, sent, { resourceId, again: false });
      return { kind: 'sent', recordingId, verdict, result };
    } catch (error) {
      // The start may run, so it must be settled as if no reply had come.
      const message = 'could not store the start reply; treating the start as unconfirmed';
      this.#parts.log.error({ ...requestFields(), error, recordingId }, message);
      return { kind: 'sent', recordingId, verdict: 'in-doubt', result };
    }
  }

  /** Marks the attempt refused. If a recording was already linked to it, that is another task; the refusal is recorded there. */
  async #withdraw(recordingId: string, prepared: PreparedStart, sent: SentCall): Promise<void> {
    const { store, clock } = this.#parts;
    await store.attempts.refuse(recordingId, clock.now());
    const [state] = await store.states([recordingId]);
    if (state == null) return;
    const resourceId = state.resourceId?.value ?? '';
    await this.#record(recordingId, prepared, sent, { resourceId, again: false });
  }

  /**
   * Records the reply to a repeated start. TASK_CONFLICT proves that the first one succeeded, unless another recording is
   * known to use the same channel and uid.
   */
  async #recordRepeated(
    recordingId: string,
    prepared: PreparedStart,
    resourceId: string,
    sent: SentCall,
  ): Promise<void> {
    const { store, clock } = this.#parts;
    const { result } = sent;
    const isConflict =
      result.answered && replyMeaning('start', result.httpStatus, result.reply.code).name === 'TASK_CONFLICT';
    const { appId, channel, uid } = prepared;
    const other = isConflict ? await store.findInPlace({ appId, channel, uid }, recordingId) : null;
    const isForeignTask = other !== null && other.sid !== null;
    if (isForeignTask) await store.attempts.refuse(recordingId, clock.now());
    await this.#record(recordingId, prepared, sent, { resourceId, again: !isForeignTask });
  }

  async #record(
    recordingId: string,
    { appId, channel, uid }: PreparedStart,
    sent: SentCall,
    start: { resourceId: string; again: boolean },
  ): Promise<void> {
    const { store, clock, mintId } = this.#parts;
    const { result, askedAt } = sent;
    const place = { channel, uid };
    const about = { id: mintId(), appId, recordingId, place, source: 'COMMAND', askedAt } as const;
    await store.record(
      observeCall(result, { ...about, ...factsOfCall(sent), receivedAt: clock.now(), start }),
    );
  }

  /** Before anything is sent: from now on every gateway cuts the secrets of the start out of what Agora sends. */
  async #keepSecrets(recordingId: string, prepared: PreparedStart): Promise<Redact> {
    const { appId, channel, secrets, facts } = prepared;
    const { knownSecrets } = this.#parts;
    const owner = { appId, channel, recordingId };
    await notSentInOutage(knownSecrets.keep(owner, secrets, publicTextsOf(facts.storage)));
    return await notSentInOutage(knownSecrets.replyRedactor({ appId, channel, sid: null }));
  }
}
