import { type CallResult } from '@agora-recording-gateway/agora/client/client';
import { parameterReason } from '@agora-recording-gateway/agora/tables/parameter-reasons';
import { replyMeaning } from '@agora-recording-gateway/agora/tables/reply-meanings';
import { LEASE_POLL_INTERVAL_MS, notSentInOutage } from '../../coordination/lease-guard.js';
import { sleep } from '../../coordination/sleep.js';
import { type Clock } from '../../recordings/clock.js';
import { sentence } from '../../recordings/fold/sentence.js';
import { phaseOf } from '../../recordings/view/phase.js';
import { KeyTakenError, type StoredAttempt } from '../../store/starts/attempts.js';
import { type Store } from '../../store/store.js';
import { fail, ok, type Result } from '../result.js';
import { callError, type CommandResult, failed, userError, type UserError } from '../user-errors.js';
import { type AcquiredResource, type AcquiredResources } from './acquired-resources.js';
import { type Choice } from './choose-storage.js';
import { prepareStart } from './prepare.js';
import { type StartSettlement } from './start-settlement.js';
import { type FirstOutcome, type Idempotency, type StartedBy, type StartSender } from './start-sender.js';
import { hashInput } from './start-input-hash.js';
import { type RepeatableStart, type StartInput } from './start-input.js';
import { storedInput } from './stored-input.js';
import { type PreparedStart } from './start-request.js';

export interface StartParts extends Choice {
  store: Pick<
    Store,
    | 'states'
    | 'attempts'
    | 'leases'
    | 'findByResource'
    | 'findInPlace'
    | 'findEndedInPlace'
    | 'inputKey'
    | 'reportUnreadable'
  >;
  clock: Clock;
  sender: StartSender;
  settlement: StartSettlement;
  acquired: AcquiredResources;
}

/** Delay before a start is sent once more that Agora certainly did not take. Gateway time, milliseconds. */
const RETRY_DELAY_MS = 3_000;

/**
 * Delays before a start is sent again that conflicts with a recording which has ended here: Agora may take a moment longer
 * to free the channel and uid. Gateway time, milliseconds.
 */
const ENDING_RETRY_DELAYS_MS = [1_000, 2_000, 4_000];

/** How long after the end of a recording a conflict is taken for its end. Later it is another task. Gateway time. */
const ENDING_MS = 60_000;

const STILL_ENDING = userError(
  'AGORA_UNAVAILABLE',
  'The recording of this channel and uid has ended, but Agora has not freed them yet. Retry in a few seconds.',
);

function isConflict({ kind, result }: FirstOutcome): boolean {
  if (kind !== 'rejected' || !result.answered) return false;
  return replyMeaning('start', result.httpStatus, result.reply.code).name === 'TASK_CONFLICT';
}

/** Tries of a start that finds its key taken, and then free again. */
const MAX_KEY_TRIES = 3;

/** How long to wait for the outcome of another gateway's start with the same key. Real milliseconds. */
const KEY_WAIT_MS = 30_000;

const KEY_REUSED = userError(
  'IDEMPOTENCY_KEY_REUSED',
  'This idempotencyKey was used for a start with other input. Use a new key for a new recording.',
  { field: ['idempotencyKey'] },
);

const START_UNCONFIRMED = {
  code: 'START_IN_DOUBT',
  message:
    'Agora did not confirm the start. The gateway keeps checking; follow the recording. Repeat the start only with the ' +
    'same idempotencyKey.',
  retryable: true,
} as const;

const NEVER_CONFIRMED = userError(
  'START_FAILED',
  'This start was never confirmed and is considered failed. Start again with a new idempotencyKey.',
);

/** Why Agora refused the pair. Of one that the gateway acquired for this start, twice, the caller brought no resource. */
function rejection(
  operation: 'acquire' | 'start',
  result: CallResult,
  { givenResourceId }: PreparedStart,
): UserError {
  const error = callError(operation, result);
  const reason = result.answered ? result.reply.reason : null;
  if (givenResourceId !== null || parameterReason(reason)?.name !== 'RESOURCE_MISMATCH') return error;
  const message =
    'Agora refused the start as different from what its resource was acquired for, although the gateway had acquired it for ' +
    `this start, and once more without the config. Retry; if it stays, ask Agora's support. Agora's reason: ${reason}`;
  return { ...error, message };
}

/** A start that is asked for, and what is known of the resource that it brings. */
interface AskedStart {
  prepared: PreparedStart;
  acquired: AcquiredResource | null;
}

/** The input with the time of the token that its resource was acquired with, where the gateway made it. */
function withTokenOf(acquired: AcquiredResource | null, input: RepeatableStart): RepeatableStart {
  const tokenIssuedAt = acquired?.tokenIssuedAt ?? null;
  return tokenIssuedAt === null ? input : { ...input, tokenIssuedAt };
}

/** The start with what its resource was acquired for; the user error if it differs from that. */
function asAcquired({ prepared, acquired }: AskedStart, input: StartInput): Result<PreparedStart, UserError> {
  if (acquired === null) return ok(prepared);
  const error = acquired.mismatch({ ...prepared, input });
  if (error !== null) return fail(error);
  const { facts } = prepared;
  const resourceExpiredHour = acquired.resourceExpiredHours ?? facts.resourceExpiredHour;
  return ok({ ...prepared, facts: { ...facts, resourceExpiredHour } });
}

export class Starts {
  readonly #parts: StartParts;
  readonly #inFlight = new Map<string, { inputHash: string; done: Promise<CommandResult> }>();

  constructor(parts: StartParts) {
    this.#parts = parts;
  }

  /** Starts a recording. The start is stored before it is sent, so none is lost or made twice. Rejects with NotSentError. */
  async startRecording(input: StartInput, caller: string | null): Promise<CommandResult> {
    if (input.idempotencyKey != null) return await this.#withKey(input, input.idempotencyKey, caller);
    const prepared = await this.#prepare(input);
    if (!prepared.ok) return failed(...prepared.error);
    return await this.#begin(prepared.value, input, { idempotency: null, caller });
  }

  /** What a gateway of this store acquired the resource of a start for; null if none did, or if the start brings none. */
  async #findAcquired({ resourceId }: StartInput): Promise<AcquiredResource | null> {
    return resourceId == null ? null : await notSentInOutage(this.#parts.acquired.find(resourceId));
  }

  /** A token that acquire sent for the caller is made again: the start must repeat it. */
  async #prepare(input: StartInput): Promise<Result<AskedStart, UserError[]>> {
    const acquired = await this.#findAcquired(input);
    const repeated = withTokenOf(acquired, input);
    const prepared = await prepareStart(this.#parts, repeated, this.#parts.clock.now());
    return prepared.ok ? ok({ prepared: prepared.value, acquired }) : prepared;
  }

  /** Concurrent starts with the same key on this gateway share one start. */
  async #withKey(input: StartInput, key: string, caller: string | null): Promise<CommandResult> {
    const { idempotencyKey: _key, ...rest } = input;
    const inputHash = hashInput(rest, this.#parts.store.inputKey);
    const other = this.#inFlight.get(key);
    if (other !== undefined) return other.inputHash === inputHash ? await other.done : failed(KEY_REUSED);
    const done = this.#once(input, { key, inputHash }, caller);
    this.#inFlight.set(key, { inputHash, done });
    try {
      return await done;
    } finally {
      this.#inFlight.delete(key);
    }
  }

  async #once(input: StartInput, idempotency: Idempotency, caller: string | null): Promise<CommandResult> {
    for (let tries = 1; tries < MAX_KEY_TRIES; tries += 1) {
      const result = await this.#tryOnce(input, idempotency, caller);
      // Otherwise another gateway was faster. Its start answers for both, unless Agora refuses it and frees the key.
      if (result.ok) return result.value;
    }
    const last = await this.#tryOnce(input, idempotency, caller);
    if (last.ok) return last.value;
    throw last.error;
  }

  async #tryOnce(
    input: StartInput,
    idempotency: Idempotency,
    caller: string | null,
  ): Promise<Result<CommandResult, KeyTakenError>> {
    const known = await this.#settledAttempt(idempotency.key);
    if (known !== null) return ok(await this.#repeat(known, input, idempotency.inputHash));
    const prepared = await this.#prepare(input);
    if (!prepared.ok) return ok(failed(...prepared.error));
    try {
      return ok(await this.#begin(prepared.value, input, { idempotency, caller }));
    } catch (error) {
      if (error instanceof KeyTakenError) return fail(error);
      throw error;
    }
  }

  /** The start that has the key, once its outcome is known or nothing is in flight for it any more. */
  async #settledAttempt(key: string): Promise<StoredAttempt | null> {
    const { store } = this.#parts;
    const until = performance.now() + KEY_WAIT_MS;
    for (;;) {
      const attempt = await notSentInOutage(store.attempts.findByKey(key));
      if (attempt?.outcome !== 'PENDING' || performance.now() >= until) return attempt;
      if (!(await notSentInOutage(store.leases.isHeld(attempt.recordingId, 'start')))) return attempt;
      await sleep(LEASE_POLL_INTERVAL_MS);
    }
  }

  /** A key that was used before: the answer is the first start's recording, whatever its state. */
  async #repeat(attempt: StoredAttempt, input: StartInput, inputHash: string): Promise<CommandResult> {
    if (attempt.inputHash !== inputHash) return failed(KEY_REUSED);
    const { recordingId, outcome, appId } = attempt;
    if (outcome === 'IN_DOUBT' || outcome === 'PENDING') {
      // As it was then: the defaults may have changed since.
      const then = storedInput(attempt, this.#parts.store.reportUnreadable) ?? { ...input, appId };
      const acquired = then.tokenIssuedAt === undefined ? await this.#findAcquired(then) : null;
      const prepared = await prepareStart(this.#parts, withTokenOf(acquired, then), this.#parts.clock.now());
      if (prepared.ok) this.#parts.settlement.schedule(recordingId, prepared.value);
    }
    return await this.#answer(recordingId, userError('START_IN_DOUBT', START_UNCONFIRMED.message));
  }

  async #begin(asked: AskedStart, input: StartInput, by: StartedBy): Promise<CommandResult> {
    const { clock, sender, settlement } = this.#parts;
    const known = await this.#startedWithResource(asked.prepared);
    if (known !== null) return known;
    const checked = asAcquired(asked, input);
    if (!checked.ok) return failed(checked.error);
    const prepared = checked.value;
    let outcome = await sender.start(prepared, by);
    if (outcome.kind === 'rejected' && outcome.operation === 'start' && prepared.givenResourceId === null) {
      if (outcome.verdict === 'later' && outcome.result.answered) {
        // Agora had no worker for this resource; a new resource may find one.
        await sleep(clock.realDuration(RETRY_DELAY_MS));
        outcome = await sender.start(prepared, by);
      }
    }
    for (const delay of ENDING_RETRY_DELAYS_MS) {
      if (!isConflict(outcome) || !(await this.#hasJustEnded(prepared))) break;
      await sleep(clock.realDuration(delay));
      outcome = await sender.start(prepared, by);
    }
    const { result, verdict } = outcome;
    if (outcome.kind === 'rejected') {
      const error = rejection(outcome.operation, result, prepared);
      if (isConflict(outcome) && (await this.#hasJustEnded(prepared))) {
        return failed({ ...STILL_ENDING, agora: error.agora });
      }
      return failed(await this.#attachConflictingRecording(prepared, error));
    }
    if (verdict === 'in-doubt') settlement.schedule(outcome.recordingId, prepared);
    return await this.#answer(outcome.recordingId, { ...callError('start', result), ...START_UNCONFIRMED });
  }

  /** Whether the recording of the same channel and uid ended a moment ago, and no other one is known. */
  async #hasJustEnded({ appId, channel, uid }: PreparedStart): Promise<boolean> {
    const { store, clock } = this.#parts;
    const place = { appId, channel, uid };
    if ((await store.findInPlace(place)) !== null) return false;
    const ended = await store.findEndedInPlace(place);
    const [state] = ended === null ? [] : await store.states([ended]);
    const endedAt = state == null ? null : phaseOf(state).endedAt;
    return endedAt !== null && clock.now() - endedAt < ENDING_MS;
  }

  /** For a resource that a known start used before: that start's recording, and the user error. */
  async #startedWithResource({ appId, givenResourceId }: PreparedStart): Promise<CommandResult | null> {
    if (givenResourceId === null) return null;
    const known = await notSentInOutage(this.#parts.store.findByResource(appId, givenResourceId));
    if (known === null) return null;
    const unconfirmed = userError('START_IN_DOUBT', START_UNCONFIRMED.message);
    const { recordingId, userErrors } = await this.#answer(known, unconfirmed);
    if (userErrors.length > 0) return { recordingId, userErrors };
    const message =
      'This resource was already used for this recording. Start without resourceId for a new one.';
    const error = userError('RESOURCE_ALREADY_STARTED', message, { field: ['resourceId'] });
    return { recordingId, userErrors: [{ ...error, recordingId }] };
  }

  /** Names the recording that uses the same channel and uid, if it is known. */
  async #attachConflictingRecording(
    { appId, channel, uid }: PreparedStart,
    error: UserError,
  ): Promise<UserError> {
    if (error.code !== 'TASK_CONFLICT') return error;
    const other = await this.#parts.store.findInPlace({ appId, channel, uid });
    if (other === null) return error;
    const { recordingId } = other;
    return { ...error, message: `${sentence(error.message)} It is recording ${recordingId}.`, recordingId };
  }

  async #answer(recordingId: string, unconfirmed: UserError): Promise<CommandResult> {
    const [state] = await this.#parts.store.states([recordingId]);
    if (state == null) return { recordingId, userErrors: [unconfirmed] };
    const { phase } = phaseOf(state);
    // The conflict with another start proves that a recording runs, although its sid is not known.
    if (state.sid !== null || phase === 'RECORDING') return { recordingId: state.id, userErrors: [] };
    return { recordingId: state.id, userErrors: [phase === 'FAILED' ? NEVER_CONFIRMED : unconfirmed] };
  }
}
