import { callAgora, type CallResult, type Credentials } from '../agora/client.js';
import { type AgoraRequest } from '../agora/requests.js';
import { type Secret } from '../agora/secret.js';
import { type Log } from '../telemetry/log.js';
import { type Metrics } from '../telemetry/metrics.js';
import { type Budget, NoTurnError, type Priority } from './budget.js';

export interface CallSettings {
  priority: Priority;
  /** How long the call may wait for its turn, real milliseconds. */
  waitMs: number;
  signal?: AbortSignal;
  /** Secrets to be cut out of the reply. */
  secrets: readonly Secret[];
  timeoutMs?: number;
  /** Called when the turn has come and the call is about to be sent. */
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
  /** Base addresses in order; the next one is used when a connection to one cannot be made. */
  apiUrls: readonly string[];
  credentials: Credentials;
  budget: Budget;
  monotonic: () => number;
  log: Log;
  metrics: Metrics;
}

type AttemptSettings = Pick<CallSettings, 'signal' | 'secrets' | 'timeoutMs'>;

export function createUpstream(options: UpstreamOptions): Upstream {
  const { apiUrls, credentials, budget, monotonic, log, metrics } = options;
  const inFlight = new Set<Promise<CallResult>>();
  let preferred = 0;

  async function attempt(request: AgoraRequest, settings: AttemptSettings, host: number) {
    const baseUrl = apiUrls[host] ?? '';
    const startedAt = monotonic();
    const result = await callAgora(request, {
      baseUrl,
      credentials,
      ...settings,
    });
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
    return result;
  }

  /** Where no connection could be made, nothing was sent: the next host may be tried, with a turn of its own. */
  async function overHosts(
    request: AgoraRequest,
    settings: AttemptSettings,
    nextTurn: () => Promise<void>,
  ): Promise<CallResult> {
    let host = preferred;
    let result = await attempt(request, settings, host);
    for (
      let tried = 1;
      tried < apiUrls.length && !result.answered && result.failure === 'unsent';
      tried += 1
    ) {
      host = (host + 1) % apiUrls.length;
      await nextTurn();
      result = await attempt(request, settings, host);
      if (result.answered) preferred = host;
    }
    return result;
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
      await turn(priority, waitMs, settings.signal);
      onTurn?.();
      return await track(overHosts(request, settings, () => turn(priority, waitMs, settings.signal)));
    },
    async pair(waitMs) {
      const startedAt = monotonic();
      const turns = await budget.pair(waitMs).catch((error: unknown) => {
        metrics.turnsRefused.inc({ priority: 'start' });
        throw error;
      });
      metrics.turnWaitSeconds.observe({ priority: 'start' }, (monotonic() - startedAt) / 1000);
      const again = () => turn('start', waitMs);
      return {
        acquire: (request, secrets) => track(overHosts(request, { secrets }, again)),
        start: (request, secrets) => {
          turns.takeSecond();
          return track(overHosts(request, { secrets }, again));
        },
        release: () => turns.release(),
      };
    },
    async idle() {
      while (inFlight.size > 0) await Promise.allSettled(inFlight);
    },
  };
}
