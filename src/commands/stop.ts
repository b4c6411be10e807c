import { type CallResult } from '../agora/client.js';
import { replyMeaning, type Verdict } from '../agora/tables/reply-meanings.js';
import { type Clock } from '../recordings/clock.js';
import { isFinal, phaseOf } from '../recordings/phase.js';
import { type RecordingState } from '../recordings/state.js';
import { type Store } from '../store/store.js';
import { type Log } from '../telemetry/log.js';
import { NoTurnError } from '../upstream/budget.js';
import { type Exclusion } from '../upstream/exclusion.js';
import { observeCall } from '../upstream/observe.js';
import { type Upstream } from '../upstream/upstream.js';
import { COMMAND_WAITS_MS, NO_TURN } from './start.js';
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

/** Waits between repetitions of a stop in doubt (agora-facts.md, section 3: "yes, same request"). Real milliseconds. */
const REPEAT_AFTER_MS = [3_000, 6_000];

export interface StopParts {
  upstream: Upstream;
  exclusion: Exclusion;
  store: Store;
  clock: Clock;
  mintId: () => string;
  log: Log;
}

function stopVerdict(result: CallResult): Verdict {
  if (!result.answered) return 'in-doubt';
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
  const { upstream, exclusion, store, clock, mintId, log } = parts;
  const inFlight = new Map<string, Promise<UserError[]>>();

  async function sendOnce(
    state: RecordingState & { resourceId: string },
    sid: string,
    isAsync: boolean,
  ): Promise<CallResult> {
    const { id, appId, resourceId, channel, uid, start } = state;
    let askedAt = clock.now();
    const result = await upstream.call(
      {
        operation: 'stop',
        appId,
        resourceId,
        sid,
        mode: start?.mode ?? 'mix',
        body: { cname: channel, uid, clientRequest: { async_stop: isAsync } },
      },
      {
        priority: 'stop',
        waitMs: COMMAND_WAITS_MS,
        onTurn: () => {
          askedAt = clock.now();
        },
      },
    );
    const receivedAt = clock.now();
    await store.record(
      observeCall(result, { id: mintId(), appId, recordingId: id, source: 'COMMAND', askedAt, receivedAt }),
    );
    return result;
  }

  /** A stop in doubt is sent again; what is in doubt still after that, the watch settles by query. */
  async function stopUntilTaken(
    state: RecordingState & { resourceId: string },
    sid: string,
    isAsync: boolean,
  ): Promise<UserError[]> {
    try {
      for (let repeated = 0; ; repeated += 1) {
        const result = await sendOnce(state, sid, isAsync);
        const verdict = stopVerdict(result);
        if (verdict === 'done' || verdict === 'already' || verdict === 'gone') return [];
        const wait = REPEAT_AFTER_MS[repeated];
        if (verdict === 'refused' || verdict === 'later' || wait === undefined)
          return [callError('stop', result)];
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    } catch (error) {
      if (error instanceof NoTurnError) return [NO_TURN];
      throw error;
    }
  }

  function obstacle(state: RecordingState): UserError | null {
    if (isFinal(phaseOf(state).phase) && !phaseOf(state).inferred) {
      return userError('RECORDING_ENDED', 'The recording has ended already; there is nothing to stop.');
    }
    if (state.resourceId === null) {
      return userError(
        'RECORDING_NOT_CONTROLLABLE',
        'The recording was started elsewhere; stop it where it was started.',
      );
    }
    if (state.sid === null) {
      return userError(
        'START_IN_DOUBT',
        'It is not known yet whether the recording runs. Try again when it has a sid.',
      );
    }
    return null;
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
    const { id, sid, resourceId } = state;
    const hindrance = obstacle(state);
    if (hindrance !== null || sid === null || resourceId === null) {
      return { recordingId: id, userErrors: hindrance === null ? [] : [hindrance] };
    }
    let running = inFlight.get(id);
    if (running === undefined) {
      running = exclusion
        .stop(id, () => stopUntilTaken({ ...state, resourceId }, sid.value, input.async ?? false))
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
