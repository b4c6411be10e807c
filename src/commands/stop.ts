import { type CallResult } from '../agora/client.js';
import { replyMeaning, type Verdict } from '../agora/tables/reply-meanings.js';
import { type Clock } from '../recordings/clock.js';
import { type RecordingState } from '../recordings/state.js';
import { type Store } from '../store/store.js';
import { type KnownSecrets } from '../telemetry/known-secrets.js';
import { type Log } from '../telemetry/log.js';
import { NoTurnError } from '../upstream/budget.js';
import { type Exclusion } from '../upstream/exclusion.js';
import { observeCall } from '../upstream/observe.js';
import { type Upstream } from '../upstream/upstream.js';
import { type Control, controllable } from './controllable.js';
import { NO_TURN } from './start.js';
import { COMMAND_WAITS_MS } from './start-attempts.js';
import { callError, type CommandResult, failed, userError, type UserError } from './user-errors.js';

export interface StopInput {
  recordingId: string;
  /** Agora's async_stop: answer before the files are uploaded. */
  async?: boolean | null;
  /** So long the mutation waits for a synchronous stop, real seconds, 0 to 25. */
  waitSeconds?: number | null;
}

const DEFAULT_WAIT_SECONDS = 2;
const LONGEST_WAIT_SECONDS = 25;

/** Waits between repetitions of a stop in doubt (agora-facts.md, section 3: "yes, same request"). Gateway time. */
const REPEAT_AFTER_MS = [3_000, 6_000];

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

function stopVerdict(result: CallResult): Verdict {
  if (!result.answered) return result.failure === 'unsent' ? 'later' : 'in-doubt';
  return replyMeaning('stop', result.httpStatus, result.reply.code).verdict;
}

/** Resolves with null after so many real milliseconds, if the promise takes longer. */
async function within<T>(promise: Promise<T>, milliseconds: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), milliseconds);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

export function createStop(parts: StopParts) {
  const { upstream, exclusion, store, clock, mintId, knownSecrets, log } = parts;
  const inFlight = new Map<string, Promise<UserError[]>>();

  async function sendOnce(state: RecordingState, control: Control, isAsync: boolean): Promise<CallResult> {
    const { id, appId, channel, uid } = state;
    let askedAt = clock.now();
    const result = await upstream.call(
      {
        operation: 'stop',
        appId,
        ...control,
        body: { cname: channel, uid, clientRequest: { async_stop: isAsync } },
      },
      {
        priority: 'stop',
        waitMs: COMMAND_WAITS_MS,
        secrets: knownSecrets.of(appId, channel),
        onTurn: () => {
          askedAt = clock.now();
        },
      },
    );
    if (!result.answered && result.failure === 'unsent') return result;
    const receivedAt = clock.now();
    await store.record(
      observeCall(result, { id: mintId(), appId, recordingId: id, source: 'COMMAND', askedAt, receivedAt }),
    );
    return result;
  }

  /** A stop in doubt is sent again; what is in doubt still after that, the watch settles by query. */
  async function stopUntilTaken(
    state: RecordingState,
    control: Control,
    isAsync: boolean,
  ): Promise<UserError[]> {
    let sent = 0;
    try {
      for (;;) {
        const result = await sendOnce(state, control, isAsync);
        const verdict = stopVerdict(result);
        if (verdict === 'done' || verdict === 'already' || verdict === 'gone') return [];
        if (verdict === 'refused' || verdict === 'later') return [callError('stop', result)];
        const wait = REPEAT_AFTER_MS[sent];
        sent += 1;
        if (wait === undefined) return [{ ...callError('stop', result), ...IN_DOUBT }];
        await new Promise((resolve) => setTimeout(resolve, clock.realDuration(wait)));
      }
    } catch (error) {
      if (!(error instanceof NoTurnError)) throw error;
      return [sent === 0 ? NO_TURN : { ...NO_TURN, ...IN_DOUBT }];
    }
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
    if (state == null) {
      return failed(
        userError('RECORDING_NOT_FOUND', 'The gateway knows no recording with this id.', {
          field: ['recordingId'],
        }),
      );
    }
    const { id } = state;
    const found = controllable(state);
    if ('userError' in found) return { recordingId: id, userErrors: [found.userError] };
    let running = inFlight.get(id);
    if (running === undefined) {
      running = exclusion
        .stop(id, () => stopUntilTaken(state, found.control, input.async ?? false))
        .finally(() => inFlight.delete(id));
      inFlight.set(id, running);
      // The caller may have left before it ends.
      running.catch((error: unknown) => log.error({ error, recordingId: id }, 'a stop failed'));
    }
    const errors = await within(running, waitSeconds * 1000);
    return { recordingId: id, userErrors: errors ?? [] };
  }

  /** Resolves when no stop is under way. */
  async function stopsIdle(): Promise<void> {
    while (inFlight.size > 0) await Promise.allSettled(inFlight.values());
  }

  return [stopRecording, stopsIdle] as const;
}
