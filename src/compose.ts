import { ASSUMPTION_NAMES } from '@agora-recording-gateway/agora/assumptions';
import { Budget } from './agora-calls/budget.js';
import { createCustomers } from './agora-calls/customers.js';
import { Upstream } from './agora-calls/upstream.js';
import { checkAccount } from './checks/check-account.js';
import { pageOrigins } from './checks/check-reading.js';
import { startChecks } from './checks/start-checks.js';
import { createAuthenticator } from './auth/authenticator.js';
import { createCallerLimits } from './auth/limits/caller-limits.js';
import { createHostList } from './commands/start/rules/outgoing-addresses.js';
import { createCommands } from './commands/commands.js';
import { createRecordingQueries } from './commands/query/recording-queries.js';
import { createStopQueryExclusion } from './coordination/stop-query-exclusion.js';
import { createEventTurns } from './feed/event-turns.js';
import { createFeed } from './feed/feed.js';
import { createPageTurns } from './feed/page-turns.js';
import { createApollo } from './graphql/apollo.js';
import { createExecution } from './graphql/execution.js';
import { LIMITS } from './graphql/limits/bounds.js';
import { createMedia, PLAYLIST_FAULTS } from './media/media.js';
import { explained } from './media/unavailable.js';
import { openListener } from './http/listener.js';
import { serveMonitoring } from './http/monitoring.js';
import { serveHttp } from './http/server.js';
import { createWebhookSources } from './http/access/webhook-sources.js';
import { createIntake } from './intake/intake.js';
import { mintId } from './mint-id.js';
import { type Account, secretsOf } from './process/account.js';
import { type Connection } from './process/connect.js';
import { type Lifecycle } from './process/lifecycle.js';
import { sandboxControl } from './process/sandbox-control.js';
import { CALL_REASON_NAMES } from './recordings/call-reason.js';
import { sandboxStorageAt } from './settings/sandbox-connection.js';
import { type Settings } from './settings/settings.js';
import { SHUTDOWN } from './shutdown.js';
import { LEASED_OPERATIONS } from './store/coordination/leases.js';
import { startRetention } from './store/maintenance/retention.js';
import { RUNNING_PHASES } from './store/reads/reads.js';
import { openThreadedStore } from './store/store.js';
import { tellStoreEvents } from './store/telling.js';
import { createKnownSecrets } from './telemetry/known-secrets.js';
import { type Log } from './telemetry/log.js';
import { createMetrics } from './telemetry/metrics.js';
import { createOperationMeasures } from './telemetry/operation-measures.js';
import { Outages } from './telemetry/outages.js';
import { createRepeatedLog } from './telemetry/repeated-log.js';
import { startAtZero } from './telemetry/start-at-zero.js';
import { createStatus } from './telemetry/status.js';
import { observeRuntime } from './telemetry/runtime-gauges.js';
import { detectDowntime, startHeartbeat } from './watch/downtime.js';
import { createFileChecks, FILE_CHECK_OUTCOMES } from './watch/file-checks.js';
import { startWatch } from './watch/watch.js';

/** How long a check of the account waits until it may call Agora. Real milliseconds. */
const CHECK_WAIT_MS = 30_000;

/** Why the gateway is not ready until all parts are there. */
const STARTING = 'The gateway is starting.';

/** The values that the parts are made from. */
export interface GatewayOptions {
  settings: Settings;
  connection: Connection;
  log: Log;
  /** Closes what is opened here, also after a failure. */
  lifecycle: Lifecycle;
  /** Gives up the start. */
  signal: AbortSignal;
}

export interface Gateway {
  /** Where it listens, for example `http://127.0.0.1:4000`. */
  url: string;
  metricsUrl: string;
  /** Puts the account of settings that were read again into use. Its App IDs are those of the start. */
  reload(account: Account): Promise<void>;
}

/** The composition root: makes each part from those before it. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { settings, connection, log, lifecycle, signal } = options;
  const { apiUrls, clock, sandboxUrl } = connection;
  let { account } = connection;
  let starting: string | null = STARTING;
  lifecycle.addCondition(() => starting);
  const { host, port, playground, allowInlineStorage } = settings;
  const { allowedHosts, allowedOrigins, trustedProxies } = settings;
  const readiness = () => lifecycle.readiness();
  const closeTimeoutMs = SHUTDOWN.connectionsMs;
  const listener = await openListener({ host, port, readiness });
  lifecycle.add(() => listener.close(closeTimeoutMs));
  const monotonic = () => performance.now();
  const metrics = createMetrics();
  const { metricsPort } = settings;
  const monitoring = metricsPort === null ? null : await openListener({ host, port: metricsPort, readiness });
  if (monitoring !== null) {
    const { registry } = metrics;
    const served = await serveMonitoring({
      listener: monitoring,
      registry,
      readiness,
      allowedHosts,
      log,
      closeTimeoutMs,
    });
    lifecycle.add(() => served.close());
  }
  const appIds = account.projects.map(({ appId }) => appId);
  const outages = new Outages(() => clock.now());
  const storeEvents = tellStoreEvents(log, metrics, (reason) => (starting = reason));
  // After the store, which may remove recordings until it is closed.
  lifecycle.add(() => Promise.resolve(storeEvents.close()));
  const store = await openThreadedStore({
    databaseUrl: settings.databaseUrl.reveal(),
    databaseUrlFile: settings.databaseUrlFile,
    appIds,
    maxUnknownRecordings: settings.maxUnknownRecordings,
    signal,
    ...storeEvents,
    onUnavailable(error) {
      outages.begin('STORE');
      storeEvents.onUnavailable(error);
    },
    onAvailable() {
      outages.end('STORE');
      storeEvents.onAvailable();
    },
  });
  starting = STARTING;
  lifecycle.add(() => store.close());
  lifecycle.addCondition(() => (store.isAvailable() ? null : 'The store is unavailable.'));
  signal.throwIfAborted();
  const knownSecrets = createKnownSecrets({ store, clock, log });
  await knownSecrets.keepAccount(await secretsOf(account));
  const retention = startRetention({ store, days: settings.retentionDays, clock, log, metrics });
  lifecycle.add(() => retention.close());

  const budget = new Budget({ monotonic, log, reservations: store.turns });
  const customers = createCustomers(account.customers, log);
  startAtZero(metrics.contradictions, { assumption: ASSUMPTION_NAMES });
  startAtZero(metrics.agoraCallReasons, { reason: CALL_REASON_NAMES });
  const reachability = {
    onUnreachable: (since: number) => outages.begin('AGORA', since),
    onReachable: () => outages.end('AGORA'),
  };
  const upstream = new Upstream({ apiUrls, customers, budget, clock, monotonic, log, metrics, reachability });
  lifecycle.add(() => upstream.close());
  const limits = { permitsMs: SHUTDOWN.queueMs, answersMs: SHUTDOWN.repliesMs };
  lifecycle.addWork(() => Promise.resolve(upstream.drain(limits)));
  const exclusion = createStopQueryExclusion();
  const calling = { upstream, exclusion, store, clock, mintId, knownSecrets, log, metrics };
  const queries = createRecordingQueries(calling);
  const permitsHost = createHostList(settings.outgoingHosts);
  const choice = {
    appIds,
    appCertificate: (appId: string) =>
      account.projects.find((project) => project.appId === appId)?.appCertificate ?? null,
    profiles: () => account.profiles,
    allowInlineStorage,
    permitsHost,
  };
  const commands = createCommands({ ...calling, queries, ...choice });
  lifecycle.addWork(() => commands.close());

  await detectDowntime(calling);
  const heartbeat = startHeartbeat({ ...calling, monotonic });
  lifecycle.add(() => heartbeat.close());
  await commands.resume();
  signal.throwIfAborted();
  const authenticator = createAuthenticator({ settings: settings.auth, log, now: () => Date.now() });
  lifecycle.add(() => Promise.resolve(authenticator.close()));
  startAtZero(metrics.playlists, { outcome: ['served', ...Object.keys(PLAYLIST_FAULTS)] });
  const sandboxStorage = sandboxUrl === null ? null : sandboxStorageAt(sandboxUrl);
  const media = createMedia({
    store,
    credentials: authenticator,
    secret: () => account.mediaSecret?.reveal() ?? null,
    profiles: () => account.profiles,
    sandboxStorage,
    clock,
    proxy: settings.mediaProxy,
    log,
    onPlaylist: (outcome) => metrics.playlists.inc({ outcome }),
  });
  lifecycle.add(() => Promise.resolve(media.close()));
  startAtZero(metrics.fileChecks, { outcome: FILE_CHECK_OUTCOMES });
  const fileChecks = createFileChecks({
    ...calling,
    askStorage: async (storage, fileNames, closing) => {
      const found = await media.filesInStorage(storage, fileNames, closing);
      return typeof found === 'string' ? explained(found) : found;
    },
  });
  lifecycle.addWork(() => fileChecks.close());
  const watch = startWatch({
    ...calling,
    queries,
    fileChecks,
    restart: (id) => commands.restart(id),
    renewStorage: (id) => commands.renewStorage(id),
  });
  lifecycle.addWork(() => watch.close());

  const feed = await createFeed(store, log);
  lifecycle.add(() => feed.close());
  const isUnderLoad = () => store.isUnderLoad();
  const eventTurns = createEventTurns({ isUnderLoad, monotonic });
  const pageTurns = createPageTurns({ isUnderLoad });
  const pageTurn = (ended: AbortSignal) => pageTurns.take(ended);
  const configuration = { ...choice, defaultAppId: appIds[0] ?? null, isSandbox: settings.sandbox !== null };
  startAtZero(metrics.callerLimits, { limit: Object.keys(settings.callerLimits) });
  startAtZero(metrics.graphqlLimits, { limit: LIMITS });
  const exceeded = createRepeatedLog((fields) => log.warn(fields, 'a caller uses as much as it may'));
  lifecycle.add(() => Promise.resolve(exceeded.close()));
  const callerLimits = createCallerLimits({
    settings: settings.callerLimits,
    monotonic,
    onExceeded(limit) {
      metrics.callerLimits.inc({ limit });
      exceeded.note(limit, { limit });
    },
  });
  const status = createStatus({ metrics, budget, outages });
  const execution = createExecution(
    { store, commands, feed, clock, configuration, media, pageTurn, status },
    log,
    {
      introspection: settings.introspection,
      callerLimits,
      audit: { store, clock, mintId, log, metrics },
      measures: createOperationMeasures(metrics),
      trustedDocuments: settings.trustedDocuments,
      onLimit: (limit) => metrics.graphqlLimits.inc({ limit }),
      eventTurn: () => eventTurns.take(),
    },
  );
  observeRuntime(metrics.registry, {
    runningRecordings: () => store.runningRecordings(),
    runningPhases: RUNNING_PHASES,
    heldLeases: () => store.heldLeases(),
    leasedOperations: LEASED_OPERATIONS,
    storeThreadLag: () => store.eventLoopLag(),
    observationsWaiting: () => store.waiting(),
    readsWaiting: () => store.readsWaiting(),
    readModel: () => store.readModel(),
    pagesWaiting: () => pageTurns.waiting(),
    eventsWaiting: () => eventTurns.waiting(),
    callsWaiting: () => budget.waiting(),
    callsPerSecond: () => budget.callsPerSecond(),
    permitsLeft: () => budget.permitsLeft(),
    operationMemory: () => execution.memory(),
  });
  const apollo = await createApollo(execution, log);
  lifecycle.add(() => apollo.stop());
  const projects = () => account.projects;
  const intake = createIntake({ projects, store, clock, mintId, knownSecrets, log, metrics });
  const webhookSources = createWebhookSources({
    settings: settings.webhookSources,
    monotonic,
    agoraAddresses: (maxAgeMs) => commands.notificationServers(maxAgeMs),
  });
  const requests = {
    webhookSources,
    authenticator,
    callerLimits,
    apollo,
    execution,
    intake,
    media,
    readiness,
    allowedHosts,
    allowedOrigins,
    trustedProxies,
    hasMetrics: monitoring === null,
    playground,
    console: settings.console,
    sandbox: sandboxUrl === null ? null : { appId: appIds[0] ?? '', ...sandboxControl(sandboxUrl, log) },
  };
  const http = await serveHttp({ ...requests, listener, closeTimeoutMs, metrics, log, mintId });
  lifecycle.add(() => http.close());
  signal.throwIfAborted();

  const checked = () => ({ ...account, appIds, apiUrls: sandboxUrl === null ? apiUrls : [] });
  const permitted = { priority: 'heartbeat', waitMs: CHECK_WAIT_MS } as const;
  const checks = startChecks({
    check: (closing) =>
      checkAccount(checked(), {
        permit: (appId) => budget.permit({ ...permitted, owner: { appId }, signal: closing }),
        clock,
        reading: { sandboxStorage, origins: pageOrigins(settings) },
        signal: closing,
      }),
    log,
    metrics,
  });
  lifecycle.add(() => checks.close());
  starting = null;
  return {
    url: listener.url,
    metricsUrl: `${monitoring?.url ?? listener.url}/metrics`,
    async reload(next) {
      await knownSecrets.keepAccount(await secretsOf(next));
      authenticator.reload();
      customers.replace(next.customers);
      account = next;
      checks.run();
    },
  };
}
