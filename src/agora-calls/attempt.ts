import { callAgora, type CallResult } from '@agora-recording-gateway/agora/client/client';
import { type AgoraRequest } from '@agora-recording-gateway/agora/client/requests';
import { contradictedByReply } from '@agora-recording-gateway/agora/contradictions';
import { type Redact } from '@agora-recording-gateway/agora/redaction/redact';
import { OPERATION_NAMES, OPERATIONS } from '@agora-recording-gateway/agora/tables/operations';
import { createContradictionNotes } from '../telemetry/contradictions.js';
import { type Log } from '../telemetry/log.js';
import { type Metrics } from '../telemetry/metrics.js';
import { createRepeatedLog } from '../telemetry/repeated-log.js';
import { requestFields } from '../telemetry/request-fields.js';
import { type OpenSpan, traced } from '../telemetry/tracing.js';
import { startAtZero } from '../telemetry/start-at-zero.js';
import { type Budget } from './budget.js';
import { type Host, type Hosts } from './hosts.js';
import { type Reachability } from './reachability.js';
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
  reachability: Reachability;
  budget: Budget;
  monotonic: () => number;
  log: Log;
  metrics: Metrics;
}

export interface Attempts {
  /** Sends a call once and reports its result. `from`: when its deadline began; `until`: when it ends at the latest. */
  send(
    request: AgoraRequest,
    options: AttemptOptions,
    target: Target,
    window: { from: number; until: number },
  ): Promise<CallResult>;
  /** Logs the sums of what failed and is not logged yet. */
  close(): void;
}

/** What a call is about, for the log. */
function subjectOf(request: AgoraRequest): object {
  if (request.operation === 'ncsIp') return {};
  const { appId } = request;
  const place = 'body' in request ? { channel: request.body.cname, uid: request.body.uid } : {};
  return { appId, ...place, ...('sid' in request && { sid: request.sid }) };
}

/** Calls that callers ask for are logged; of the many others only those that fail. */
function isRoutine({ operation }: CallResult): boolean {
  return operation === 'query' || operation === 'ncsIp';
}

export function createAttempts(parts: AttemptParts): Attempts {
  const { hosts, reachability, budget, monotonic, log, metrics } = parts;
  const noteContradictions = createContradictionNotes(log, metrics);

  /** Queries of the gateway's own: during an outage of Agora one fails for each recording, again and again. */
  const failures = createRepeatedLog((fields) => log.warn(fields, 'called Agora'));
  startAtZero(metrics.agoraCalls, { operation: OPERATION_NAMES, host: hosts.names, result: ['200'] });
  for (const operation of OPERATION_NAMES)
    for (const host of hosts.names) metrics.agoraCallSeconds.zero({ operation, host });

  function report(request: AgoraRequest, { name: host }: Host, result: CallResult, seconds: number): void {
    const { operation } = result;
    const outcome = result.answered ? String(result.httpStatus) : result.failure;
    metrics.agoraCalls.inc({ operation, host, result: outcome });
    metrics.agoraCallSeconds.observe({ operation, host }, seconds);
    const agoraRequestId = result.answered ? result.requestId : null;
    const named = result.answered ? undefined : result.misdirected?.named;
    const about = { ...requestFields(), ...subjectOf(request), host };
    const fields = {
      ...about,
      operation,
      result: outcome,
      seconds,
      agoraRequestId,
      ...(named && { named }),
    };
    if (result.answered && result.httpStatus === 200)
      log[isRoutine(result) ? 'debug' : 'info'](fields, 'called Agora');
    else {
      const failed = { ...fields, reason: result.answered ? result.reply.reason : result.message };
      if (isRoutine(result) && !('requestId' in failed)) failures.note(`${operation} ${outcome}`, failed);
      else log.warn(failed, 'called Agora');
    }
    if (result.answered) noteContradictions(contradictedByReply(operation, result), { operation });
    // The others are counted with the recording that they were about; a resource is about none yet.
    if (named !== undefined && operation === 'acquire') noteContradictions(['namesAgree'], { operation });
  }

  function describe(span: OpenSpan, result: CallResult): void {
    if (!result.answered) return span.fail(result.failure);
    const { httpStatus, requestId } = result;
    span.set({
      'http.response.status_code': httpStatus,
      ...(requestId !== null && { 'agora.request_id': requestId }),
    });
    if (httpStatus >= 400) span.fail(String(httpStatus));
  }

  const send: Attempts['send'] = async (request, options, { host, credentials }, { from, until }) => {
    const startedAt = monotonic();
    const allowed = options.timeoutMs ?? OPERATIONS[request.operation].timeoutMs;
    const timeoutMs = Math.max(1, Math.ceil(Math.min(from + allowed, until) - startedAt));
    const attributes = { 'agora.operation': request.operation, 'server.address': host.name };
    const result = await traced(
      `agora ${request.operation}`,
      { kind: 'client', attributes },
      async (span) => {
        const answer = await callAgora(request, { baseUrl: host.url, credentials, ...options, timeoutMs });
        describe(span, answer);
        return answer;
      },
    );
    report(request, host, result, (monotonic() - startedAt) / 1_000);
    if (isRateLimited(result)) {
      budget.rateLimited(startedAt, result.retryAfterMs ?? null);
      log.warn(
        { callsPerSecond: budget.callsPerSecond() },
        'rate-limited by Agora (429); reducing call rate',
      );
    }
    if (options.signal?.aborted !== true) {
      const fault = hostFault(result);
      reachability.note(fault);
      if (fault === null) hosts.answered(host);
      else hosts.failed(host, fault);
    }
    return result;
  };

  return { send, close: () => failures.close() };
}
