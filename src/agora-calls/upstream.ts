import { type CallResult } from '@agora-recording-gateway/agora/client/client';
import { type AgoraRequest } from '@agora-recording-gateway/agora/client/requests';
import { type Operation } from '@agora-recording-gateway/agora/tables/operations';
import { NotSentError } from '../coordination/not-sent-error.js';
import { sleep } from '../coordination/sleep.js';
import { type CallReason } from '../recordings/call-reason.js';
import { type Clock } from '../recordings/clock.js';
import { type CallFacts } from '../recordings/observation.js';
import { type Log } from '../telemetry/log.js';
import { type Metrics } from '../telemetry/metrics.js';
import { traced } from '../telemetry/tracing.js';
import { type AttemptOptions, type Attempts, createAttempts } from './attempt.js';
import { type Budget, type Permit, type PermitRequest } from './budget.js';
import { type Customers } from './customers.js';
import { createHosts, type Hosts } from './hosts.js';
import { PRIORITIES, type Priority } from './permit-queue.js';
import { createReachability, type ReachabilityEvents } from './reachability.js';
import { RetryPolicy } from './retry-policy.js';

/** Decides right before a call is sent whether it still may be sent. */
export interface SendGuard {
  /** Called once a permit is granted; the call waits for it. Rejects with NotSentError if the call must not be sent. */
  beforeSending(operation: Operation): unknown;
}

export interface CallOptions extends AttemptOptions {
  priority: Priority;
  reason: CallReason;
  /** How long the call may wait for permits and retries, real milliseconds. */
  waitMs: number;
  guard?: SendGuard | undefined;
}

export interface SentCall extends CallFacts {
  result: CallResult;
  /** When the call was last sent, gateway time in Unix milliseconds. */
  askedAt: number;
}

type StartCallOptions = Pick<CallOptions, 'redact' | 'guard'>;

/** Permits for acquire and start, granted together. */
export interface StartPermits {
  acquire(request: AgoraRequest, options: StartCallOptions): Promise<SentCall>;
  start(request: AgoraRequest, options: StartCallOptions): Promise<SentCall>;
  /** Releases what was not used. */
  release(): void;
}

export interface UpstreamOptions {
  /** Base addresses in order of preference; see hosts.ts. */
  apiUrls: readonly string[];
  customers: Customers;
  budget: Budget;
  clock: Clock;
  monotonic: () => number;
  log: Log;
  metrics: Metrics;
  reachability: ReachabilityEvents;
}

/** How long a check of the guard stays valid if the call needs another permit. Real milliseconds. */
const GUARD_CHECK_TTL_MS = 1_000;

/**
 * How many permits a call gives up because its guard answered too late to use them. After that it is sent although its
 * permit is late, as long as the check is still valid.
 */
const MAX_LATE_PERMITS = 2;

/** The only way to call Agora. A call without a permit rejects with NotSentError, and nothing was sent. */
export class Upstream {
  readonly #options: UpstreamOptions;
  readonly #hosts: Hosts;
  readonly #attempts: Attempts;
  readonly #inFlight = new Set<Promise<SentCall>>();
  #answersUntil = Infinity;
  #closeBudget: NodeJS.Timeout | null = null;

  constructor(options: UpstreamOptions) {
    this.#options = options;
    for (const priority of PRIORITIES) options.metrics.turnWaitSeconds.zero({ priority });
    this.#hosts = createHosts(options.apiUrls, options);
    const reachability = createReachability(() => options.clock.now(), options.reachability);
    this.#attempts = createAttempts({ ...options, hosts: this.#hosts, reachability });
  }

  async call(request: AgoraRequest, options: CallOptions): Promise<SentCall> {
    const requestedAt = this.#options.clock.now();
    const permit = await this.#permit(this.#permitRequest(request, options));
    return await this.#track(this.#sendUntilAnswered(permit, request, options, requestedAt));
  }

  /** Permits for a start of the project; `waitMs` is for each of the two calls, as in CallOptions. */
  async startPermits(waitMs: number, appId: string): Promise<StartPermits> {
    const { budget, clock } = this.#options;
    const requestedAt = clock.now();
    const pair = await this.#timed('start', () => budget.permitPair({ waitMs, owner: { appId } }));
    const common = { priority: 'start', reason: 'START', waitMs } as const;
    return {
      acquire: (request, options) =>
        this.#track(this.#sendUntilAnswered(pair.first, request, { ...common, ...options }, requestedAt)),
      start: async (request, options) => {
        const second = await pair.takeSecond();
        return await this.#track(
          this.#sendUntilAnswered(second, request, { ...common, ...options }, requestedAt),
        );
      },
      release: () => pair.release(),
    };
  }

  /**
   * Begins to shut down: queued calls still get permits for `permitsMs`, and no reply is awaited for longer than
   * `answersMs`; both are real milliseconds from now.
   */
  drain({ permitsMs, answersMs }: { permitsMs: number; answersMs: number }): void {
    const { budget, log, monotonic } = this.#options;
    this.#answersUntil = monotonic() + answersMs;
    this.#closeBudget = setTimeout(() => {
      const waiting = budget.waiting();
      if (waiting > 0) log.warn({ waiting }, 'shutting down; dropping queued calls');
      budget.close();
    }, permitsMs);
  }

  /** Grants no more permits, and resolves when no call is in flight. */
  async close(): Promise<void> {
    if (this.#closeBudget !== null) clearTimeout(this.#closeBudget);
    this.#options.budget.close();
    while (this.#inFlight.size > 0) await Promise.allSettled(this.#inFlight);
    this.#attempts.close();
  }

  /** Sends a call that has a permit, and sends it again as the retry policy says. Each attempt takes its own permit. */
  async #sendUntilAnswered(
    permit: Permit,
    request: AgoraRequest,
    options: CallOptions,
    requestedAt: number,
  ): Promise<SentCall> {
    const { clock, customers, monotonic, metrics } = this.#options;
    const { reason } = options;
    const until = monotonic() + options.waitMs;
    const retry = new RetryPolicy(this.#hosts, customers, request.operation);
    let from = await this.#clearToSend(permit, request, options, until);
    for (;;) {
      const target = retry.choose();
      const askedAt = clock.now();
      metrics.agoraCallReasons.inc({ reason });
      const { signal, redact, timeoutMs } = options;
      const result = await this.#attempts.send(
        request,
        { redact, ...(signal && { signal }), ...(timeoutMs !== undefined && { timeoutMs }) },
        target,
        { from, until: this.#answersUntil },
      );
      const delay = retry.delayAfter(result, target);
      if (delay === null || monotonic() + delay >= until) return { result, askedAt, reason, requestedAt };
      await sleep(delay, signal);
      try {
        const next = await this.#permit(this.#permitRequest(request, options, until));
        from = await this.#clearToSend(next, request, options, until);
      } catch (error) {
        if (error instanceof NotSentError || signal?.aborted === true)
          return { result, askedAt, reason, requestedAt };
        throw error;
      }
    }
  }

  /**
   * Resolves when the guard lets the call go and its permit is still valid, with the time from which the call's deadline
   * counts: that of the check, because a lease is extended from then on.
   */
  async #clearToSend(
    permit: Permit,
    request: AgoraRequest,
    options: CallOptions,
    until: number,
  ): Promise<number> {
    const { monotonic, metrics } = this.#options;
    let checkedAt = -Infinity;
    const isChecked = () => monotonic() - checkedAt <= GUARD_CHECK_TTL_MS;
    for (let late = 0; ; late += 1) {
      if (!isChecked()) {
        // The check counts from when it was asked for: its answer may have taken long.
        const askedAt = monotonic();
        await options.guard?.beforeSending(request.operation);
        checkedAt = askedAt;
      }
      if (isChecked() && (late === MAX_LATE_PERMITS || !permit.isLate())) return checkedAt;
      if (late === MAX_LATE_PERMITS) throw new NotSentError('store-unavailable');
      metrics.turnsLate.inc();
      permit = await this.#permit(this.#permitRequest(request, options, until));
    }
  }

  #permitRequest(request: AgoraRequest, options: CallOptions, until?: number): PermitRequest {
    const { priority, signal } = options;
    const waitMs = until === undefined ? options.waitMs : until - this.#options.monotonic();
    const owner = {
      appId: 'appId' in request ? request.appId : '',
      recording: 'sid' in request ? request.sid : '',
    };
    return { priority, waitMs, owner, ...(signal && { signal }) };
  }

  #permit(request: PermitRequest): Promise<Permit> {
    return this.#timed(request.priority, () => this.#options.budget.permit(request));
  }

  async #timed<T>(priority: Priority, take: () => Promise<T>): Promise<T> {
    const { monotonic, metrics } = this.#options;
    const startedAt = monotonic();
    const taken = await traced('permit wait', { attributes: { 'permit.priority': priority } }, take);
    metrics.turnWaitSeconds.observe({ priority }, (monotonic() - startedAt) / 1_000);
    return taken;
  }

  async #track(running: Promise<SentCall>): Promise<SentCall> {
    this.#inFlight.add(running);
    try {
      return await running;
    } finally {
      this.#inFlight.delete(running);
    }
  }
}
