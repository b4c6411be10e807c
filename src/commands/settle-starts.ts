import { RESOURCE_VALID_MS } from '../agora/tables/operations.js';
import { type Clock } from '../recordings/clock.js';
import { type StoredAttempt } from '../store/attempts.js';
import { type Store } from '../store/store.js';
import { type Log } from '../telemetry/log.js';
import { NoTurnError } from '../upstream/budget.js';
import { sleep } from '../upstream/sleep.js';
import { type StartAttempts } from './start-attempts.js';
import { type PreparedStart } from './start-request.js';

/** When the same start is sent again (agora-facts.md, section 3: "same request again (3 s, 6 s)"). Gateway time. */
const AGAIN_AFTER_MS = [3_000, 6_000];

/** No start is sent with a resource that is about to expire. */
const RESOURCE_MARGIN_MS = 10_000;

/** Nobody waits longer for a start: an older one is not sent anew, whatever kept it. Gateway time. */
const ANEW_WITHIN_MS = RESOURCE_VALID_MS;

/** Starts that are settled at once, with their secrets; more are left to notifications and the watch. */
const MOST_HELD = 1_000;

/** Starts that are taken up again after a crash. */
const MOST_RESUMED = 1_000;

export interface StartSettlement {
  /** Takes on a start in doubt: sends the same one again until it is settled. Once for each. */
  takeOn(recordingId: string, prepared: PreparedStart): void;
  /**
   * The 90 s have passed without a sign: sends it anew, once. False if it is not to be sent: silence has then decided.
   * True if it was sent, or may be later: the watch asks again.
   */
  anew(recordingId: string): Promise<boolean>;
  /** Takes on what an earlier process left behind. */
  resume(): Promise<void>;
  /** Stops sending; what is in flight ends. */
  close(): Promise<void>;
}

export interface SettlementParts {
  attempts: StartAttempts;
  store: Store;
  clock: Clock;
  mintId: () => string;
  /** The start that an attempt of an earlier process was, if it can be made again without secrets. */
  prepareAgain: (attempt: StoredAttempt) => Promise<PreparedStart | null>;
  log: Log;
}

export function createStartSettlement(parts: SettlementParts): StartSettlement {
  const { attempts, store, clock, mintId, prepareAgain, log } = parts;
  /** Starts in doubt with their secrets, until they are settled. */
  const held = new Map<string, PreparedStart>();
  /** Those whose same start is being sent again. */
  const loops = new Map<string, Promise<void>>();
  const controller = new AbortController();

  /** Whether there is a sign of the start: then nothing is sent any more. */
  async function hasSign(recordingId: string): Promise<boolean> {
    const [state] = await store.states([recordingId]);
    return state != null && (state.sid !== null || state.acceptedAt !== null || state.startRefused);
  }

  async function sendAgain(
    recordingId: string,
    prepared: PreparedStart,
    waits: readonly number[],
  ): Promise<void> {
    for (const wait of waits) {
      await sleep(clock.realDuration(wait), controller.signal);
      if (controller.signal.aborted) return;
      const attempt = await store.attempts.find(recordingId);
      if (attempt === null || (await hasSign(recordingId))) break;
      if (clock.now() > attempt.acquiredAt + RESOURCE_VALID_MS - RESOURCE_MARGIN_MS) return;
      try {
        const { verdict, result } = await attempts.same(recordingId, prepared, attempt.resourceId);
        if (await hasSign(recordingId)) break;
        // Certainly not started, and the resource is spent: the one thing left is to start it anew.
        if (result.answered && verdict === 'later' && !attempt.renewed) {
          await attempts.anew(recordingId, prepared);
          return;
        }
      } catch (error) {
        if (!(error instanceof NoTurnError)) throw error;
        log.warn({ recordingId }, 'a start in doubt got no turn; the next try follows');
      }
    }
    if (await hasSign(recordingId)) held.delete(recordingId);
  }

  function run(recordingId: string, prepared: PreparedStart, waits: readonly number[]): void {
    if (loops.has(recordingId) || loops.size >= MOST_HELD || controller.signal.aborted) return;
    const loop = sendAgain(recordingId, prepared, waits)
      .catch((error: unknown) =>
        log.error({ error, recordingId }, 'settling a start failed; the watch decides'),
      )
      .finally(() => loops.delete(recordingId));
    loops.set(recordingId, loop);
  }

  function hold(recordingId: string, prepared: PreparedStart): void {
    held.set(recordingId, prepared);
    const oldest = held.keys().next();
    if (held.size > MOST_HELD && oldest.done !== true) held.delete(oldest.value);
  }

  async function noteUnanswered(attempt: StoredAttempt): Promise<void> {
    const { recordingId, appId, createdAt } = attempt;
    const message = 'The gateway ended before the reply came.';
    await store.record({
      id: mintId(),
      appId,
      recordingId,
      source: 'COMMAND',
      occurredAt: createdAt,
      receivedAt: clock.now(),
      content: { kind: 'no-reply', operation: 'start', sent: true, message },
      raw: null,
      hash: `${recordingId}:unanswered`,
    });
    log.warn({ recordingId }, 'a start of an earlier process is in doubt');
  }

  async function sendAnew(recordingId: string, prepared: PreparedStart): Promise<boolean> {
    try {
      const { verdict, result } = await attempts.anew(recordingId, prepared);
      log.info({ recordingId, verdict }, 'a start in doubt was sent anew');
      if (verdict === 'later') return true;
      held.delete(recordingId);
      return verdict !== 'refused' || (result.answered && (await hasSign(recordingId)));
    } catch (error) {
      if (!(error instanceof NoTurnError)) throw error;
      return true;
    }
  }

  return {
    takeOn(recordingId, prepared) {
      hold(recordingId, prepared);
      run(recordingId, prepared, AGAIN_AFTER_MS);
    },
    async anew(recordingId) {
      // Nothing is decided while the gateway stops, or while the same start is being sent again.
      if (controller.signal.aborted || loops.has(recordingId)) return true;
      const attempt = await store.attempts.find(recordingId);
      const young = attempt !== null && clock.now() - attempt.createdAt < ANEW_WITHIN_MS;
      const prepared =
        young && !attempt.renewed ? (held.get(recordingId) ?? (await prepareAgain(attempt))) : null;
      if (prepared === null || (await hasSign(recordingId))) {
        held.delete(recordingId);
        return false;
      }
      return await sendAnew(recordingId, prepared);
    },
    async resume() {
      for (const attempt of await store.attempts.unsettled(clock.now() - ANEW_WITHIN_MS, MOST_RESUMED)) {
        if (attempt.outcome === 'PENDING') await noteUnanswered(attempt);
        const prepared = await prepareAgain(attempt);
        if (prepared !== null) run(attempt.recordingId, prepared, [0, ...AGAIN_AFTER_MS]);
      }
    },
    async close() {
      controller.abort();
      await Promise.allSettled(loops.values());
    },
  };
}
