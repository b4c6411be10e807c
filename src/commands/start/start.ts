import { type StoredAttempt, KeyTakenError } from '../../store/log/attempts.js';
import { phaseOf } from '../../recordings/view/phase.js';
import { NoTurnError } from '../../agora-calls/budget.js';
import { LOOK_EVERY_MS } from '../../coordination/hold.js';
import { sleep } from '../../coordination/sleep.js';
import { type StartSettlement } from './settle-starts.js';
import {
  type AttemptParts,
  COMMAND_WAITS_MS,
  type Idempotency,
  type StartAttempts,
} from './start-attempts.js';
import { type Choice, prepare } from './prepare.js';
import { type StartInput } from './start-input.js';
import { hashInput } from './start-input-hash.js';
import { type PreparedStart } from './start-request.js';
import { callError, type CommandResult, failed, userError, type UserError } from '../user-errors.js';

export interface StartParts extends AttemptParts, Choice {
  attempts: StartAttempts;
  settlement: StartSettlement;
}

export const NO_TURN = userError(
  'UPSTREAM_BUSY',
  `The gateway may call Agora only so often, and no turn came within ${COMMAND_WAITS_MS / 1000} s. Nothing was sent. Try ` +
    'again in a few seconds.',
);

/** A start that Agora certainly did not take is sent once more after so long. Gateway time, milliseconds. */
const ONCE_MORE_AFTER_MS = 3_000;

/** How often a start that finds its key taken, and then free again, is tried. */
const MOST_TRIES = 3;

const KEY_REUSED = userError(
  'IDEMPOTENCY_KEY_REUSED',
  'This idempotencyKey was used for a start with other input. Use a new key for a new recording.',
  { field: ['idempotencyKey'] },
);

const IN_DOUBT = {
  code: 'START_IN_DOUBT',
  message:
    'Agora has not said whether it took the start. The gateway goes on finding out: watch the recording. Repeat the start ' +
    'only with the same idempotencyKey.',
  retryable: true,
} as const;

const NEVER_CONFIRMED = userError(
  'START_FAILED',
  'Nothing ever confirmed this start, so it counts as failed. Start again with a new idempotencyKey.',
);

export function createStart(parts: StartParts) {
  const { store, clock, attempts, settlement } = parts;
  const inFlight = new Map<string, { inputHash: string; done: Promise<CommandResult> }>();

  async function answer(recordingId: string, doubt: UserError): Promise<CommandResult> {
    const [state] = await store.states([recordingId]);
    if (state == null) return { recordingId, userErrors: [doubt] };
    if (state.sid !== null) return { recordingId: state.id, userErrors: [] };
    const hasFailed = phaseOf(state).phase === 'FAILED';
    return { recordingId: state.id, userErrors: [hasFailed ? NEVER_CONFIRMED : doubt] };
  }

  /** Of a refusal because something records in this place: what that is, where it is known. */
  async function withHolder({ appId, channel, uid }: PreparedStart, error: UserError): Promise<UserError> {
    const holder = error.code === 'TASK_CONFLICT' ? await store.findInPlace({ appId, channel, uid }) : null;
    if (holder === null) return error;
    const { recordingId } = holder;
    return {
      ...error,
      message: `${error.message} The recording in its place is ${recordingId}.`,
      recordingId,
    };
  }

  async function begin(prepared: PreparedStart, idempotency: Idempotency): Promise<CommandResult> {
    let outcome = await attempts.first(prepared, idempotency);
    const mayRenew = prepared.resourceId === null && outcome.failedAt === 'start';
    if (mayRenew && outcome.verdict === 'later' && outcome.result.answered) {
      // Agora had no worker: a new resource may find one (agora-facts.md, section 3, 500/502).
      await sleep(clock.realDuration(ONCE_MORE_AFTER_MS));
      outcome = await attempts.first(prepared, idempotency);
    }
    const { recordingId, failedAt, result, verdict } = outcome;
    if (recordingId === null)
      return failed(await withHolder(prepared, callError(failedAt ?? 'start', result)));
    if (verdict === 'in-doubt') settlement.takeOn(recordingId, prepared);
    return await answer(recordingId, { ...callError('start', result), ...IN_DOUBT });
  }

  /** A key that was used before: the first start's recording, whatever has become of it. */
  async function repeat(
    attempt: StoredAttempt,
    input: StartInput,
    inputHash: string,
  ): Promise<CommandResult> {
    if (attempt.inputHash !== inputHash) return failed(KEY_REUSED);
    const { recordingId, outcome, appId } = attempt;
    if (outcome === 'IN_DOUBT' || outcome === 'PENDING') {
      // As it was then: the defaults may have changed since.
      const then = attempt.input === null ? { ...input, appId } : (JSON.parse(attempt.input) as StartInput);
      const prepared = await prepare(parts, then, clock.now());
      if (!Array.isArray(prepared)) settlement.takeOn(recordingId, prepared);
    }
    return await answer(recordingId, userError('START_IN_DOUBT', IN_DOUBT.message));
  }

  /** The start that has the key, once it has an outcome: another gateway may have it in hand. */
  async function firstOf(key: string): Promise<StoredAttempt | null> {
    for (;;) {
      const attempt = await store.attempts.findByKey(key);
      if (attempt?.outcome !== 'PENDING') return attempt;
      if (!(await store.leases.isHeld(attempt.recordingId, 'start'))) return attempt;
      await sleep(LOOK_EVERY_MS);
    }
  }

  async function once(input: StartInput, key: string, inputHash: string): Promise<CommandResult> {
    for (let tries = 1; ; tries += 1) {
      const known = await firstOf(key);
      if (known !== null) return await repeat(known, input, inputHash);
      const prepared = await prepare(parts, input, clock.now());
      if (Array.isArray(prepared)) return failed(...prepared);
      try {
        return (await startedWith(prepared)) ?? (await begin(prepared, { key, inputHash }));
      } catch (error) {
        // Another gateway was quicker. Its start answers for both, unless Agora refuses it and the key is free again.
        if (!(error instanceof KeyTakenError) || tries === MOST_TRIES) throw error;
      }
    }
  }

  async function withKey(input: StartInput, key: string): Promise<CommandResult> {
    const { idempotencyKey: _key, ...rest } = input;
    const inputHash = hashInput(rest, store.inputKey);
    const other = inFlight.get(key);
    if (other !== undefined) return other.inputHash === inputHash ? await other.done : failed(KEY_REUSED);
    const done = once(input, key, inputHash);
    inFlight.set(key, { inputHash, done });
    try {
      return await done;
    } finally {
      inFlight.delete(key);
    }
  }

  /** A resource that was started before, by a start that this gateway knows: its recording, and what is known of it. */
  async function startedWith(prepared: PreparedStart): Promise<CommandResult | null> {
    const { appId, resourceId } = prepared;
    const known = resourceId === null ? null : await store.findByResource(appId, resourceId);
    if (known === null) return null;
    const message =
      'The resource was used for this recording before. Start without resourceId for a new one.';
    const { recordingId, userErrors } = await answer(known, userError('START_IN_DOUBT', IN_DOUBT.message));
    return userErrors.length > 0
      ? { recordingId, userErrors }
      : {
          recordingId,
          userErrors: [
            { ...userError('RESOURCE_ALREADY_STARTED', message, { field: ['resourceId'] }), recordingId },
          ],
        };
  }

  /** Starts a recording. The start is written down before it is sent, so that none is ever lost or made twice. */
  return async function startRecording(input: StartInput): Promise<CommandResult> {
    try {
      if (input.idempotencyKey != null) return await withKey(input, input.idempotencyKey);
      const prepared = await prepare(parts, input, clock.now());
      if (Array.isArray(prepared)) return failed(...prepared);
      return (await startedWith(prepared)) ?? (await begin(prepared, { key: null, inputHash: null }));
    } catch (error) {
      if (error instanceof NoTurnError) return failed(NO_TURN);
      throw error;
    }
  };
}
