import { callAgora, type CallResult, type Credentials } from '@agora-recording-gateway/agora/client/client';
import { contradictedByReply } from '@agora-recording-gateway/agora/contradictions';
import { type AgoraRequest } from '@agora-recording-gateway/agora/client/requests';
import { type Secret } from '@agora-recording-gateway/agora/client/secret';
import { type Operation, OPERATIONS } from '@agora-recording-gateway/agora/tables/operations';
import { type Customers } from './customers.js';
import { createContradictionNotes } from '../telemetry/contradictions.js';
import { type Log } from '../telemetry/log.js';
import { type Metrics } from '../telemetry/metrics.js';
import { type Budget, NoTurnError, type Priority, type Turn, type TurnRequest } from './budget.js';
import { createHosts, type Host, type HostFault } from './hosts.js';
import { sleep } from '../coordination/sleep.js';

/** Runs between a turn and the call that uses it. */
export type OnTurn = () => unknown;

export interface CallSettings {
  priority: Priority;
  /**
   * How long the call may wait for its turn, and for being sent again where a host fails or Agora refuses it by 429. Real
   * milliseconds.
   */
  waitMs: number;
  signal?: AbortSignal;
  /** Secrets to be cut out of the reply. */
  secrets: readonly Secret[];
  timeoutMs?: number;
  /**
   * Called when a turn has come, right before the call is sent, which waits for it. If that takes too long, the call takes
   * another turn. Rejects with NoTurnError if it may not be sent any more.
   */
  onTurn?: OnTurn | undefined;
}

/** A pair of acquire and start whose turns are reserved together. */
export interface StartPair {
  acquire(request: AgoraRequest, secrets: readonly Secret[], onTurn?: OnTurn): Promise<CallResult>;
  start(request: AgoraRequest, secrets: readonly Secret[], onTurn?: OnTurn): Promise<CallResult>;
  /** Gives back what was not used. */
  release(): void;
}

/** The one door to Agora. Every call takes a turn; one that gets none rejects with NoTurnError, and nothing was sent. */
export interface Upstream {
  call(request: AgoraRequest, settings: CallSettings): Promise<CallResult>;
  /** Two turns for a start of the project; `waitMs` as with a call. */
  pair(waitMs: number, appId: string): Promise<StartPair>;
  /**
   * The gateway is to end: calls that wait for a turn still take one for `turnsMs`, and no answer is waited for longer than
   * `answersMs`, both real milliseconds from now.
   */
  drain(limits: { turnsMs: number; answersMs: number }): void;
  /** Gives no turn any more, and resolves when no call is in flight. */
  close(): Promise<void>;
}

export interface UpstreamOptions {
  /** Base addresses in order; another is used while the first one fails (hosts.ts). */
  apiUrls: readonly string[];
  customers: Customers;
  budget: Budget;
  monotonic: () => number;
  log: Log;
  metrics: Metrics;
}

/** Calls that change nothing at Agora: they may be sent again even if they have reached it. */
const REPEATABLE: readonly Operation[] = ['query', 'ncsIp'];

/** Pauses before a call is sent again: to the same host first, then to others (agora-facts.md, "Domains"). Real time. */
const PAUSES_MS = [1_000, 3_000, 6_000];

/** How often one call is sent to one host. */
const MOST_TRIES = 2;

/** What was seen between turn and call holds for so long, should the call have to take another turn. Real milliseconds. */
const LOOK_HOLDS_MS = 1_000;

/** How often a call takes another turn because looking took too long. After that it goes as it is, if the look holds. */
const MOST_LATE = 2;

/** What a proxy in between answers, without a code of Agora's, when it cannot reach what is behind it. */
const PROXY_FAULTS = [502, 503, 504];

/** What a result tells of the host, or null if that is as it should be. */
function hostFault(result: CallResult): HostFault | null {
  if (result.answered) {
    return PROXY_FAULTS.includes(result.httpStatus) && result.reply.code === null ? 'network' : null;
  }
  return result.nameUnresolved === true ? 'name' : 'network';
}

type AttemptSettings = Pick<CallSettings, 'signal' | 'secrets' | 'timeoutMs'>;

export function createUpstream(options: UpstreamOptions): Upstream {
  const { apiUrls, customers, budget, monotonic, log, metrics } = options;
  const hosts = createHosts(apiUrls, { monotonic, log, metrics });
  const noteContradictions = createContradictionNotes(log, metrics);
  const inFlight = new Set<Promise<CallResult>>();
  let answersUntil = Infinity;
  let lastTurn: NodeJS.Timeout | null = null;

  async function attempt(
    request: AgoraRequest,
    settings: AttemptSettings,
    { host, credentials, from }: { host: Host; credentials: Credentials; from: number },
  ) {
    const startedAt = monotonic();
    const { operation } = request;
    const allowed = settings.timeoutMs ?? OPERATIONS[operation].timeoutMs;
    const deadline = Math.min(from + allowed, answersUntil);
    const timeoutMs = Math.max(1, Math.ceil(deadline - startedAt));
    const result = await callAgora(request, { baseUrl: host.url, credentials, ...settings, timeoutMs });
    const seconds = (monotonic() - startedAt) / 1000;
    const outcome = result.answered ? String(result.httpStatus) : result.failure;
    metrics.agoraCalls.inc({ operation, result: outcome });
    metrics.agoraCallSeconds.observe({ operation }, seconds);
    const fields = {
      operation,
      result: outcome,
      seconds,
      requestId: result.answered ? result.requestId : null,
    };
    if (result.answered && result.httpStatus === 200) log.debug(fields, 'called Agora');
    else
      log.warn({ ...fields, reason: result.answered ? result.reply.reason : result.message }, 'called Agora');
    if (result.answered) noteContradictions(contradictedByReply(operation, result), { operation });
    if (isRateLimited(result)) {
      budget.refused(startedAt, result.retryAfterMs ?? null);
      log.warn({ callsPerSecond: budget.callsPerSecond() }, 'Agora counts too many calls: fewer are made');
    }
    if (settings.signal?.aborted !== true) {
      const fault = hostFault(result);
      if (fault === null) hosts.answered(host);
      else hosts.failed(host, fault);
    }
    return result;
  }

  /**
   * Resolves when a call whose turn has come is to be sent, with the time from which its deadline counts: that of the look,
   * since leases were made to last from then on. Rejects with NoTurnError if the call is not to be sent.
   */
  async function ready(taken: Turn, request: TurnRequest, onTurn: OnTurn | undefined): Promise<number> {
    const until = monotonic() + request.waitMs;
    let lookedAt = -Infinity;
    for (let late = 0; ; late += 1) {
      const holds = () => monotonic() - lookedAt <= LOOK_HOLDS_MS;
      if (!holds()) {
        // The look counts from when it was asked for: its answer may have been long on its way.
        const askedAt = monotonic();
        await onTurn?.();
        lookedAt = askedAt;
      }
      if (holds() && (late === MOST_LATE || !taken.isLate())) return lookedAt;
      if (late === MOST_LATE) throw new NoTurnError();
      metrics.turnsLate.inc();
      taken = await turn({ ...request, waitMs: until - monotonic() });
    }
  }

  /**
   * Sends a call whose turn has come, and again until a host answers it. What may have reached Agora is sent again only if
   * it changes nothing there; what Agora refused by 429 was not carried out. Each attempt takes a turn of its own; when no
   * time is left for one, the last result stands.
   */
  async function untilAnswered(
    taken: Turn,
    request: AgoraRequest,
    settings: AttemptSettings,
    { waitMs, onTurn, ...turns }: TurnRequest & { onTurn?: OnTurn | undefined },
  ): Promise<CallResult> {
    const until = monotonic() + waitMs;
    const isRepeatable = REPEATABLE.includes(request.operation);
    const failures = new Map<number, number>();
    const refused = new Set<Credentials>();
    let faults = 0;

    /** How long to wait before the call is sent again; null if it is not. */
    function pauseAfter(result: CallResult, host: Host): number | null {
      if (isRateLimited(result)) return 0;
      // Agora carried nothing out, so the call may be sent with the next pair.
      if (isUnauthorized(result) && customers.choose(refused) !== null) return 0;
      failures.set(host.index, (failures.get(host.index) ?? 0) + 1);
      const wasUnsent = !result.answered && result.failure === 'unsent';
      const maySendAgain = wasUnsent || (isRepeatable && hostFault(result) !== null);
      const pauseMs = PAUSES_MS[faults];
      faults += 1;
      if (!maySendAgain || pauseMs === undefined) return null;
      if ((failures.get(hosts.choose(false).index) ?? 0) >= MOST_TRIES) return null;
      return hosts.isReplaced(host) ? 0 : pauseMs;
    }

    let from = await ready(taken, { waitMs, ...turns }, onTurn);
    for (;;) {
      const host = hosts.choose(isRepeatable);
      const credentials = customers.choose(refused);
      if (credentials === null) throw new Error('No customer ID and secret is configured.');
      const result = await attempt(request, settings, { host, credentials, from });
      if (isUnauthorized(result)) {
        refused.add(credentials);
        customers.refused(credentials);
      } else if (result.answered) customers.accepted(credentials);
      const pauseMs = pauseAfter(result, host);
      if (pauseMs === null || monotonic() + pauseMs >= until) return result;
      await sleep(pauseMs, settings.signal);
      try {
        const wait = { ...turns, waitMs: until - monotonic() };
        from = await ready(await turn(wait), wait, onTurn);
      } catch (error) {
        if (error instanceof NoTurnError) return result;
        throw error;
      }
    }
  }

  async function track(running: Promise<CallResult>): Promise<CallResult> {
    inFlight.add(running);
    try {
      return await running;
    } finally {
      inFlight.delete(running);
    }
  }

  async function timed<T>(priority: Priority, take: () => Promise<T>): Promise<T> {
    const startedAt = monotonic();
    try {
      const taken = await take();
      metrics.turnWaitSeconds.observe({ priority }, (monotonic() - startedAt) / 1000);
      return taken;
    } catch (error) {
      if (error instanceof NoTurnError) metrics.turnsRefused.inc({ priority });
      throw error;
    }
  }

  const turn = (request: TurnRequest) => timed(request.priority, () => budget.turn(request));

  return {
    async call(request, { priority, waitMs, onTurn, ...settings }) {
      const turns = { priority, waitMs, owner: ownerOf(request), signal: settings.signal };
      const taken = await turn(turns);
      return await track(untilAnswered(taken, request, settings, { ...turns, onTurn }));
    },
    async pair(waitMs, appId) {
      const owner = { appId };
      const pair = await timed('start', () => budget.pair({ waitMs, owner }));
      const turns = { priority: 'start', waitMs, owner } as const;
      return {
        acquire: (request, secrets, onTurn) =>
          track(untilAnswered(pair.first, request, { secrets }, { ...turns, onTurn })),
        start: async (request, secrets, onTurn) => {
          const second = await pair.takeSecond();
          return await track(untilAnswered(second, request, { secrets }, { ...turns, onTurn }));
        },
        release: () => pair.release(),
      };
    },
    drain({ turnsMs, answersMs }) {
      answersUntil = monotonic() + answersMs;
      lastTurn = setTimeout(() => {
        const waiting = budget.waiting();
        if (waiting > 0)
          log.warn({ waiting }, 'calls that wait for a turn are given up: the gateway is to end');
        budget.close();
      }, turnsMs);
    },
    async close() {
      if (lastTurn !== null) clearTimeout(lastTurn);
      budget.close();
      while (inFlight.size > 0) await Promise.allSettled(inFlight);
    },
  };
}

type Answer = Extract<CallResult, { answered: true }>;

function isRateLimited(result: CallResult): result is Answer {
  return result.answered && result.httpStatus === 429;
}

function isUnauthorized(result: CallResult): boolean {
  return result.answered && result.httpStatus === 401;
}

function ownerOf(request: AgoraRequest) {
  return { appId: 'appId' in request ? request.appId : '', recording: 'sid' in request ? request.sid : '' };
}
