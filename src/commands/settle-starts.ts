import { RESOURCE_VALID_MS } from '../agora/tables/operations.js';
import { type Clock } from '../recordings/clock.js';
import { type Store } from '../store/store.js';
import { type StoredAttempt } from '../store/attempts.js';
import { type Log } from '../telemetry/log.js';
import { NoTurnError } from '../upstream/budget.js';
import { type StartAttempts, type StartOutcome } from './start-attempts.js';
import { type PreparedStart } from './start-request.js';

/** When the same start is sent again (agora-facts.md, section 3: "same request again (3 s, 6 s)"). Gateway time. */
const AGAIN_AFTER_MS = [3_000, 6_000];

/** No start is sent with a resource that is about to expire. */
const RESOURCE_MARGIN_MS = 10_000;

/** Starts in doubt that are held with their secrets at once; of more than that, the oldest are left to notifications. */
const MOST_HELD = 1_000;

/** Starts that are taken up again after a crash. */
const MOST_RESUMED = 1_000;

export interface StartSettlement {
  /** Takes on a start in doubt: sends the same one again until it is settled. */
  takeOn(recordingId: string, prepared: PreparedStart): void;
  /** The 90 s have passed without a sign: sends it anew, once. False if it cannot be; silence has then decided. */
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
  prepareAgain: (attempt: StoredAttempt) => PreparedStart | null;
  log: Log;
}

export function createStartSettlement(parts: SettlementParts): StartSettlement {
  const { attempts, store, clock, mintId, prepareAgain, log } = parts;
  const held = new Map<string, PreparedStart>();
  const running = new Set<Promise<void>>();
  const controller = new AbortController();

  function sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        controller.signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, clock.realDuration(milliseconds));
      controller.signal.addEventListener('abort', end);
    });
  }

  function settled({ verdict, result }: StartOutcome): boolean {
    return verdict === 'done' || (result.answered && result.reply.sid !== null);
  }

  async function hasSid(recordingId: string): Promise<boolean> {
    const [state] = await store.states([recordingId]);
    return state?.sid != null;
  }

  async function sendAgain(
    recordingId: string,
    prepared: PreparedStart,
    waits: readonly number[],
  ): Promise<void> {
    for (const wait of waits) {
      await sleep(wait);
      if (controller.signal.aborted || (await hasSid(recordingId))) return;
      const attempt = await store.attempts.find(recordingId);
      if (attempt === null || clock.now() > attempt.acquiredAt + RESOURCE_VALID_MS - RESOURCE_MARGIN_MS)
        return;
      try {
        const outcome = await attempts.same(recordingId, prepared, attempt.resourceId);
        if (settled(outcome) || outcome.verdict === 'already') return;
        // Certainly not started, and the resource is spent: the one thing left is to start it anew.
        if (outcome.result.answered && outcome.verdict === 'later' && !attempt.renewed) {
          await attempts.anew(recordingId, prepared);
          return;
        }
      } catch (error) {
        if (!(error instanceof NoTurnError)) throw error;
        log.warn({ recordingId }, 'a start in doubt got no turn; the next try follows');
      }
    }
  }

  function track(recordingId: string, work: Promise<void>): void {
    const tracked = work
      .catch((error: unknown) =>
        log.error({ error, recordingId }, 'settling a start failed; the watch decides'),
      )
      .finally(() => running.delete(tracked));
    running.add(tracked);
  }

  function hold(recordingId: string, prepared: PreparedStart): void {
    held.set(recordingId, prepared);
    const oldest = held.keys().next();
    if (held.size > MOST_HELD && oldest.done !== true) held.delete(oldest.value);
  }

  async function noteUnanswered(attempt: StoredAttempt): Promise<void> {
    const { recordingId, appId, createdAt } = attempt;
    await store.record({
      id: mintId(),
      appId,
      recordingId,
      source: 'COMMAND',
      occurredAt: createdAt,
      receivedAt: clock.now(),
      content: { kind: 'no-reply', operation: 'start', message: 'The gateway ended before the reply came.' },
      raw: null,
      hash: `${recordingId}:unanswered`,
    });
    log.warn({ recordingId }, 'a start of an earlier process is in doubt');
  }

  return {
    takeOn(recordingId, prepared) {
      hold(recordingId, prepared);
      track(recordingId, sendAgain(recordingId, prepared, AGAIN_AFTER_MS));
    },
    async anew(recordingId) {
      // Nothing is decided while the gateway stops: the next process takes it up.
      if (controller.signal.aborted) return true;
      const attempt = await store.attempts.find(recordingId);
      if (attempt === null || attempt.renewed) return false;
      const prepared = held.get(recordingId) ?? prepareAgain(attempt);
      if (prepared === null) return false;
      try {
        const { verdict, result } = await attempts.anew(recordingId, prepared);
        held.delete(recordingId);
        log.info({ recordingId, verdict }, 'a start in doubt was sent anew');
        return (
          verdict !== 'later' && (verdict !== 'refused' || (result.answered && result.reply.code === 53))
        );
      } catch (error) {
        if (!(error instanceof NoTurnError)) throw error;
        return false;
      }
    },
    async resume() {
      for (const attempt of await store.attempts.unsettled(MOST_RESUMED)) {
        if (attempt.outcome === 'PENDING') await noteUnanswered(attempt);
        const prepared = prepareAgain(attempt);
        if (prepared === null) continue;
        track(attempt.recordingId, sendAgain(attempt.recordingId, prepared, [0, ...AGAIN_AFTER_MS]));
      }
    },
    async close() {
      controller.abort();
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}
