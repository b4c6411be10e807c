import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { VERSION } from '../version.js';
import { RecentValues } from './recent-values.js';

/** Counters that are kept elsewhere, and read when metrics are asked for. */
export const READ_COUNTERS = {
  gateway_read_model_hits_total: 'Recordings that readers found in the read model.',
  gateway_read_model_misses_total: 'Recordings that were read from the database for readers.',
  gateway_read_model_evictions_total: 'Recordings that the read model dropped for lack of space.',
} as const;

/** Gauges that are read when metrics are asked for. */
export const READ_GAUGES = {
  gateway_active_recordings: 'Recordings that have not ended.',
  gateway_store_waiting: 'Observations waiting to be written.',
  gateway_store_reads_waiting:
    'Long reads for queries and subscriptions waiting for their turn in the store.',
  gateway_subscription_pages_waiting: 'Subscriptions waiting to read a page of the log.',
  gateway_subscription_events_waiting: 'Events for subscriptions waiting to be made into messages.',
  gateway_turns_waiting: 'Calls waiting to be sent to Agora.',
  gateway_calls_per_second: 'Calls per second that the gateway allows itself; fewer after a 429.',
  gateway_read_model_bytes: 'Estimated memory of the recordings that are kept for readers.',
  gateway_graphql_cached_document_bytes:
    'Estimated memory of the GraphQL documents that are kept parsed and validated, and of the plans of frequent operations.',
  gateway_graphql_held_bytes: 'Stored text that running GraphQL operations have read in pages and hold.',
  gateway_streams: 'Open streams of server-sent events.',
  gateway_sockets_queued_bytes: 'Bytes that wait to be sent to WebSocket clients.',
} as const;

/** The metrics at /metrics, in Prometheus' format. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  new Gauge({
    name: 'gateway_build_info',
    help: 'Always 1; the labels have the version of the gateway and of Node.js.',
    labelNames: ['version', 'node'] as const,
    registers,
  }).set({ version: VERSION, node: process.versions.node }, 1);
  const storeAvailable = new Gauge({
    name: 'gateway_store_available',
    help: '1 while the store can be read and written, else 0; `gateway_store_fault` says why.',
    registers,
  });
  storeAvailable.set(1);
  return {
    registry,
    storeAvailable,
    webhookLagSeconds: new Histogram({
      name: 'gateway_webhook_lag_seconds',
      help: "Time from when a notification was sent, by Agora's clock, until it was stored.",
      buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800],
      registers,
    }),
    /** Seconds from when a notification was sent, by Agora's clock, until it was stored. Of the latest ones. */
    webhookLag: new RecentValues(),
    webhookRefused: new Counter({
      name: 'gateway_webhook_refused_total',
      help: 'Webhook requests that were refused, by reason.',
      labelNames: ['reason'] as const,
      registers,
    }),
    webhookIgnored: new Counter({
      name: 'gateway_webhook_ignored_total',
      help: 'Verified webhook messages that are not about a recording, by reason.',
      labelNames: ['reason'] as const,
      registers,
    }),
    notifications: new Counter({
      name: 'gateway_notifications_total',
      help: 'Notifications received, by outcome.',
      labelNames: ['outcome'] as const,
      registers,
    }),
    foldErrors: new Counter({
      name: 'gateway_fold_errors_total',
      help: 'Observations that were stored but could not be folded into their recording.',
      registers,
    }),
    storeOutages: new Counter({
      name: 'gateway_store_outages_total',
      help: 'Outages of the store; during one the gateway is not ready.',
      registers,
    }),
    storeFault: new Gauge({
      name: 'gateway_store_fault',
      help: '1 for the fault that makes the store unavailable, by kind; absent while it is available.',
      labelNames: ['kind'] as const,
      registers,
    }),
    storeSlowReads: new Counter({
      name: 'gateway_store_slow_reads_total',
      help: 'Reads for callers that timed out.',
      registers,
    }),
    storeSilences: new Counter({
      name: 'gateway_store_silences_total',
      help: 'Losses of the LISTEN connection, on which other gateways announce what they wrote.',
      registers,
    }),
    agoraCalls: new Counter({
      name: 'gateway_agora_calls_total',
      help: "Calls to Agora's REST API, by operation and HTTP status (or how they failed).",
      labelNames: ['operation', 'result'] as const,
      registers,
    }),
    agoraCallReasons: new Counter({
      name: 'gateway_agora_calls_by_reason_total',
      help: "Calls to Agora's REST API, by why they were made (CallReason of the schema).",
      labelNames: ['reason'] as const,
      registers,
    }),
    gapsReported: new Counter({
      name: 'gateway_gaps_total',
      help: 'Gaps in the notifications of recordings that were reported.',
      registers,
    }),
    agoraCallSeconds: new Histogram({
      name: 'gateway_agora_call_seconds',
      help: "Duration of calls to Agora's REST API, without the wait for a permit.",
      labelNames: ['operation'] as const,
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 35],
      registers,
    }),
    turnWaitSeconds: new Histogram({
      name: 'gateway_turn_wait_seconds',
      help: 'Time that calls waited for a permit of the call budget, by priority.',
      labelNames: ['priority'] as const,
      buckets: [0.01, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    turnsRefused: new Counter({
      name: 'gateway_turns_refused_total',
      help:
        'Calls that were not sent, by priority and reason (budget, lease-lost, queue-full, stop-under-way, closing, ' +
        'store-unavailable).',
      labelNames: ['priority', 'reason'] as const,
      registers,
    }),
    turnsLate: new Counter({
      name: 'gateway_turns_late_total',
      help: 'Permits skipped because the lease check was too slow.',
      registers,
    }),
    contradictions: new Counter({
      name: 'gateway_assumption_contradictions_total',
      help: 'Replies and notifications that contradict an assumption, by its name in packages/agora/src/assumptions.ts.',
      labelNames: ['assumption'] as const,
      registers,
    }),
    partlySubscribed: new Gauge({
      name: 'gateway_partly_subscribed',
      help: '1 if most recordings of a project miss notifications: it is probably subscribed to only some events.',
      labelNames: ['app_id'] as const,
      registers,
    }),
    agoraHostChanges: new Counter({
      name: 'gateway_agora_host_changes_total',
      help: 'Agora host switches.',
      registers,
    }),
    agoraHost: new Gauge({
      name: 'gateway_agora_host',
      help: '1 for the host that Agora is called at, 0 for the others that are configured.',
      labelNames: ['host'] as const,
      registers,
    }),
    hostsRefused: new Counter({
      name: 'gateway_hosts_refused_total',
      help: 'Requests that were refused by their Host header, by reason.',
      labelNames: ['reason'] as const,
      registers,
    }),
    originsRefused: new Counter({
      name: 'gateway_origins_refused_total',
      help: 'Requests of pages whose origin is not allowed, by transport (http, websocket).',
      labelNames: ['transport'] as const,
      registers,
    }),
    credentialsRefused: new Counter({
      name: 'gateway_credentials_refused_total',
      help: 'Credentials that were refused, by transport and reason (missing, invalid, expired, revoked, unavailable).',
      labelNames: ['transport', 'reason'] as const,
      registers,
    }),
    callerLimits: new Counter({
      name: 'gateway_caller_limits_total',
      help: 'What was refused because its caller uses as much as it may, by limit (operations, cost, subscriptions, connections).',
      labelNames: ['limit'] as const,
      registers,
    }),
    sockets: new Gauge({
      name: 'gateway_sockets',
      help: 'Open WebSockets.',
      registers,
    }),
    socketsRefused: new Counter({
      name: 'gateway_sockets_refused_total',
      help: 'WebSockets that were refused, by reason.',
      labelNames: ['reason'] as const,
      registers,
    }),
    socketsClosed: new Counter({
      name: 'gateway_sockets_closed_total',
      help:
        'WebSockets that ended, by reason: too-slow (the client did not read), memory (what waited for all of them was too ' +
        'much), silent (no answer to a ping), protocol, internal, shutdown, credential, limit (the caller has too many), or other (by the client).',
      labelNames: ['reason'] as const,
      registers,
    }),
    socketCloseTimeouts: new Counter({
      name: 'gateway_socket_close_timeouts_total',
      help: 'WebSockets that were cut because the client did not answer the close.',
      registers,
    }),
    socketOperationsRefused: new Counter({
      name: 'gateway_socket_operations_refused_total',
      help: 'Operations that were refused because their socket runs too many, by bound (count, bytes).',
      labelNames: ['bound'] as const,
      registers,
    }),
    checks: new Gauge({
      name: 'gateway_check_ok',
      help: 'Whether Agora accepts an address, customer or project, or a storage profile can be read: 1 or 0.',
      labelNames: ['check', 'name'] as const,
      registers,
    }),
    queuedReplyBytes: new Gauge({
      name: 'gateway_http_queued_reply_bytes',
      help: 'Bytes of replies by HTTP that clients have not taken yet.',
      registers,
    }),
    repliesRefused: new Counter({
      name: 'gateway_http_replies_refused_total',
      help: 'Large replies that were replaced by GATEWAY_BUSY, since too much waited for other clients.',
      registers,
    }),
    repliesStalled: new Counter({
      name: 'gateway_http_replies_stalled_total',
      help: 'Connections that were closed because the client did not read its reply.',
      registers,
    }),
    graphqlLimits: new Counter({
      name: 'gateway_graphql_limits_total',
      help: 'Operations that exceeded a bound on documents, replies or reads, by bound.',
      labelNames: ['limit'] as const,
      registers,
    }),
    auditFailures: new Counter({
      name: 'gateway_audit_failures_total',
      help: 'Mutations whose entry in the audit trail could not be stored; the log has it.',
      registers,
    }),
    playlists: new Counter({
      name: 'gateway_playlists_total',
      help: 'Requests for playlists of recordings, by outcome: served, or why not.',
      labelNames: ['outcome'] as const,
      registers,
    }),
    subscriptions: new Gauge({
      name: 'gateway_subscriptions',
      help: 'Live subscriptions.',
      registers,
    }),
  };
}

/** Says how gauges are read. */
export function observeGauges(
  registry: Registry,
  reads: Partial<Record<keyof typeof READ_GAUGES, () => number | Promise<number>>>,
): void {
  for (const [name, read] of Object.entries(reads)) {
    new Gauge({
      name,
      help: READ_GAUGES[name as keyof typeof READ_GAUGES],
      registers: [registry],
      async collect() {
        this.set(await read());
      },
    });
  }
}

/** Says how counters are read. */
export function observeCounters(
  registry: Registry,
  reads: Partial<Record<keyof typeof READ_COUNTERS, () => number>>,
): void {
  for (const [name, read] of Object.entries(reads)) {
    new Counter({
      name,
      help: READ_COUNTERS[name as keyof typeof READ_COUNTERS],
      registers: [registry],
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  }
}

export type Metrics = ReturnType<typeof createMetrics>;
