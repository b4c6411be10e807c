import { NotSentError } from '../coordination/not-sent-error.js';
import { type Log } from '../telemetry/log.js';
import { type Owner } from './fair-queue.js';
import { PermitQueue, type Priority, type QueuedCall } from './permit-queue.js';
import { type PermitReservations } from './permit-reservations.js';
import { createRate, type Rate } from './rate.js';
import { createRemotePermits, PERMIT_VALID_MS, type RemotePermits } from './remote-permits.js';

/** One below what Agora allows, because calls do not travel equally fast. */
export const DEFAULT_CALLS_PER_SECOND = 9;

/** Starts that hold a reserved second permit at the same time: each reservation keeps a permit from all others. */
const MAX_OPEN_STARTS = 4;

const WINDOW_MS = 1_000;

export interface PermitRequest {
  priority: Priority;
  /** How long to wait for the permit, real milliseconds. */
  waitMs: number;
  /** For fairness; requests without an owner share one queue. */
  owner?: Partial<Owner>;
  /** Ends the wait; its reason is thrown. */
  signal?: AbortSignal;
}

/** Permission to send one call now. */
export interface Permit {
  /** Whether too much time has passed: the call would come too close to later ones, so it must take another permit. */
  isLate(): boolean;
}

/** Permits for acquire and start: the first is granted, the second is reserved. */
export interface PermitPair {
  first: Permit;
  /**
   * Takes the second permit: at once if one gateway has the whole budget, otherwise with this gateway's next permit.
   * Rejects with NotSentError once the budget is closed, or if the second permit was taken or released before.
   */
  takeSecond(): Promise<Permit>;
  /** Releases the second permit if it was not taken. */
  release(): void;
}

interface Waiting extends QueuedCall {
  isPair: boolean;
  grant: (permit: Permit) => void;
  refuse: (error: Error) => void;
}

export interface BudgetOptions {
  /** Real milliseconds from any origin, never backwards. */
  monotonic: () => number;
  log: Log;
  /** Defaults to 9. */
  callsPerSecond?: number;
  /** Permits shared with other gateways on the same store; null where there is only one gateway. */
  reservations?: PermitReservations | null;
}

/**
 * Agora allows 10 calls in any sliding second. Each call first takes a permit here; permits are spaced. Real time, not the
 * gateway's clock: Agora counts in real time. Gateways that share a store share the permits too; each decides which of its
 * own calls gets the permit that it reserved.
 */
export class Budget {
  readonly #monotonic: () => number;
  readonly #rate: Rate;
  readonly #remote: RemotePermits | null;
  readonly #queue = new PermitQueue<Waiting>();
  /** Starts whose acquire was answered: they come before all others. */
  readonly #seconds: { resolve: (permit: Permit) => void; reject: (error: Error) => void }[] = [];
  #sentAt: number[] = [];
  /** Second permits that are reserved. */
  #reserved = 0;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(options: BudgetOptions) {
    const { monotonic, log, callsPerSecond = DEFAULT_CALLS_PER_SECOND, reservations = null } = options;
    this.#monotonic = monotonic;
    this.#rate = createRate(monotonic, callsPerSecond);
    this.#remote =
      reservations === null
        ? null
        : createRemotePermits({
            reservations,
            monotonic,
            log,
            onPermit: () => this.#pump(),
            onSlow: (until) => this.#rate.slowUntil(until),
          });
  }

  /**
   * Resolves when the permit is granted. Rejects with NotSentError: `budget` after `waitMs` or when evicted by more urgent
   * calls, `store-unavailable` if the store granted none in that time, `closing` once the budget is closed.
   */
  permit(request: PermitRequest): Promise<Permit> {
    return this.#enter(request, false, (permit) => permit);
  }

  /** As `permit`, for acquire and start. */
  permitPair(request: Omit<PermitRequest, 'priority' | 'signal'>): Promise<PermitPair> {
    return this.#enter({ ...request, priority: 'start' }, true, (first) => this.#reserveSecond(first));
  }

  /** A call sent at the given time was answered 429: nothing is sent for a while, and then fewer calls a second. */
  rateLimited(sentAt: number, retryAfterMs: number | null): void {
    this.#rate.rateLimited(sentAt, retryAfterMs);
    const now = this.#monotonic();
    const pauseMs = Math.max(0, this.#rate.pausedUntil() - now);
    this.#remote?.pause(pauseMs, Math.max(0, this.#rate.fullSpeedAt() - now));
    this.#pump();
  }

  /** The number of calls that wait for a permit. */
  waiting(): number {
    return this.#queue.size;
  }

  callsPerSecond(): number {
    return this.#rate.perSecond();
  }

  /** How many permits this gateway has not used of those of the last second; 0 during the pause after a 429. */
  permitsLeft(): number {
    const now = this.#monotonic();
    if (this.#rate.pausedUntil() > now) return 0;
    return Math.max(0, this.#rate.perSecond() - this.#sentInWindow(now).length - this.#reserved);
  }

  /** Grants no more permits; calls that wait are rejected. */
  close(): void {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#remote?.close();
    for (const second of this.#seconds.splice(0)) second.reject(new NotSentError('closing'));
    for (const call of this.#queue.drain()) call.refuse(new NotSentError('closing'));
  }

  #enter<T>(request: PermitRequest, isPair: boolean, grant: (permit: Permit) => T): Promise<T> {
    const { priority, waitMs, signal } = request;
    const owner = { appId: request.owner?.appId ?? '', recording: request.owner?.recording ?? '' };
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      if (this.#closed) throw new NotSentError('closing');
      const evicted = this.#queue.evictFor(priority, owner.appId);
      if (evicted === undefined) throw queueOverflow();
      evicted?.refuse(queueOverflow());
      const settle = () => {
        clearTimeout(deadline);
        signal?.removeEventListener('abort', onAbort);
      };
      const call: Waiting = {
        priority,
        owner,
        isPair,
        since: this.#monotonic(),
        grant: (permit) => {
          settle();
          resolve(grant(permit));
        },
        refuse: (error) => {
          settle();
          reject(error);
        },
      };
      const leave = (error: Error) => {
        this.#queue.remove(call);
        call.refuse(error);
        this.#pump();
      };
      const deadline = setTimeout(() => leave(this.#timedOut(waitMs)), waitMs);
      const onAbort = () => leave(signal?.reason as Error);
      signal?.addEventListener('abort', onAbort);
      this.#queue.add(call);
      this.#pump();
    });
  }

  #timedOut(waitMs: number): NotSentError {
    if (this.#remote?.isBlocked() === true) return new NotSentError('store-unavailable');
    const detail = `the call budget is used up, and no permit came within ${waitMs / 1_000} s.`;
    return new NotSentError('budget', { detail });
  }

  #reserveSecond(first: Permit): PermitPair {
    let isOpen = true;
    this.#reserved += 1;
    const settle = () => {
      const wasOpen = isOpen;
      isOpen = false;
      if (wasOpen) this.#reserved -= 1;
      return wasOpen;
    };
    return {
      first,
      takeSecond: async () => {
        if (!settle() || this.#closed) throw new NotSentError('closing');
        if (this.#remote === null) {
          const now = this.#monotonic();
          this.#sentAt.push(now);
          this.#pump();
          return this.#permitUntil(now + PERMIT_VALID_MS);
        }
        return await new Promise<Permit>((resolve, reject) => {
          this.#seconds.push({ resolve, reject });
          this.#pump();
        });
      },
      release: () => {
        if (settle()) this.#pump();
      },
    };
  }

  #permitUntil(until: number): Permit {
    return { isLate: () => this.#monotonic() > until };
  }

  /** Grants permits for as long as one is free, and wakes up when the next one will be. */
  #pump(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    while (!this.#closed) {
      const [second] = this.#seconds;
      const chosen =
        second === undefined ? this.#queue.next(this.#monotonic(), (call) => this.#mayRun(call)) : null;
      if (second === undefined && chosen === null) return;
      const delay = this.#delay(chosen?.isPair === true ? 2 : 1);
      if (delay > 0) {
        this.#timer = setTimeout(() => this.#pump(), Math.ceil(delay));
        return;
      }
      const until =
        this.#remote === null
          ? this.#monotonic() + PERMIT_VALID_MS
          : this.#remote.use(WINDOW_MS / this.#rate.perSecond());
      if (until === null) return;
      const permit = this.#permitUntil(until);
      this.#sentAt.push(this.#monotonic());
      if (chosen === null) {
        this.#seconds.shift()?.resolve(permit);
        continue;
      }
      this.#queue.serve(chosen);
      chosen.grant(permit);
    }
  }

  /** Milliseconds until one permit (or two) is free; 0 if it is free now. */
  #delay(count: number): number {
    const now = this.#monotonic();
    const sentAt = this.#sentInWindow(now);
    // Shared permits are already spaced.
    if (this.#remote !== null) return Math.max(0, this.#rate.pausedUntil() - now);
    const perSecond = this.#rate.perSecond();
    const last = sentAt.at(-1);
    const spaced = last === undefined ? 0 : last + WINDOW_MS / perSecond - now;
    const paused = this.#rate.pausedUntil() - now;
    const excess = sentAt.length + this.#reserved + count - perSecond;
    if (excess <= 0) return Math.max(0, spaced, paused);
    // Reserved permits become free when they are taken or released, which pumps again.
    const freeing = sentAt[Math.min(Math.ceil(excess), sentAt.length) - 1];
    return Math.max(spaced, paused, freeing === undefined ? WINDOW_MS : freeing + WINDOW_MS - now, 1);
  }

  /** When the permits of the last second were used, in order. */
  #sentInWindow(now: number): readonly number[] {
    this.#sentAt = this.#sentAt.filter((at) => at > now - WINDOW_MS);
    return this.#sentAt;
  }

  #mayRun({ isPair }: Waiting): boolean {
    return !isPair || this.#reserved < MAX_OPEN_STARTS;
  }
}

function queueOverflow(): NotSentError {
  return new NotSentError('budget', {
    detail: 'the call budget is used up, and more urgent calls fill the queue.',
  });
}
