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
  gateway_store_thread_lag_p99_seconds:
    "99th percentile of the lag of the event loop in the store's thread since it was last read; NaN if the thread does not answer.",
  gateway_store_thread_lag_max_seconds:
    "The longest lag of the event loop in the store's thread since it was last read.",
  gateway_store_waiting: 'Observations waiting to be written.',
  gateway_store_reads_waiting:
    'Long reads for queries and subscriptions waiting for their turn in the store.',
  gateway_subscription_pages_waiting: 'Subscriptions waiting to read a page of the log.',
  gateway_subscription_events_waiting: 'Events for subscriptions waiting to be made into messages.',
  gateway_turns_waiting: 'Calls waiting to be sent to Agora.',
  gateway_calls_per_second: 'Calls per second that the gateway allows itself; fewer after a 429.',
  gateway_permits_left:
    'Calls that the budget of the last second had left after those of this gateway; 0 during the pause after a 429. ' +
    'Gateways on one store share the budget, so those of the others are used, too.',
  gateway_read_model_recordings: 'Recordings that are kept in memory for readers.',
  gateway_read_model_bytes: 'Estimated memory of the recordings that are kept for readers.',
  gateway_graphql_cached_document_bytes:
    'Estimated memory of the GraphQL documents that are kept parsed and validated, and of the plans of frequent operations.',
  gateway_graphql_held_bytes: 'Stored text that running GraphQL operations have read in pages and hold.',
  gateway_streams: 'Open streams of server-sent events.',
  gateway_sockets_queued_bytes: 'Bytes that wait to be sent to WebSocket clients.',
} as const;

/** The same with a value for each of the values of one label. */
export const READ_LABELLED_GAUGES = {
  gateway_recordings: {
    label: 'phase',
    help: 'Recordings that have not ended, by phase, of all gateways on the store; NaN while it cannot be read.',
  },
  gateway_leases: {
    label: 'operation',
    help: 'Leases that this gateway holds, by operation: what no other gateway does meanwhile.',
  },
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
    notificationsLate: new Counter({
      name: 'gateway_notifications_late_total',
      help: 'Notifications that came after one with a greater sequence number of the same recorder.',
      registers,
    }),
    leasesLost: new Counter({
      name: 'gateway_leases_lost_total',
      help: 'Leases that were over right before a call, which was not sent, by operation.',
      labelNames: ['operation'] as const,
      registers,
    }),
    leaseWaitSeconds: new Histogram({
      name: 'gateway_lease_wait_seconds',
      help: 'Time that commands waited for a lease which was held, until they obtained it or gave up, by operation.',
      labelNames: ['operation'] as const,
      buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    }),
    foldErrors: new Counter({
      name: 'gateway_fold_errors_total',
      help: 'Observations that were stored but could not be folded into their recording.',
      registers,
    }),
    storeCommitSeconds: new Histogram({
      name: 'gateway_store_commit_seconds',
      help: 'Duration of the transactions that write observations, each with all that waited when it began, at most 64.',
      buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 20],
      registers,
    }),
    storeObservations: new Counter({
      name: 'gateway_store_observations_total',
      help: 'Observations that were written: notifications, replies of Agora, commands and deadlines.',
      registers,
    }),
    recordingsEnded: new Counter({
      name: 'gateway_recordings_ended_total',
      help:
        'Recordings that this gateway saw end, by the phase and endReason (of the schema) that they ended with; what is learned later ' +
        'does not count again.',
      labelNames: ['phase', 'end_reason'] as const,
      registers,
    }),
    recordingsRemoved: new Counter({
      name: 'gateway_recordings_removed_total',
      help: 'Recordings that this gateway removed, by cause: age (retentionDays) or command (forgetRecording).',
      labelNames: ['cause'] as const,
      registers,
    }),
    storeGivenBackBytes: new Counter({
      name: 'gateway_store_given_back_bytes_total',
      help: 'Bytes of the SQLite file that were given back to the disk after recordings were removed.',
      registers,
    }),
    retentionDone: new Gauge({
      name: 'gateway_retention_last_run_timestamp_seconds',
      help: 'When retention last found nothing left to remove, in Unix seconds; 0 before. It looks once a minute.',
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
      help: "Calls to Agora's REST API, by operation, host and HTTP status (or how they failed).",
      labelNames: ['operation', 'host', 'result'] as const,
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
      help: "Duration of calls to Agora's REST API, by operation and host, without the wait for a permit.",
      labelNames: ['operation', 'host'] as const,
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
      help: 'Whether Agora accepts an address, customer or project, or a storage profile can be read, its storage takes the read key, and the CORS rule permits pages: 1 or 0.',
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
    graphqlSeconds: new Histogram({
      name: 'gateway_graphql_seconds',
      help:
        'Duration of GraphQL queries and mutations, and of the beginning of subscriptions, by name of the operation and transport ' +
        '(http, websocket, sse). The first 50 names are distinguished; further ones are `(other)`, and without a name `(anonymous)`.',
      labelNames: ['operation', 'transport'] as const,
      buckets: [0.005, 0.025, 0.1, 0.25, 1, 2.5, 10, 30],
      registers,
    }),
    graphqlCost: new Counter({
      name: 'gateway_graphql_cost_total',
      help: 'Values that the replies to these operations may hold, by the sizes of the pages and lists that they ask for.',
      labelNames: ['operation', 'transport'] as const,
      registers,
    }),
    graphqlErrors: new Counter({
      name: 'gateway_graphql_errors_total',
      help:
        'GraphQL errors that clients got, by name of the operation, transport and code; `(unread)` where no operation could be read. ' +
        'Shared results of an event count once.',
      labelNames: ['operation', 'transport', 'code'] as const,
      registers,
    }),
    mutations: new Counter({
      name: 'gateway_mutations_total',
      help: 'Mutations, by field of the schema and result: OK, USER_ERROR (userErrors) or ERROR (a GraphQL error).',
      labelNames: ['mutation', 'result'] as const,
      registers,
    }),
    userErrors: new Counter({
      name: 'gateway_user_errors_total',
      help: 'Mutations that ended with userErrors, by field of the schema, transport and code.',
      labelNames: ['mutation', 'transport', 'code'] as const,
      registers,
    }),
    auditFailures: new Counter({
      name: 'gateway_audit_failures_total',
      help: 'Mutations whose entry in the audit trail could not be stored; the log has it.',
      registers,
    }),
    fileChecks: new Counter({
      name: 'gateway_file_checks_total',
      help: 'Checks whether the files of a completed recording are in its storage (checkFiles of its profile), by outcome: complete, incomplete, retried after the storage could not be asked, or given-up.',
      labelNames: ['outcome'] as const,
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

/** Says how gauges with a label are read: the values by their label. */
export function observeLabelledGauges(
  registry: Registry,
  reads: Record<
    keyof typeof READ_LABELLED_GAUGES,
    () => Record<string, number> | Promise<Record<string, number>>
  >,
): void {
  for (const [name, read] of Object.entries(reads)) {
    const { label, help } = READ_LABELLED_GAUGES[name as keyof typeof READ_LABELLED_GAUGES];
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers: [registry],
      async collect() {
        for (const [value, amount] of Object.entries(await read())) this.set({ [label]: value }, amount);
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
