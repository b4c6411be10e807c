import { type CallResult } from '@agora-recording-gateway/agora/client/client';
import { type AgoraRequest } from '@agora-recording-gateway/agora/client/requests';
import { type Secret } from '@agora-recording-gateway/agora/client/secret';
import { replyMeaning, type Verdict } from '@agora-recording-gateway/agora/tables/reply-meanings';
import { type Clock } from '../../recordings/clock.js';
import { type Store } from '../../store/store.js';
import { type KnownSecrets } from '../../telemetry/known-secrets.js';
import { type Log } from '../../telemetry/log.js';
import { NoTurnError } from '../../agora-calls/budget.js';
import { type Hold, holding, HoldLostError } from '../../coordination/hold.js';
import { observeCall } from '../../agora-calls/observe.js';
import { timedCall } from '../../agora-calls/timed-call.js';
import { type OnTurn, type StartPair, type Upstream } from '../../agora-calls/upstream.js';
import { type PreparedStart } from './start-request.js';

/** How long a call for a mutation may wait for its turn, real milliseconds. */
export const COMMAND_WAITS_MS = 5_000;

/** What a start came to. `later` and `refused`: Agora has certainly not started it. */
export interface StartOutcome {
  verdict: Verdict;
  result: CallResult;
}

/** What a start's result says: a reply by its meaning; no reply leaves it in doubt, unless nothing was sent. */
function startVerdict(result: CallResult): Verdict {
  if (!result.answered) return result.failure === 'unsent' ? 'later' : 'in-doubt';
  return replyMeaning('start', result.httpStatus, result.reply.code).verdict;
}

function acquireVerdict(result: CallResult): Verdict {
  if (!result.answered || result.httpStatus === 200) return 'later';
  return replyMeaning('acquire', result.httpStatus, result.reply.code).verdict;
}

const TAKEN_OVER: CallResult = {
  answered: false,
  operation: 'start',
  failure: 'unanswered',
  message: 'Another gateway has taken the start over.',
};

export interface Idempotency {
  key: string | null;
  inputHash: string | null;
}

export interface AttemptParts {
  upstream: Upstream;
  store: Store;
  clock: Clock;
  mintId: () => string;
  knownSecrets: KnownSecrets;
  log: Log;
}

/**
 * The three ways to send a start. Each is written down before it is sent, and its outcome before anybody hears of it;
 * so a crash at any point leaves a start that is known. All reject with NoTurnError when no turn came.
 */
export interface StartAttempts {
  /** acquire and start, for a recording that is not there yet. */
  first(
    prepared: PreparedStart,
    idempotency: Idempotency,
  ): Promise<StartOutcome & { recordingId: string | null; failedAt: 'acquire' | 'start' | null }>;
  /** The same start with the same resource: settles one in doubt. */
  same(recordingId: string, prepared: PreparedStart, resourceId: string, hold: Hold): Promise<StartOutcome>;
  /** acquire and start once more, with the same uid: if the first one runs, Agora refuses it. */
  anew(recordingId: string, prepared: PreparedStart, hold: Hold): Promise<StartOutcome>;
}

export function createStartAttempts(parts: AttemptParts): StartAttempts {
  const { upstream, store, clock, mintId, knownSecrets, log } = parts;

  async function withPair<T>({ appId }: PreparedStart, run: (pair: StartPair) => Promise<T>): Promise<T> {
    const pair = await upstream.pair(COMMAND_WAITS_MS, appId);
    try {
      return await run(pair);
    } finally {
      pair.release();
    }
  }

  /** From now on they are cut out of all that comes of this channel. */
  function secretsOf({ appId, channel, secrets }: PreparedStart) {
    knownSecrets.hold(appId, channel, secrets);
    return knownSecrets.of(appId, channel);
  }

  async function acquire(prepared: PreparedStart, pair: StartPair, onTurn?: OnTurn) {
    const at = clock.now();
    const result = await pair.acquire(prepared.acquire, secretsOf(prepared), onTurn);
    const resourceId = result.answered && result.httpStatus === 200 ? result.reply.resourceId : null;
    return { at, result, resourceId };
  }

  async function record(
    recordingId: string,
    prepared: PreparedStart,
    result: CallResult,
    askedAt: number,
    start: { resourceId: string; again: boolean },
  ): Promise<void> {
    const { appId } = prepared;
    const receivedAt = clock.now();
    await store.record(
      observeCall(result, {
        id: mintId(),
        appId,
        recordingId,
        source: 'COMMAND',
        askedAt,
        receivedAt,
        start,
      }),
    );
  }

  /**
   * Of a start that was sent before. That it is refused because one runs in its place proves that it runs itself, unless
   * another recording is known to be there: then it never began.
   */
  async function recordAgain(
    recordingId: string,
    prepared: PreparedStart,
    result: CallResult,
    askedAt: number,
    resourceId: string,
  ): Promise<void> {
    const conflict =
      result.answered && replyMeaning('start', result.httpStatus, result.reply.code).name === 'TASK_CONFLICT';
    const { appId, channel, uid } = prepared;
    const inPlace = conflict ? await store.findInPlace({ appId, channel, uid }, recordingId) : null;
    const other = inPlace !== null && inPlace.sid !== null;
    if (other) await store.attempts.refuse(recordingId, clock.now());
    await record(recordingId, prepared, result, askedAt, { resourceId, again: !other });
  }

  async function open(
    prepared: PreparedStart,
    idempotency: Idempotency,
    { resourceId, acquiredAt }: { resourceId: string; acquiredAt: number },
    recordingId: string,
  ): Promise<void> {
    const { appId, channel, uid, input } = prepared;
    const createdAt = clock.now();
    await store.attempts.open({
      recordingId,
      appId,
      channel,
      uid,
      resourceId,
      idempotencyKey: idempotency.key,
      inputHash: idempotency.inputHash,
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
        content: { kind: 'attempt', operation: 'start', facts: prepared.facts(resourceId) },
        raw: null,
        hash: recordingId,
      },
    });
  }

  /** Nothing comes of a refused start; unless something was seen in its place, which then is somebody else's. */
  async function refuse(recordingId: string, prepared: PreparedStart, result: CallResult, askedAt: number) {
    await store.attempts.refuse(recordingId, clock.now());
    const [state] = await store.states([recordingId]);
    if (state == null) return;
    await record(recordingId, prepared, result, askedAt, {
      resourceId: state.resourceId?.value ?? '',
      again: false,
    });
  }

  type FirstOutcome = Awaited<ReturnType<StartAttempts['first']>>;

  /** Writes the start down, sends it, and writes down what came of it. `send` rejects if no turn came. */
  async function firstStart(
    prepared: PreparedStart,
    idempotency: Idempotency,
    resource: { resourceId: string; acquiredAt: number },
    send: (request: AgoraRequest, secrets: readonly Secret[], onTurn: OnTurn) => Promise<CallResult>,
  ): Promise<FirstOutcome> {
    const recordingId = mintId();
    const outcome = await holding(store.leases, recordingId, 'start', { waitMs: 0 }, (hold) =>
      sendFirst(prepared, idempotency, resource, recordingId, (request, secrets) =>
        send(request, secrets, () => hold.beforeSending('start')),
      ),
    );
    if (outcome === null) throw new Error('The id of a new recording is not new.');
    return outcome;
  }

  async function sendFirst(
    prepared: PreparedStart,
    idempotency: Idempotency,
    resource: { resourceId: string; acquiredAt: number },
    recordingId: string,
    send: (request: AgoraRequest, secrets: readonly Secret[]) => Promise<CallResult>,
  ): Promise<FirstOutcome> {
    const { resourceId } = resource;
    await open(prepared, idempotency, resource, recordingId);
    const askedAt = clock.now();
    let result: CallResult;
    try {
      result = await send(prepared.start(resourceId), secretsOf(prepared));
    } catch (error) {
      // This gateway stood still, and another one settles the start.
      if (error instanceof HoldLostError)
        return { verdict: 'in-doubt', result: TAKEN_OVER, recordingId, failedAt: null };
      // No turn came: nothing was sent.
      if (error instanceof NoTurnError) await store.attempts.refuse(recordingId, clock.now());
      throw error;
    }
    const verdict = startVerdict(result);
    // A resource that the caller brought was started before, by another start than this one.
    const notOurs = verdict === 'already' && prepared.resourceId !== null;
    if (verdict === 'refused' || verdict === 'later' || notOurs) {
      await refuse(recordingId, prepared, result, askedAt);
      return { verdict, result, recordingId: null, failedAt: 'start' };
    }
    try {
      await record(recordingId, prepared, result, askedAt, { resourceId, again: false });
    } catch (error) {
      // What Agora said could not be written down: the start is found out anew, so that it does not go on unseen.
      log.error({ error, recordingId }, "a start's answer could not be stored; it is in doubt");
      return { verdict: 'in-doubt', result, recordingId, failedAt: null };
    }
    return { verdict, result, recordingId, failedAt: null };
  }

  function firstWithPair(prepared: PreparedStart, idempotency: Idempotency): Promise<FirstOutcome> {
    return withPair(prepared, async (pair) => {
      const { at, result, resourceId } = await acquire(prepared, pair);
      if (resourceId === null) return { verdict: 'refused', result, recordingId: null, failedAt: 'acquire' };
      return await firstStart(prepared, idempotency, { resourceId, acquiredAt: at }, (...call) =>
        pair.start(...call),
      );
    });
  }

  function firstWith(
    prepared: PreparedStart,
    idempotency: Idempotency,
    resourceId: string,
  ): Promise<FirstOutcome> {
    return firstStart(
      prepared,
      idempotency,
      { resourceId, acquiredAt: clock.now() },
      (request, secrets, onTurn) =>
        upstream.call(request, { priority: 'start', waitMs: COMMAND_WAITS_MS, secrets, onTurn }),
    );
  }

  return {
    first: (prepared, idempotency) =>
      prepared.resourceId === null
        ? firstWithPair(prepared, idempotency)
        : firstWith(prepared, idempotency, prepared.resourceId),
    async same(recordingId, prepared, resourceId, hold) {
      const { result, askedAt } = await timedCall(upstream, clock, prepared.start(resourceId), {
        priority: 'start',
        waitMs: COMMAND_WAITS_MS,
        secrets: secretsOf(prepared),
        onTurn: () => hold.beforeSending('start'),
      });
      await recordAgain(recordingId, prepared, result, askedAt, resourceId);
      return { verdict: startVerdict(result), result };
    },
    anew: (recordingId, prepared, hold) =>
      withPair(prepared, async (pair) => {
        const {
          at,
          result: acquired,
          resourceId,
        } = await acquire(prepared, pair, () => hold.beforeSending('acquire'));
        if (resourceId === null) return { verdict: acquireVerdict(acquired), result: acquired };
        await store.attempts.renew(recordingId, resourceId, at);
        const askedAt = clock.now();
        const result = await pair.start(prepared.start(resourceId), secretsOf(prepared), () =>
          hold.beforeSending('start'),
        );
        await recordAgain(recordingId, prepared, result, askedAt, resourceId);
        return { verdict: startVerdict(result), result };
      }),
  };
}
