import { type CallFacts } from '../../recordings/observation.js';
import { type CallResult } from '@agora-recording-gateway/agora/client/client';
import { OPERATIONS } from '@agora-recording-gateway/agora/tables/operations';
import { replyMeaning, type Verdict } from '@agora-recording-gateway/agora/tables/reply-meanings';
import { type ReportNotSent } from '../../agora-calls/report-not-sent.js';
import { type Upstream } from '../../agora-calls/upstream.js';
import {
  LEASE_POLL_INTERVAL_MS,
  type LeaseGuard,
  notSentInOutage,
  withLease,
} from '../../coordination/lease-guard.js';
import { NotSentError } from '../../coordination/not-sent-error.js';
import { sleep } from '../../coordination/sleep.js';
import { type StopQueryExclusion } from '../../coordination/stop-query-exclusion.js';
import { type Clock } from '../../recordings/clock.js';
import { RANK } from '../../recordings/fold/evidence.js';
import { isExpired } from '../../recordings/policy/next-step.js';
import { provenRank, type RecordingState } from '../../recordings/state.js';
import { StoreUnavailableError } from '../../store/errors.js';
import { type Store } from '../../store/store.js';
import { type KnownSecrets } from '../../telemetry/known-secrets.js';
import { type Log } from '../../telemetry/log.js';
import { requestFields } from '../../telemetry/request-fields.js';
import { within } from '../../within.js';
import { type Control, controllable } from '../controllable.js';
import { findRecording } from '../find-recording.js';
import { notSentUserError, STORE_FAILED } from '../not-sent.js';
import { factsOfCall, observeCall } from '../query/observe-call.js';
import { recordingCallError } from '../recording-call-error.js';
import { type CommandResult, failed, userError, type UserError, UNKNOWN_RECORDING } from '../user-errors.js';

export interface StopInput {
  recordingId: string;
  /** Agora's async_stop: answer before the files are uploaded. Defaults to false. */
  async?: boolean | null;
  /** How long the mutation waits for the stop, real seconds, 0 to 25. Defaults to 2. */
  waitSeconds?: number | null;
}

const DEFAULT_WAIT_SECONDS = 2;
const MAX_WAIT_SECONDS = 25;

/** Stops may queue longer than other calls: the caller may be gone but expects the stop to happen. Real milliseconds. */
const STOP_WAIT_MS = 60_000;

/** A query in flight on another gateway ends by then at the latest: its row expires with its deadline. Real milliseconds. */
const QUERY_WAIT_MS = OPERATIONS.query.timeoutMs + 5_000;

/** Delays before an unconfirmed or unsent stop is sent again: Agora asks to repeat the same request. Gateway time. */
const RETRY_DELAYS_MS = [3_000, 6_000];

/**
 * Delays before a stop that finds no recording is sent again, for as long as a fail-over may take: otherwise a recording
 * that is moving to another server would keep running there unnoticed. Gateway time.
 */
const NOT_FOUND_RETRY_DELAYS_MS = [5_000, 10_000, 15_000, 15_000, 15_000, 15_000, 15_000];

export interface StopParts {
  upstream: Upstream;
  exclusion: StopQueryExclusion;
  store: Pick<Store, 'states' | 'record' | 'leases'>;
  clock: Clock;
  mintId: () => string;
  knownSecrets: KnownSecrets;
  log: Log;
  reportNotSent: ReportNotSent;
}

const STOP_UNCONFIRMED = {
  code: 'STOP_IN_DOUBT',
  message:
    'Agora did not confirm the stop. The gateway will check; call stopRecording again if the recording is still running.',
  retryable: true,
} as const;

const DROPPED_BY_SHUTDOWN = userError(
  'GATEWAY_STOPPING',
  'The gateway shut down before it could send the stop; the recording is still running. Retry; another instance will ' +
    'serve it.',
);

interface RunningStop {
  ended: Promise<UserError[]>;
  /** What its callers receive while it is retried. */
  lastErrors: UserError[];
}

/** Agora's reply by its meaning; no reply leaves the stop unconfirmed, unless it was not sent. */
function stopVerdict(result: CallResult): Verdict {
  if (!result.answered) return result.failure === 'unsent' ? 'later' : 'in-doubt';
  return replyMeaning('stop', result.httpStatus, result.reply.code).verdict;
}

export class Stops {
  readonly #parts: StopParts;
  readonly #inFlight = new Map<string, RunningStop>();
  readonly #closing = new AbortController();

  constructor(parts: StopParts) {
    this.#parts = parts;
  }

  /** Stops a recording. Concurrent callers share one stop, which continues after they have left. */
  async stopRecording(input: StopInput): Promise<CommandResult> {
    const waitSeconds = input.waitSeconds ?? DEFAULT_WAIT_SECONDS;
    if (!(waitSeconds >= 0 && waitSeconds <= MAX_WAIT_SECONDS)) {
      const message = `waitSeconds must be from 0 to ${MAX_WAIT_SECONDS}.`;
      return failed(userError('INVALID_PARAMETER', message, { field: ['waitSeconds'] }));
    }
    const state = await findRecording(this.#parts.store, input.recordingId);
    if (state === null) return UNKNOWN_RECORDING;
    const { id } = state;
    const found = controllable(state);
    if ('userError' in found) return { recordingId: id, userErrors: [found.userError] };
    const running = this.#inFlight.get(id) ?? this.#begin(state, found.control, input.async ?? false);
    const errors = await within(running.ended, waitSeconds * 1_000);
    return { recordingId: id, userErrors: errors ?? running.lastErrors };
  }

  /** Sends no more retries, and resolves when no stop is in flight. */
  async close(): Promise<void> {
    this.#closing.abort(new NotSentError('closing'));
    while (this.#inFlight.size > 0) {
      await Promise.allSettled([...this.#inFlight.values()].map(({ ended }) => ended));
    }
  }

  #begin(state: RecordingState, control: Control, isAsync: boolean): RunningStop {
    const { exclusion, log } = this.#parts;
    const { id } = state;
    const running: RunningStop = { ended: Promise.resolve([]), lastErrors: [] };
    running.ended = exclusion
      .stop(id, () => this.#stopUnderLease(state, control, isAsync, running))
      .catch((error: unknown) => this.#userErrorsOf(error, id))
      .finally(() => this.#inFlight.delete(id));
    this.#inFlight.set(id, running);
    // The callers may have left before it ends.
    running.ended.catch((error: unknown) =>
      log.error({ ...requestFields(), error, recordingId: id }, 'stop failed'),
    );
    return running;
  }

  #userErrorsOf(error: unknown, recordingId: string): UserError[] {
    if (error instanceof StoreUnavailableError) return [STORE_FAILED];
    if (!(error instanceof NotSentError)) throw error;
    this.#parts.reportNotSent(error, 'stop', { recordingId });
    return [notSentUserError(error)];
  }

  /** If several gateways are asked for the same stop, one sends it, once no query of another gateway is in flight. */
  async #stopUnderLease(
    state: RecordingState,
    control: Control,
    isAsync: boolean,
    running: RunningStop,
  ): Promise<UserError[]> {
    const { store } = this.#parts;
    const { id } = state;
    const options = { waitMs: STOP_WAIT_MS, signal: this.#closing.signal };
    return await withLease(store.leases, id, 'stop', options, async (guard) => {
      await this.#waitForQueries(id);
      const now = await findRecording(store, id);
      if (state.stopTakenAt === null && now?.stopTakenAt != null) return [];
      return await this.#stopWithRetries(state, control, isAsync, running, guard);
    });
  }

  /** No query begins while the stop's lease is held, so those in flight are the last. */
  async #waitForQueries(recordingId: string): Promise<void> {
    const { store } = this.#parts;
    const until = performance.now() + QUERY_WAIT_MS;
    while (performance.now() < until && (await notSentInOutage(store.leases.isHeld(recordingId, 'query')))) {
      await sleep(LEASE_POLL_INTERVAL_MS);
    }
  }

  /** Sends the stop until Agora has taken it; if that stays unconfirmed, the watch settles it by query. */
  async #stopWithRetries(
    state: RecordingState,
    control: Control,
    isAsync: boolean,
    running: RunningStop,
    guard: LeaseGuard,
  ): Promise<UserError[]> {
    const { clock, log } = this.#parts;
    const { signal } = this.#closing;
    const retries = { notFound: 0, other: 0 };
    for (;;) {
      const outcome = await this.#send(state, control, isAsync, guard);
      const verdict = outcome instanceof NotSentError ? 'later' : stopVerdict(outcome);
      if (verdict === 'done' || verdict === 'already') return [];
      if (verdict === 'gone' && (await this.#isEnding(state.id))) return [];
      running.lastErrors = [this.#userErrorFor(outcome, verdict, state)];
      const [delays, kind] =
        verdict === 'gone'
          ? ([NOT_FOUND_RETRY_DELAYS_MS, 'notFound'] as const)
          : ([RETRY_DELAYS_MS, 'other'] as const);
      const delay = delays[retries[kind]];
      retries[kind] += 1;
      // Once Agora answers no more calls for it, no later stop finds it either.
      const isFinal = verdict === 'refused' || (verdict === 'gone' && isExpired(state, clock.now()));
      if (isFinal || delay === undefined || signal.aborted) {
        log.warn({ ...requestFields(), recordingId: state.id, verdict }, 'Agora did not accept the stop');
        return running.lastErrors;
      }
      await sleep(clock.realDuration(delay), signal);
    }
  }

  /** Sends the stop once and records the result, also that it was not sent. Rejects once the lease is lost. */
  async #send(
    state: RecordingState,
    control: Control,
    isAsync: boolean,
    guard: LeaseGuard,
  ): Promise<CallResult | NotSentError> {
    const { upstream, clock, knownSecrets, reportNotSent } = this.#parts;
    const { id, appId, channel, uid } = state;
    const body = { cname: channel, uid, clientRequest: { async_stop: isAsync } };
    const beganAt = clock.now();
    try {
      const subject = { appId, channel, sid: control.sid };
      const redact = await notSentInOutage(knownSecrets.replyRedactor(subject));
      const sent = await upstream.call(
        { operation: 'stop', appId, ...control, body },
        { priority: 'stop', reason: 'STOP', waitMs: STOP_WAIT_MS, redact, guard },
      );
      await this.#record(state, sent.result, { askedAt: sent.askedAt, ...factsOfCall(sent) });
      return sent.result;
    } catch (error) {
      if (!(error instanceof NotSentError) || error.reason === 'store-unavailable') throw error;
      const { message } = error;
      const unsent = { answered: false, operation: 'stop', failure: 'unsent', message } as const;
      await this.#record(state, unsent, { askedAt: beganAt });
      if (error.reason === 'lease-lost') throw error;
      reportNotSent(error, 'stop', { recordingId: id });
      return error;
    }
  }

  async #record(
    { id, appId, channel, uid }: RecordingState,
    result: CallResult,
    made: { askedAt: number; call?: CallFacts },
  ): Promise<void> {
    const { store, clock, mintId } = this.#parts;
    const place = { channel, uid };
    const about = { id: mintId(), appId, recordingId: id, place, source: 'COMMAND', ...made } as const;
    await store.record(observeCall(result, { ...about, receivedAt: clock.now() }));
  }

  async #isEnding(recordingId: string): Promise<boolean> {
    const [state] = await this.#parts.store.states([recordingId]);
    return state != null && provenRank(state) > RANK.RECORDING;
  }

  #userErrorFor(outcome: CallResult | NotSentError, verdict: Verdict, state: RecordingState): UserError {
    const wasSent = !(outcome instanceof NotSentError) && (outcome.answered || outcome.failure !== 'unsent');
    if (!wasSent && this.#closing.signal.aborted) return DROPPED_BY_SHUTDOWN;
    if (outcome instanceof NotSentError) return notSentUserError(outcome);
    const error = recordingCallError('stop', outcome, state, this.#parts.clock.now());
    return verdict === 'in-doubt' ? { ...error, ...STOP_UNCONFIRMED } : error;
  }
}
