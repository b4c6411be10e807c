import { callAgora, type CallResult, type Credentials } from '../agora/client.js';
import { type AgoraRequest } from '../agora/requests.js';
import { type Secret } from '../agora/secret.js';
import { type Log } from '../telemetry/log.js';
import { type Metrics } from '../telemetry/metrics.js';
import { type Budget, NoTurnError, type Priority, type TurnRequest } from './budget.js';

export interface CallSettings {
  priority: Priority;
  /** How long the call may wait for its turn, and for another one should Agora refuse it by 429; real milliseconds. */
  waitMs: number;
  signal?: AbortSignal;
  /** Secrets to be cut out of the reply. */
  secrets: readonly Secret[];
  timeoutMs?: number;
  /** Called each time that a turn has come and the call is about to be sent. */
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
  /** Two turns for a start of the project; `waitMs` as with a call. */
  pair(waitMs: number, appId: string): Promise<StartPair>;
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
    if (isRateLimited(result)) {
      budget.refused(startedAt, result.retryAfterMs ?? null);
      log.warn({ callsPerSecond: budget.callsPerSecond() }, 'Agora counts too many calls: fewer are made');
    }
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

  /** A call that Agora refused by 429 was not carried out: it takes another turn, as long as its caller waits. */
  async function untilAdmitted(
    request: AgoraRequest,
    settings: AttemptSettings,
    { waitMs, onTurn, ...turns }: TurnRequest & { onTurn?: () => void },
  ): Promise<CallResult> {
    const until = monotonic() + waitMs;
    const again = async (left: number) => {
      await turn({ ...turns, waitMs: left });
      onTurn?.();
    };
    let result = await overHosts(request, settings, () => again(waitMs));
    while (isRateLimited(result) && monotonic() < until) {
      try {
        await again(until - monotonic());
      } catch (error) {
        if (error instanceof NoTurnError) return result;
        throw error;
      }
      result = await overHosts(request, settings, () => again(waitMs));
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
      await turn(turns);
      onTurn?.();
      return await track(untilAdmitted(request, settings, { ...turns, onTurn }));
    },
    async pair(waitMs, appId) {
      const owner = { appId };
      const pair = await timed('start', () => budget.pair({ waitMs, owner }));
      const turns = { priority: 'start', waitMs, owner } as const;
      return {
        acquire: (request, secrets) => track(untilAdmitted(request, { secrets }, turns)),
        start: (request, secrets) => {
          pair.takeSecond();
          return track(untilAdmitted(request, { secrets }, turns));
        },
        release: () => pair.release(),
      };
    },
    async idle() {
      while (inFlight.size > 0) await Promise.allSettled(inFlight);
    },
  };
}

type Answer = Extract<CallResult, { answered: true }>;

function isRateLimited(result: CallResult): result is Answer {
  return result.answered && result.httpStatus === 429;
}

function ownerOf(request: AgoraRequest) {
  return { appId: request.appId, recording: 'sid' in request ? request.sid : '' };
}
