import { RESOURCE_VALID_MS } from '@agora-recording-gateway/agora/tables/operations';
import { type Clock } from '../../recordings/clock.js';
import { type StoredAttempt } from '../../store/log/attempts.js';
import { type Store } from '../../store/store.js';
import { type Log } from '../../telemetry/log.js';
import { NoTurnError } from '../../agora-calls/budget.js';
import { type Hold, holding } from '../../coordination/hold.js';
import { sleep } from '../../coordination/sleep.js';
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

/** How often it is looked for starts that another gateway left behind. Real milliseconds. */
const SWEEP_EVERY_MS = 2_000;

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
  /** Takes on what an earlier process left behind, and from now on what other gateways leave that die. */
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
  let timer: NodeJS.Timeout | null = null;
  let sweeping: Promise<void> = Promise.resolve();

  /** Whether there is a sign of the start: then nothing is sent any more. */
  async function hasSign(recordingId: string): Promise<boolean> {
    const [state] = await store.states([recordingId]);
    return state != null && (state.sid !== null || state.acceptedAt !== null || state.startRefused);
  }

  async function sendAgain(
    recordingId: string,
    prepared: PreparedStart,
    waits: readonly number[],
    hold: Hold,
  ): Promise<void> {
    for (const wait of waits) {
      await sleep(clock.realDuration(wait), controller.signal);
      if (controller.signal.aborted) return;
      const attempt = await store.attempts.find(recordingId);
      if (attempt === null || (await hasSign(recordingId))) break;
      if (clock.now() > attempt.acquiredAt + RESOURCE_VALID_MS - RESOURCE_MARGIN_MS) return;
      try {
        const { verdict, result } = await attempts.same(recordingId, prepared, attempt.resourceId, hold);
        if (await hasSign(recordingId)) break;
        // Certainly not started, and the resource is spent: the one thing left is to start it anew.
        if (result.answered && verdict === 'later' && !attempt.renewed && prepared.resourceId === null) {
          await attempts.anew(recordingId, prepared, hold);
          return;
        }
      } catch (error) {
        if (!(error instanceof NoTurnError)) throw error;
        log.warn({ recordingId }, 'a start in doubt got no turn; the next try follows');
      }
    }
    if (await hasSign(recordingId)) held.delete(recordingId);
  }

  /** Settles a start, unless it is in hand already, here or with another gateway. */
  function run(recordingId: string, settle: (hold: Hold) => Promise<void>): void {
    if (loops.has(recordingId) || loops.size >= MOST_HELD || controller.signal.aborted) return;
    const loop = holding(store.leases, recordingId, 'start', { waitMs: 0 }, settle)
      .catch((error: unknown) =>
        log.error({ error, recordingId }, 'settling a start failed; the watch decides'),
      )
      .then(() => void loops.delete(recordingId));
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

  /** Takes up what a process that ended has left behind. */
  function takeUp(recordingId: string): void {
    run(recordingId, async (hold) => {
      const attempt = await store.attempts.find(recordingId);
      if (attempt === null || (attempt.outcome !== 'PENDING' && attempt.outcome !== 'IN_DOUBT')) return;
      if (attempt.outcome === 'PENDING') await noteUnanswered(attempt);
      const prepared = await prepareAgain(attempt);
      if (prepared !== null) await sendAgain(recordingId, prepared, [0, ...AGAIN_AFTER_MS], hold);
    });
  }

  /** Looks for starts whose gateway died with them in hand, again and again. */
  function sweepLater(): void {
    if (controller.signal.aborted) return;
    timer = setTimeout(() => {
      sweeping = store.leases
        .abandoned('start', MOST_RESUMED)
        .then((ids) => ids.forEach(takeUp))
        // The store tells by itself that it cannot be used.
        .catch(() => undefined)
        .then(sweepLater);
    }, SWEEP_EVERY_MS);
  }

  async function sendAnew(recordingId: string, prepared: PreparedStart, hold: Hold): Promise<boolean> {
    try {
      const { verdict, result } = await attempts.anew(recordingId, prepared, hold);
      log.info({ recordingId, verdict }, 'a start in doubt was sent anew');
      if (verdict === 'later') return true;
      held.delete(recordingId);
      return verdict !== 'refused' || (result.answered && (await hasSign(recordingId)));
    } catch (error) {
      if (!(error instanceof NoTurnError)) throw error;
      return true;
    }
  }

  /** Whether a start of which there is no sign is sent anew, now or later; else silence has decided. */
  async function decide(recordingId: string, hold: Hold): Promise<boolean> {
    const attempt = await store.attempts.find(recordingId);
    const young = attempt !== null && clock.now() - attempt.createdAt < ANEW_WITHIN_MS;
    const prepared =
      young && !attempt.renewed ? (held.get(recordingId) ?? (await prepareAgain(attempt))) : null;
    // A resource that the caller brought is not replaced: another one might be outside its region.
    if (prepared === null || prepared.resourceId !== null || (await hasSign(recordingId))) {
      held.delete(recordingId);
      return false;
    }
    return await sendAnew(recordingId, prepared, hold);
  }

  return {
    takeOn(recordingId, prepared) {
      hold(recordingId, prepared);
      run(recordingId, (hold) => sendAgain(recordingId, prepared, AGAIN_AFTER_MS, hold));
    },
    async anew(recordingId) {
      // Nothing is decided while the gateway stops, or while the same start is being sent again.
      if (controller.signal.aborted || loops.has(recordingId)) return true;
      const anew = await holding(store.leases, recordingId, 'start', { waitMs: 0 }, (hold) =>
        decide(recordingId, hold),
      );
      return anew ?? true;
    },
    async resume() {
      for (const { recordingId } of await store.attempts.unsettled(
        clock.now() - ANEW_WITHIN_MS,
        MOST_RESUMED,
      ))
        takeUp(recordingId);
      sweepLater();
    },
    async close() {
      controller.abort();
      if (timer !== null) clearTimeout(timer);
      await sweeping;
      await Promise.allSettled(loops.values());
    },
  };
}
