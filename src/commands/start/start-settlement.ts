import { RESOURCE_VALID_MS } from '@agora-recording-gateway/agora/tables/operations';
import { type ReportNotSent } from '../../agora-calls/report-not-sent.js';
import { type LeaseGuard, withLease } from '../../coordination/lease-guard.js';
import { NotSentError } from '../../coordination/not-sent-error.js';
import { sleep } from '../../coordination/sleep.js';
import { type Clock } from '../../recordings/clock.js';
import { logUnlessOutage } from '../../store/log-unless-outage.js';
import { type StoredAttempt } from '../../store/starts/attempts.js';
import { type Store } from '../../store/store.js';
import { type Log } from '../../telemetry/log.js';
import { requestFields } from '../../telemetry/request-fields.js';
import { type Choice } from './choose-storage.js';
import { prepareStart } from './prepare.js';
import { type PreparedStart } from './start-request.js';
import { type StartSender } from './start-sender.js';
import { storedInput } from './stored-input.js';

/** Delays before the same start is sent again: Agora asks to repeat the request after 3 s and 6 s. Gateway time. */
const RETRY_DELAYS_MS = [3_000, 6_000];

/** No start is sent with a resource that is about to expire. */
const RESOURCE_MARGIN_MS = 10_000;

/** An older start is not sent again: no caller still waits for it. Gateway time. */
const MAX_AGE_MS = RESOURCE_VALID_MS;

/** Unconfirmed starts that are kept with their secrets; more are left to notifications and the watch. */
const MAX_PENDING = 1_000;

/** How often starts that another gateway abandoned are looked for. Real milliseconds. */
const SWEEP_INTERVAL_MS = 2_000;

/** Starts that are resumed at a time. */
const MAX_RESUMED = 1_000;

export interface StartSettlementParts extends Choice {
  sender: StartSender;
  store: Pick<Store, 'states' | 'record' | 'attempts' | 'leases' | 'reportUnreadable'>;
  clock: Clock;
  mintId: () => string;
  log: Log;
  reportNotSent: ReportNotSent;
}

/** Settles unconfirmed starts: by the same start again, and at last by a new one with the same uid. */
export class StartSettlement {
  readonly #parts: StartSettlementParts;
  /** Unconfirmed starts, which may contain secrets, until they are settled. */
  readonly #pending = new Map<string, PreparedStart>();
  readonly #running = new Map<string, Promise<void>>();
  readonly #closing = new AbortController();
  #timer: NodeJS.Timeout | null = null;
  #sweeping: Promise<void> = Promise.resolve();

  constructor(parts: StartSettlementParts) {
    this.#parts = parts;
  }

  /** Schedules an unconfirmed start to be sent again until it is settled. Does nothing if it is already scheduled. */
  schedule(recordingId: string, prepared: PreparedStart): void {
    this.#pending.set(recordingId, prepared);
    const oldest = this.#pending.keys().next();
    if (this.#pending.size > MAX_PENDING && oldest.done !== true) this.#pending.delete(oldest.value);
    this.#runUnderLease(recordingId, (guard) => this.#resend(recordingId, prepared, RETRY_DELAYS_MS, guard));
  }

  /**
   * For a start that stayed unconfirmed for 90 s: sends it once more with a new resource, once. Returns false if it is not
   * sent, so that silence decides; true if it was sent or may be later, so that the watch asks again.
   */
  async restart(recordingId: string): Promise<boolean> {
    // Nothing is decided while the gateway shuts down, or while the same start is being sent again.
    if (this.#closing.signal.aborted || this.#running.has(recordingId)) return true;
    try {
      return await withLease(this.#parts.store.leases, recordingId, 'start', { waitMs: 0 }, (guard) =>
        this.#resolve(recordingId, guard),
      );
    } catch (error) {
      if (!(error instanceof NotSentError)) throw error;
      this.#parts.reportNotSent(error, 'start', { recordingId });
      return true;
    }
  }

  /** Resumes the starts that an earlier process left, and from now on those that other gateways abandon. */
  async resume(): Promise<void> {
    const { store, clock } = this.#parts;
    const unsettled = await store.attempts.unsettled(clock.now() - MAX_AGE_MS, MAX_RESUMED);
    for (const { recordingId } of unsettled) this.#resumeStart(recordingId);
    this.#sweepLater();
  }

  /** Sends nothing more, and resolves when no call is in flight. */
  async close(): Promise<void> {
    this.#closing.abort(new NotSentError('closing'));
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#sweeping;
    await Promise.allSettled(this.#running.values());
  }

  /** Runs work on a start, unless this or another gateway already works on it. */
  #runUnderLease(recordingId: string, work: (guard: LeaseGuard) => Promise<void>): void {
    const { store, log } = this.#parts;
    if (this.#running.has(recordingId) || this.#running.size >= MAX_PENDING) return;
    if (this.#closing.signal.aborted) return;
    const running = withLease(store.leases, recordingId, 'start', { waitMs: 0 }, work)
      .catch((error: unknown) => {
        if (error instanceof NotSentError) return;
        logUnlessOutage(log, error, 'could not settle the start; leaving it to the watch', { recordingId });
      })
      .then(() => void this.#running.delete(recordingId));
    this.#running.set(recordingId, running);
  }

  /** Resumes an attempt left by a process that ended. */
  #resumeStart(recordingId: string): void {
    const { store } = this.#parts;
    this.#runUnderLease(recordingId, async (guard) => {
      const attempt = await store.attempts.find(recordingId);
      if (attempt === null || (attempt.outcome !== 'PENDING' && attempt.outcome !== 'IN_DOUBT')) return;
      if (attempt.outcome === 'PENDING') await this.#recordUnanswered(attempt);
      const prepared = await this.#prepareAgain(attempt);
      if (prepared !== null) await this.#resend(recordingId, prepared, [0, ...RETRY_DELAYS_MS], guard);
    });
  }

  /** Looks for abandoned starts at an interval: a start whose gateway died still has its expired lease. */
  #sweepLater(): void {
    const { store, log } = this.#parts;
    if (this.#closing.signal.aborted) return;
    this.#timer = setTimeout(() => {
      this.#sweeping = store.leases
        .abandoned('start', MAX_RESUMED)
        .then((ids) => ids.forEach((id) => this.#resumeStart(id)))
        .catch((error: unknown) => logUnlessOutage(log, error, 'could not look for abandoned starts'))
        .then(() => this.#sweepLater());
    }, SWEEP_INTERVAL_MS);
  }

  /** Sends the same start again after each delay, until there is a sign of it. */
  async #resend(
    recordingId: string,
    prepared: PreparedStart,
    delays: readonly number[],
    guard: LeaseGuard,
  ): Promise<void> {
    const { sender, store, clock, reportNotSent } = this.#parts;
    for (const delay of delays) {
      await sleep(clock.realDuration(delay), this.#closing.signal);
      if (this.#closing.signal.aborted) return;
      const attempt = await store.attempts.find(recordingId);
      if (attempt === null || (await this.#hasSign(recordingId))) break;
      if (clock.now() > attempt.acquiredAt + RESOURCE_VALID_MS - RESOURCE_MARGIN_MS) return;
      try {
        const { verdict, result } = await sender.resend(recordingId, prepared, attempt.resourceId, guard);
        if (await this.#hasSign(recordingId)) break;
        // Agora certainly has not started it and the resource is spent, so only a new resource is left.
        const isSpent = result.answered && verdict === 'later';
        if (isSpent && !attempt.renewed && prepared.givenResourceId === null) {
          await sender.sendAgainWithNewResource(recordingId, prepared, guard);
          return;
        }
      } catch (error) {
        if (!(error instanceof NotSentError)) throw error;
        reportNotSent(error, 'start', { recordingId });
        if (error.reason === 'lease-lost') return;
      }
    }
    if (await this.#hasSign(recordingId)) this.#pending.delete(recordingId);
  }

  /** Decides about a start without any sign: whether it is sent again, now or later. */
  async #resolve(recordingId: string, guard: LeaseGuard): Promise<boolean> {
    const { store, clock } = this.#parts;
    const attempt = await store.attempts.find(recordingId);
    const maySend = attempt !== null && !attempt.renewed && clock.now() - attempt.createdAt < MAX_AGE_MS;
    const prepared = maySend ? (this.#pending.get(recordingId) ?? (await this.#prepareAgain(attempt))) : null;
    // A resource that the caller brought is not replaced: another one might be outside its region.
    if (prepared === null || prepared.givenResourceId !== null || (await this.#hasSign(recordingId))) {
      this.#pending.delete(recordingId);
      return false;
    }
    return await this.#sendAgain(recordingId, prepared, guard);
  }

  async #sendAgain(recordingId: string, prepared: PreparedStart, guard: LeaseGuard): Promise<boolean> {
    const { sender, log } = this.#parts;
    const { verdict, result } = await sender.sendAgainWithNewResource(recordingId, prepared, guard);
    log.info({ ...requestFields(), recordingId, verdict }, 're-sent an unconfirmed start');
    if (verdict === 'later') return true;
    this.#pending.delete(recordingId);
    return verdict !== 'refused' || (result.answered && (await this.#hasSign(recordingId)));
  }

  /** Whether there is a sign that Agora took or refused the start: then nothing more is sent. */
  async #hasSign(recordingId: string): Promise<boolean> {
    const [state] = await this.#parts.store.states([recordingId]);
    return state != null && (state.sid !== null || state.acceptedAt !== null || state.startRefused);
  }

  /** The start of an earlier process, if it can be prepared again without secrets. */
  async #prepareAgain(attempt: StoredAttempt): Promise<PreparedStart | null> {
    const input = storedInput(attempt, this.#parts.store.reportUnreadable);
    if (input === null) return null;
    const prepared = await prepareStart(this.#parts, input, this.#parts.clock.now());
    return prepared.ok ? prepared.value : null;
  }

  async #recordUnanswered({ recordingId, appId, createdAt }: StoredAttempt): Promise<void> {
    const { store, clock, mintId, log } = this.#parts;
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
    log.warn({ recordingId }, 'found an unconfirmed start left by a previous process');
  }
}
