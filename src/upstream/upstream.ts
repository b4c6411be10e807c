import { callAgora, type CallResult, type Credentials } from '../agora/client.js';
import { type AgoraRequest } from '../agora/requests.js';
import { type Secret } from '../agora/secret.js';
import { type Operation } from '../agora/tables/operations.js';
import { type Log } from '../telemetry/log.js';
import { type Metrics } from '../telemetry/metrics.js';
import { type Budget, NoTurnError, type Priority } from './budget.js';
import { createHosts, type Host, type HostFault } from './hosts.js';
import { sleep } from './sleep.js';

export interface CallSettings {
  priority: Priority;
  /** How long the call may wait for its turn, and for being sent again where a host fails. Real milliseconds. */
  waitMs: number;
  signal?: AbortSignal;
  /** Secrets to be cut out of the reply. */
  secrets: readonly Secret[];
  timeoutMs?: number;
  /** Called whenever a turn has come and the call is about to be sent. */
  onTurn?: () => void;
}

/** A pair of acquire and start whose turns are reserved together. */
export interface StartPair {
  acquire(request: AgoraRequest, secrets: readonly Secret[]): Promise<CallResult>;
  start(request: AgoraRequest, secrets: readonly Secret[]): Promise<CallResult>;
  /** Gives back what was not used. */
  release(): void;
}

/** The one door to Agora. Every call takes a turn; one that gets none rejects with NoTurnError, and nothing was sent. */
export interface Upstream {
  call(request: AgoraRequest, settings: CallSettings): Promise<CallResult>;
  pair(waitMs: number): Promise<StartPair>;
  /** Resolves when no call is in flight. */
  idle(): Promise<void>;
}

export interface UpstreamOptions {
  /** Base addresses in order; another is used while the first one fails (hosts.ts). */
  apiUrls: readonly string[];
  credentials: Credentials;
  budget: Budget;
  monotonic: () => number;
  log: Log;
  metrics: Metrics;
}

/** Calls that change nothing at Agora: they may be sent again even if they have reached it. */
const REPEATABLE: readonly Operation[] = ['query'];

/** Pauses before a call is sent again: to the same host first, then to others (agora-facts.md, "Domains"). Real time. */
const PAUSES_MS = [1_000, 3_000, 6_000];

/** How often one call is sent to one host. */
const MOST_TRIES = 2;

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
  const { apiUrls, credentials, budget, monotonic, log, metrics } = options;
  const hosts = createHosts(apiUrls, { monotonic, log, metrics });
  const inFlight = new Set<Promise<CallResult>>();

  async function attempt(request: AgoraRequest, settings: AttemptSettings, host: Host) {
    const startedAt = monotonic();
    const result = await callAgora(request, { baseUrl: host.url, credentials, ...settings });
    const seconds = (monotonic() - startedAt) / 1000;
    const { operation } = request;
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
    if (settings.signal?.aborted !== true) {
      const fault = hostFault(result);
      if (fault === null) hosts.answered(host);
      else hosts.failed(host, fault);
    }
    return result;
  }

  /**
   * Sends a call whose turn has come, and again until a host answers. What may have reached Agora is sent again only if it
   * changes nothing there. Each attempt takes a turn of its own; when no time is left for one, the last result stands.
   */
  async function overHosts(
    request: AgoraRequest,
    settings: AttemptSettings,
    again: { priority: Priority; until: number; onTurn?: (() => void) | undefined },
  ): Promise<CallResult> {
    const isRepeatable = REPEATABLE.includes(request.operation);
    const tried = new Map<number, number>();
    for (let attempts = 0; ; attempts += 1) {
      const pauseMs = PAUSES_MS[attempts];
      const host = hosts.choose(isRepeatable);
      tried.set(host.index, (tried.get(host.index) ?? 0) + 1);
      const result = await attempt(request, settings, host);
      const wasUnsent = !result.answered && result.failure === 'unsent';
      const maySendAgain = wasUnsent || (isRepeatable && hostFault(result) !== null);
      if (!maySendAgain || pauseMs === undefined) return result;
      const next = hosts.choose(false);
      if ((tried.get(next.index) ?? 0) >= MOST_TRIES) return result;
      const waitMs = hosts.isReplaced(host) ? 0 : pauseMs;
      if (monotonic() + waitMs >= again.until) return result;
      await sleep(waitMs, settings.signal);
      try {
        await turn(again.priority, again.until - monotonic(), settings.signal);
      } catch (error) {
        if (error instanceof NoTurnError) return result;
        throw error;
      }
      again.onTurn?.();
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

  async function turn(priority: Priority, waitMs: number, signal?: AbortSignal): Promise<void> {
    const startedAt = monotonic();
    try {
      await budget.turn(priority, waitMs, signal);
    } catch (error) {
      if (error instanceof NoTurnError) metrics.turnsRefused.inc({ priority });
      throw error;
    }
    metrics.turnWaitSeconds.observe({ priority }, (monotonic() - startedAt) / 1000);
  }

  return {
    async call(request, { priority, waitMs, onTurn, ...settings }) {
      const until = monotonic() + waitMs;
      await turn(priority, waitMs, settings.signal);
      onTurn?.();
      return await track(overHosts(request, settings, { priority, until, onTurn }));
    },
    async pair(waitMs) {
      const startedAt = monotonic();
      const turns = await budget.pair(waitMs).catch((error: unknown) => {
        metrics.turnsRefused.inc({ priority: 'start' });
        throw error;
      });
      metrics.turnWaitSeconds.observe({ priority: 'start' }, (monotonic() - startedAt) / 1000);
      const send = (request: AgoraRequest, secrets: readonly Secret[]) =>
        track(overHosts(request, { secrets }, { priority: 'start', until: monotonic() + waitMs }));
      return {
        acquire: send,
        start: (request, secrets) => {
          turns.takeSecond();
          return send(request, secrets);
        },
        release: () => turns.release(),
      };
    },
    async idle() {
      while (inFlight.size > 0) await Promise.allSettled(inFlight);
    },
  };
}
