import { type CallResult } from '../agora/client.js';
import { type Verdict, replyMeaning } from '../agora/tables/reply-meanings.js';
import { type Clock } from '../recordings/clock.js';
import { type Observation } from '../recordings/observation.js';
import { type Store } from '../store/store.js';
import { NoTurnError } from '../upstream/budget.js';
import { observeCall } from '../upstream/observe.js';
import { type StartPair, type Upstream } from '../upstream/upstream.js';
import { type StartInput, type StorageProfile } from './start-input.js';
import { type PreparedStart, prepareStart } from './start-request.js';
import { callError, type CommandResult, failed, userError, type UserError } from './user-errors.js';
import { validateStart } from './validate-start.js';

/** How long a mutation's call may wait for its turn, real milliseconds. */
export const COMMAND_WAITS_MS = 5_000;

export interface StartParts {
  upstream: Upstream;
  store: Store;
  clock: Clock;
  mintId: () => string;
  /** The projects that may be recorded; the first is the default. */
  appIds: readonly string[];
  profiles: readonly StorageProfile[];
}

export const NO_TURN = userError(
  'UPSTREAM_BUSY',
  'The gateway may call Agora only so often, and no turn came in time. Nothing was sent. Try again in a few seconds.',
);

function choose(
  parts: StartParts,
  input: StartInput,
): { appId: string; profile: StorageProfile } | UserError[] {
  const errors: UserError[] = [];
  const appId = input.appId ?? parts.appIds[0];
  if (appId === undefined || !parts.appIds.includes(appId)) {
    errors.push(
      userError(
        'APP_ID_UNKNOWN',
        'The gateway is not configured for this App ID. Leave appId out for the default.',
        {
          field: ['appId'],
        },
      ),
    );
  }
  const profile =
    input.storage == null
      ? parts.profiles.find(({ isDefault }) => isDefault)
      : parts.profiles.find(({ name }) => name === input.storage);
  if (profile === undefined) {
    const names = parts.profiles.map(({ name }) => name).join(', ');
    errors.push(
      userError(
        'STORAGE_PROFILE_UNKNOWN',
        `Name one of the configured storage profiles: ${names || 'there are none'}.`,
        {
          field: ['storage'],
        },
      ),
    );
  }
  return appId === undefined || profile === undefined || errors.length > 0 ? errors : { appId, profile };
}

/** What a start's result says: a reply by its meaning; no reply leaves it in doubt, unless nothing was sent. */
function startVerdict(result: CallResult): Verdict {
  if (!result.answered) return result.failure === 'unsent' ? 'later' : 'in-doubt';
  return replyMeaning('start', result.httpStatus, result.reply.code).verdict;
}

export function createStart(parts: StartParts) {
  const { upstream, store, clock, mintId } = parts;

  async function sendStart(
    prepared: PreparedStart,
    pair: StartPair,
    acquired: { resourceId: string; at: number },
  ): Promise<CommandResult> {
    const recordingId = mintId();
    const { appId } = prepared;
    const createdAt = clock.now();
    const attempt: Observation = {
      id: mintId(),
      appId,
      recordingId,
      source: 'COMMAND',
      occurredAt: createdAt,
      receivedAt: createdAt,
      content: { kind: 'attempt', operation: 'start', facts: prepared.facts(acquired.resourceId) },
      raw: null,
      hash: recordingId,
    };
    await store.attempts.open({
      recordingId,
      appId,
      channel: prepared.channel,
      uid: prepared.uid,
      resourceId: acquired.resourceId,
      idempotencyKey: null,
      inputHash: null,
      acquiredAt: acquired.at,
      createdAt,
      observation: attempt,
    });
    const askedAt = clock.now();
    const result = await pair.start(prepared.start(acquired.resourceId), prepared.secrets);
    const verdict = startVerdict(result);
    if (verdict === 'refused' || verdict === 'later') {
      await store.attempts.refuse(recordingId, clock.now());
      return failed(callError('start', result));
    }
    const receivedAt = clock.now();
    const recorded = await store.record(
      observeCall(result, { id: mintId(), appId, recordingId, source: 'COMMAND', askedAt, receivedAt }),
    );
    const [state] = await store.states([recorded.recordingId]);
    if (state?.sid != null) return { recordingId: recorded.recordingId, userErrors: [] };
    const doubt = result.answered
      ? { ...callError('start', result), code: 'START_IN_DOUBT' as const, retryable: true }
      : userError(
          'START_IN_DOUBT',
          `${result.message} It is not known whether the recording runs; watch it.`,
        );
    return { recordingId: recorded.recordingId, userErrors: [doubt] };
  }

  /** Starts a recording: acquire and start in a pair, the attempt written down between them. */
  return async function startRecording(input: StartInput): Promise<CommandResult> {
    const chosen = choose(parts, input);
    const errors = [...validateStart(input), ...(Array.isArray(chosen) ? chosen : [])];
    const { composite } = input.config;
    if (errors.length > 0 || Array.isArray(chosen) || composite == null) return failed(...errors);
    const prepared = prepareStart(chosen.appId, input, composite, chosen.profile);
    let pair: StartPair;
    try {
      pair = await upstream.pair(COMMAND_WAITS_MS);
    } catch (error) {
      if (error instanceof NoTurnError) return failed(NO_TURN);
      throw error;
    }
    try {
      const at = clock.now();
      const result = await pair.acquire(prepared.acquire, prepared.secrets);
      const resourceId = result.answered && result.httpStatus === 200 ? result.reply.resourceId : null;
      if (resourceId === null) return failed(callError('acquire', result));
      return await sendStart(prepared, pair, { resourceId, at });
    } finally {
      pair.release();
    }
  };
}
