import { callAgora, type CallResult } from '@agora-recording-gateway/agora/client/client';
import { type AgoraRequest } from '@agora-recording-gateway/agora/client/requests';
import { contradictedByReply } from '@agora-recording-gateway/agora/contradictions';
import { type Redact } from '@agora-recording-gateway/agora/redaction/redact';
import { OPERATIONS } from '@agora-recording-gateway/agora/tables/operations';
import { createContradictionNotes } from '../telemetry/contradictions.js';
import { type Log } from '../telemetry/log.js';
import { type Metrics } from '../telemetry/metrics.js';
import { type Budget } from './budget.js';
import { type Hosts } from './hosts.js';
import { hostFault, isRateLimited, type Target } from './retry-policy.js';

export interface AttemptOptions {
  signal?: AbortSignal;
  /** Cuts secrets out of the reply. */
  redact: Redact;
  /** Defaults to the operation's own limit. */
  timeoutMs?: number;
}

export interface AttemptParts {
  hosts: Hosts;
  budget: Budget;
  monotonic: () => number;
  log: Log;
  metrics: Metrics;
}

/** Sends a call once and reports its result. `from`: when its deadline began; `until`: when it ends at the latest. */
export type Attempt = (
  request: AgoraRequest,
  options: AttemptOptions,
  target: Target,
  window: { from: number; until: number },
) => Promise<CallResult>;

export function createAttempt(parts: AttemptParts): Attempt {
  const { hosts, budget, monotonic, log, metrics } = parts;
  const noteContradictions = createContradictionNotes(log, metrics);

  function report(result: CallResult, seconds: number): void {
    const { operation } = result;
    const outcome = result.answered ? String(result.httpStatus) : result.failure;
    metrics.agoraCalls.inc({ operation, result: outcome });
    metrics.agoraCallSeconds.observe({ operation }, seconds);
    const requestId = result.answered ? result.requestId : null;
    const named = result.answered ? undefined : result.misdirected?.named;
    const fields = { operation, result: outcome, seconds, requestId, ...(named && { named }) };
    if (result.answered && result.httpStatus === 200) log.debug(fields, 'called Agora');
    else
      log.warn({ ...fields, reason: result.answered ? result.reply.reason : result.message }, 'called Agora');
    if (result.answered) noteContradictions(contradictedByReply(operation, result), { operation });
    // The others are counted with the recording that they were about; a resource is about none yet.
    if (named !== undefined && operation === 'acquire') noteContradictions(['namesAgree'], { operation });
  }

  return async (request, options, { host, credentials }, { from, until }) => {
    const startedAt = monotonic();
    const allowed = options.timeoutMs ?? OPERATIONS[request.operation].timeoutMs;
    const timeoutMs = Math.max(1, Math.ceil(Math.min(from + allowed, until) - startedAt));
    const result = await callAgora(request, { baseUrl: host.url, credentials, ...options, timeoutMs });
    report(result, (monotonic() - startedAt) / 1_000);
    if (isRateLimited(result)) {
      budget.rateLimited(startedAt, result.retryAfterMs ?? null);
      log.warn(
        { callsPerSecond: budget.callsPerSecond() },
        'rate-limited by Agora (429); reducing call rate',
      );
    }
    if (options.signal?.aborted !== true) {
      const fault = hostFault(result);
      if (fault === null) hosts.answered(host);
      else hosts.failed(host, fault);
    }
    return result;
  };
}
