import { type CallResult } from '@agora-recording-gateway/agora/client/client';
import { replyMeaning, type Verdict } from '@agora-recording-gateway/agora/tables/reply-meanings';
import { type Clock } from '../../recordings/clock.js';
import { RANK } from '../../recordings/fold/evidence.js';
import { provenRank, type RecordingState } from '../../recordings/state.js';
import { type Store } from '../../store/store.js';
import { type KnownSecrets } from '../../telemetry/known-secrets.js';
import { type Log } from '../../telemetry/log.js';
import { NoTurnError } from '../../agora-calls/budget.js';
import { type Exclusion } from '../../coordination/exclusion.js';
import { type Hold, holding, LOOK_EVERY_MS } from '../../coordination/hold.js';
import { observeCall } from '../../agora-calls/observe.js';
import { sleep } from '../../coordination/sleep.js';
import { timedCall } from '../../agora-calls/timed-call.js';
import { type Upstream } from '../../agora-calls/upstream.js';
import { within } from '../../within.js';
import { type Control, controllable } from '../controllable.js';
import { recordingCallError } from '../recording-call-error.js';
import { NO_TURN } from '../start/start.js';
import { type CommandResult, failed, userError, type UserError, UNKNOWN_RECORDING } from '../user-errors.js';

export interface StopInput {
  recordingId: string;
  /** Agora's async_stop: answer before the files are uploaded. */
  async?: boolean | null;
  /** So long the mutation waits for a synchronous stop, real seconds, 0 to 25. */
  waitSeconds?: number | null;
}

const DEFAULT_WAIT_SECONDS = 2;
const LONGEST_WAIT_SECONDS = 25;

/** A stop waits longer for its turn than others: whoever asked for it may have left, and counts on it. Real time. */
const STOP_WAITS_MS = 60_000;

/**
 * Waits before a stop in doubt, or one that could not be sent, is sent again (agora-facts.md, section 3: "yes, same
 * request"). Gateway time.
 */
const AGAIN_AFTER_MS = [3_000, 6_000];

/**
 * Waits between repetitions of a stop that finds no recording, for as long as a fail-over may take: else a recording that
 * was moving to another server goes on there, and nobody knows (agora-facts.md, section 4: "404: retry 5, 10, 15 s").
 */
const GONE_AGAIN_AFTER_MS = [5_000, 10_000, 15_000, 15_000, 15_000, 15_000, 15_000];

export interface StopParts {
  upstream: Upstream;
  exclusion: Exclusion;
  store: Store;
  clock: Clock;
  mintId: () => string;
  knownSecrets: KnownSecrets;
  log: Log;
}

const IN_DOUBT = {
  code: 'STOP_IN_DOUBT',
  message:
    'Agora has not said whether it took the stop. The gateway finds out by query; stop again if it still runs.',
  retryable: true,
} as const;

const GIVEN_UP = userError(
  'GATEWAY_STOPPING',
  'This gateway is shutting down, and could not send the stop before: the recording goes on. Stop it again; another ' +
    'gateway, or the next, will do it.',
);

interface StopUnderWay {
  ended: Promise<UserError[]>;
  /** What its caller hears while it is repeated. */
  soFar: UserError[];
}

function stopVerdict(result: CallResult): Verdict {
  if (!result.answered) return result.failure === 'unsent' ? 'later' : 'in-doubt';
  return replyMeaning('stop', result.httpStatus, result.reply.code).verdict;
}

export function createStop(parts: StopParts) {
  const { upstream, exclusion, store, clock, mintId, knownSecrets, log } = parts;
  const inFlight = new Map<string, StopUnderWay>();
  const closing = new AbortController();

  /** What came of the stop is written down, whoever still listens; also that it could not be sent. */
  async function record(state: RecordingState, result: CallResult, askedAt: number): Promise<void> {
    const { id, appId } = state;
    const receivedAt = clock.now();
    await store.record(
      observeCall(result, { id: mintId(), appId, recordingId: id, source: 'COMMAND', askedAt, receivedAt }),
    );
  }

  async function sendOnce(
    state: RecordingState,
    control: Control,
    isAsync: boolean,
    hold: Hold,
  ): Promise<CallResult> {
    const { appId, channel, uid } = state;
    const waitedFrom = clock.now();
    let called: { result: CallResult; askedAt: number };
    try {
      called = await timedCall(
        upstream,
        clock,
        {
          operation: 'stop',
          appId,
          ...control,
          body: { cname: channel, uid, clientRequest: { async_stop: isAsync } },
        },
        {
          priority: 'stop',
          waitMs: STOP_WAITS_MS,
          secrets: knownSecrets.of(appId, channel),
          onTurn: () => hold.beforeSending('stop'),
        },
      );
    } catch (error) {
      if (!(error instanceof NoTurnError)) throw error;
      const result = {
        answered: false,
        operation: 'stop',
        failure: 'unsent',
        message: closing.signal.aborted ? 'The gateway shut down before its turn came.' : NO_TURN.message,
      } as const;
      called = { result, askedAt: waitedFrom };
    }
    await record(state, called.result, called.askedAt);
    return called.result;
  }

  async function isEnding(recordingId: string): Promise<boolean> {
    const [state] = await store.states([recordingId]);
    return state != null && provenRank(state) > RANK.RECORDING;
  }

  /** A stop that was not taken is sent again; what is in doubt still after that, the watch settles by query. */
  async function stopUntilTaken(
    state: RecordingState,
    control: Control,
    isAsync: boolean,
    underWay: Pick<StopUnderWay, 'soFar'>,
    hold: Hold,
  ): Promise<UserError[]> {
    const repeated = { gone: 0, other: 0 };
    for (;;) {
      const result = await sendOnce(state, control, isAsync, hold);
      const verdict = stopVerdict(result);
      if (verdict === 'done' || verdict === 'already') return [];
      if (verdict === 'gone' && (await isEnding(state.id))) return [];
      const givenUp = !result.answered && verdict === 'later' && closing.signal.aborted;
      const error = givenUp ? GIVEN_UP : recordingCallError('stop', result, state, clock.now());
      const told = verdict === 'in-doubt' ? { ...error, ...IN_DOUBT } : error;
      underWay.soFar = [told];
      const [waits, kind] =
        verdict === 'gone' ? ([GONE_AGAIN_AFTER_MS, 'gone'] as const) : ([AGAIN_AFTER_MS, 'other'] as const);
      const wait = waits[repeated[kind]];
      repeated[kind] += 1;
      if (verdict === 'refused' || wait === undefined || closing.signal.aborted) {
        log.warn({ recordingId: state.id, verdict }, 'a stop was not taken');
        return underWay.soFar;
      }
      await sleep(clock.realDuration(wait), closing.signal);
    }
  }

  /** Of several gateways that are asked for one stop at once one sends it, when no query of another is in flight. */
  async function stopAlone(
    state: RecordingState,
    control: Control,
    isAsync: boolean,
    underWay: Pick<StopUnderWay, 'soFar'>,
  ): Promise<UserError[]> {
    const { id } = state;
    const options = { waitMs: STOP_WAITS_MS, signal: closing.signal };
    const errors = await holding(store.leases, id, 'stop', options, async (hold) => {
      while (await store.leases.isHeld(id, 'query')) await sleep(LOOK_EVERY_MS);
      const [now] = await store.states([id]);
      if (state.stopTakenAt === null && now?.stopTakenAt != null) return [];
      return await stopUntilTaken(state, control, isAsync, underWay, hold);
    });
    return errors ?? [userError(IN_DOUBT.code, IN_DOUBT.message)];
  }

  function begin(state: RecordingState, control: Control, isAsync: boolean): StopUnderWay {
    const { id } = state;
    const underWay: StopUnderWay = { ended: Promise.resolve([]), soFar: [] };
    underWay.ended = exclusion
      .stop(id, () => stopAlone(state, control, isAsync, underWay))
      .finally(() => inFlight.delete(id));
    inFlight.set(id, underWay);
    // The caller may have left before it ends.
    underWay.ended.catch((error: unknown) => log.error({ error, recordingId: id }, 'a stop failed'));
    return underWay;
  }

  async function stopRecording(input: StopInput): Promise<CommandResult> {
    const waitSeconds = input.waitSeconds ?? DEFAULT_WAIT_SECONDS;
    if (!(waitSeconds >= 0 && waitSeconds <= LONGEST_WAIT_SECONDS)) {
      return failed(
        userError('INVALID_PARAMETER', `waitSeconds must be from 0 to ${LONGEST_WAIT_SECONDS}.`, {
          field: ['waitSeconds'],
        }),
      );
    }
    const [state] = await store.states([input.recordingId]);
    if (state == null) return UNKNOWN_RECORDING;
    const { id } = state;
    const found = controllable(state);
    if ('userError' in found) return { recordingId: id, userErrors: [found.userError] };
    const underWay = inFlight.get(id) ?? begin(state, found.control, input.async ?? false);
    const errors = await within(underWay.ended, waitSeconds * 1000);
    return { recordingId: id, userErrors: errors ?? underWay.soFar };
  }

  /** Repeats no stop any more, and resolves when none is under way. */
  async function closeStops(): Promise<void> {
    closing.abort();
    while (inFlight.size > 0) await Promise.allSettled([...inFlight.values()].map(({ ended }) => ended));
  }

  return [stopRecording, closeStops] as const;
}
