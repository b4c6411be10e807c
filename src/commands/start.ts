import { type StoredAttempt, KeyTakenError } from '../store/attempts.js';
import { phaseOf } from '../recordings/phase.js';
import { NoTurnError } from '../upstream/budget.js';
import { type StartSettlement } from './settle-starts.js';
import {
  type AttemptParts,
  COMMAND_WAITS_MS,
  type Idempotency,
  type StartAttempts,
} from './start-attempts.js';
import { type StartInput, type StorageProfile } from './start-input.js';
import { hashInput } from './start-input-hash.js';
import { modePart } from './start-modes.js';
import { type PreparedStart, prepareStart } from './start-request.js';
import { callError, type CommandResult, failed, userError, type UserError } from './user-errors.js';
import { validateStart } from './validate-start.js';

export interface StartParts extends AttemptParts {
  /** The projects that may be recorded; the first is the default. */
  appIds: readonly string[];
  profiles: readonly StorageProfile[];
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

type Choice = Pick<StartParts, 'appIds' | 'profiles'>;

function chooseProfile({ profiles }: Choice, name: string | null | undefined): StorageProfile | undefined {
  return profiles.find((profile) => (name == null ? profile.isDefault : profile.name === name));
}

/** The start that is asked for, or everything that stands in its way. */
export function prepare(choice: Choice, input: StartInput): PreparedStart | UserError[] {
  const errors = validateStart(input);
  const appId = input.appId ?? choice.appIds[0];
  const known = appId !== undefined && choice.appIds.includes(appId);
  if (!known) {
    const message = 'The gateway is not configured for this App ID. Leave appId out for the default.';
    errors.push(userError('APP_ID_UNKNOWN', message, { field: ['appId'] }));
  }
  const profile = chooseProfile(choice, input.storage);
  if (profile === undefined) {
    const names = choice.profiles.map(({ name }) => name).join(', ');
    const message = `Name one of the configured storage profiles: ${names || 'there are none'}.`;
    errors.push(userError('STORAGE_PROFILE_UNKNOWN', message, { field: ['storage'] }));
  }
  const part = modePart(input.config);
  if (errors.length > 0 || !known || profile === undefined || part === null) return errors;
  return prepareStart(appId, input, part, profile);
}

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
  async function withHolder(prepared: PreparedStart, error: UserError): Promise<UserError> {
    const holder = error.code === 'TASK_CONFLICT' ? await store.findInPlace(prepared) : null;
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
    if (outcome.failedAt === 'start' && outcome.verdict === 'later' && outcome.result.answered) {
      // Agora had no worker: a new resource may find one (agora-facts.md, section 3, 500/502).
      await new Promise((resolve) => setTimeout(resolve, clock.realDuration(ONCE_MORE_AFTER_MS)));
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
    prepared: PreparedStart,
    inputHash: string,
  ): Promise<CommandResult> {
    if (attempt.inputHash !== inputHash) return failed(KEY_REUSED);
    const { recordingId, outcome } = attempt;
    if (outcome === 'IN_DOUBT' || outcome === 'PENDING') settlement.takeOn(recordingId, prepared);
    return await answer(recordingId, userError('START_IN_DOUBT', IN_DOUBT.message));
  }

  async function once(prepared: PreparedStart, key: string, inputHash: string): Promise<CommandResult> {
    const known = await store.attempts.findByKey(key);
    if (known !== null) return await repeat(known, prepared, inputHash);
    try {
      return await begin(prepared, { key, inputHash });
    } catch (error) {
      if (!(error instanceof KeyTakenError)) throw error;
      const taken = await store.attempts.findByKey(key);
      if (taken === null) throw error;
      return await repeat(taken, prepared, inputHash);
    }
  }

  async function withKey(input: StartInput, prepared: PreparedStart, key: string): Promise<CommandResult> {
    const { idempotencyKey: _key, ...rest } = input;
    const inputHash = hashInput(rest, store.inputKey);
    const other = inFlight.get(key);
    if (other !== undefined) return other.inputHash === inputHash ? await other.done : failed(KEY_REUSED);
    const done = once(prepared, key, inputHash);
    inFlight.set(key, { inputHash, done });
    try {
      return await done;
    } finally {
      inFlight.delete(key);
    }
  }

  /** Starts a recording. The start is written down before it is sent, so that none is ever lost or made twice. */
  return async function startRecording(input: StartInput): Promise<CommandResult> {
    const prepared = prepare(parts, input);
    if (Array.isArray(prepared)) return failed(...prepared);
    try {
      if (input.idempotencyKey != null) return await withKey(input, prepared, input.idempotencyKey);
      return await begin(prepared, { key: null, inputHash: null });
    } catch (error) {
      if (error instanceof NoTurnError) return failed(NO_TURN);
      throw error;
    }
  };
}
