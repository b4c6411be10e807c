import { type Secret } from '@agora-recording-gateway/agora/client/secret';
import { createBudget, DEFAULT_CALLS_PER_SECOND } from './agora-calls/budget.js';
import { createCustomers } from './agora-calls/customers.js';
import { createRecordingQueries } from './agora-calls/query.js';
import { createUpstream } from './agora-calls/upstream.js';
import { checkAccount } from './checks/check-account.js';
import { startChecks } from './checks/start-checks.js';
import { createCommands } from './commands/commands.js';
import { createExclusion } from './coordination/exclusion.js';
import { createFeed } from './feed/feed.js';
import { createApollo } from './graphql/apollo.js';
import { createExecution } from './graphql/execution.js';
import { createHttpServer } from './http/server.js';
import { createIntake } from './intake/intake.js';
import { mintId } from './mint-id.js';
import { createClosers } from './process/closers.js';
import { type Account, type Connection } from './process/connect.js';
import { type Settings } from './settings/settings.js';
import { SHUTDOWN } from './shutdown.js';
import { startRetention } from './store/maintenance/retention.js';
import { openThreadedStore } from './store/store.js';
import { tellStoreEvents } from './store/telling.js';
import { createKnownSecrets } from './telemetry/known-secrets.js';
import { type Log } from './telemetry/log.js';
import { createMetrics, observeGauges } from './telemetry/metrics.js';
import { markOutage, noteAlive } from './watch/outage.js';
import { startWatch } from './watch/watch.js';
import { within } from './within.js';

/** How long a check waits until it may call Agora. Real milliseconds. */
const CHECK_WAIT_MS = 30_000;

/** The values that the parts are made from. */
export interface GatewayOptions {
  settings: Settings;
  connection: Connection;
  log: Log;
  /** Gives up the start. */
  signal: AbortSignal;
}

export interface Gateway {
  /** Where it listens, for example `http://127.0.0.1:4000`. */
  url: string;
  /** Puts the account of settings that were read again into use. Its App IDs are those of the start. */
  reload(account: Account): Promise<void>;
  /** Readiness turns false, work in flight ends, sockets close, the store closes. */
  close(): Promise<void>;
}

async function secretsOf({ customers, projects, profiles }: Account): Promise<Secret[]> {
  const keys = await Promise.all(profiles.map((profile) => profile.credentials()));
  return [
    ...customers.map(({ customerSecret }) => customerSecret),
    ...projects.flatMap(({ webhookSecrets }) => webhookSecrets),
    ...keys.flatMap(({ accessKey, secretKey, stsToken }) => [accessKey, secretKey, stsToken ?? []].flat()),
  ];
}

/**
 * The composition root: makes each part from those before it. Closing goes in the opposite order, but work in flight ends
 * first, while requests are still answered.
 */
export async function startGateway({ settings, connection, log, signal }: GatewayOptions): Promise<Gateway> {
  const { apiUrls, clock } = connection;
  let { account } = connection;
  const monotonic = () => performance.now();
  const knownSecrets = createKnownSecrets(await secretsOf(account));
  const metrics = createMetrics();
  const closers = createClosers();
  const work: (() => Promise<void>)[] = [];
  let closing = false;
  let isStoreAvailable = () => true;
  const notReady = (reason: string) => ({ ready: false as const, reason });
  const readiness = () => {
    if (closing) return notReady('The gateway is shutting down.');
    return isStoreAvailable() ? { ready: true as const } : notReady('The store is unavailable.');
  };
  const close = async () => {
    closing = true;
    const ended = await within(Promise.all(work.map((end) => end())), SHUTDOWN.workMs);
    await closers.closeAll();
    if (ended === null) throw new Error(`Work in flight did not end within ${SHUTDOWN.workMs} ms.`);
  };
  try {
    const store = await openThreadedStore({
      databaseUrl: settings.databaseUrl.reveal(),
      databaseUrlFile: settings.databaseUrlFile,
      agora: account.customers[0]?.customerId ?? '',
      ...tellStoreEvents(log, metrics),
    });
    closers.add(() => store.close());
    signal.throwIfAborted();
    isStoreAvailable = () => store.isAvailable();
    if (settings.retentionDays !== null) {
      const retention = startRetention({ store, days: settings.retentionDays, clock, log });
      closers.add(() => retention.close());
    }
    const budget = createBudget(monotonic, DEFAULT_CALLS_PER_SECOND, store.turns);
    const customers = createCustomers(account.customers, log);
    const upstream = createUpstream({ apiUrls, customers, budget, monotonic, log, metrics });
    closers.add(() => upstream.close());
    const { queueMs, repliesMs } = SHUTDOWN;
    work.push(() => Promise.resolve(upstream.drain({ turnsMs: queueMs, answersMs: repliesMs })));
    const exclusion = createExclusion();
    const calling = { upstream, exclusion, store, clock, mintId, knownSecrets, log };
    const queries = createRecordingQueries(calling);
    const appIds = account.projects.map(({ appId }) => appId);
    const commands = createCommands({
      ...calling,
      queries,
      appIds,
      profiles: () => account.profiles,
      allowInlineStorage: settings.allowInlineStorage,
    });
    work.push(() => commands.close());
    await markOutage(calling);
    const alive = noteAlive({ ...calling, monotonic });
    closers.add(() => alive.close());
    await commands.resume();
    signal.throwIfAborted();
    const watch = startWatch({
      ...calling,
      metrics,
      queries,
      startAnew: (id) => commands.startAnew(id),
      renewStorage: (id) => commands.renewStorage(id),
    });
    work.push(() => watch.close());
    observeGauges(metrics.registry, {
      gateway_active_recordings: {
        help: 'Recordings that have not ended.',
        // The other metrics matter most while the store cannot be read.
        read: () => store.activeRecordings().catch(() => NaN),
      },
      gateway_store_waiting: { help: 'Observations waiting to be written.', read: () => store.waiting() },
      gateway_turns_waiting: { help: 'Calls waiting to be sent to Agora.', read: () => budget.waiting() },
      gateway_calls_per_second: {
        help: 'Calls per second that the gateway allows itself; fewer after a 429.',
        read: () => budget.callsPerSecond(),
      },
    });
    const feed = await createFeed(store, log);
    closers.add(() => feed.close());
    const execution = createExecution({ store, commands, feed, clock }, log, settings);
    const apollo = await createApollo(execution, log);
    closers.add(() => apollo.stop());
    const projects = () => account.projects;
    const intake = createIntake({ projects, store, clock, mintId, knownSecrets, log, metrics });
    const { allowedHosts, playground } = settings;
    const isSandbox = connection.sandboxUrl !== null;
    const checkAccountNow = (signal: AbortSignal) =>
      checkAccount(
        { ...account, apiUrls: isSandbox ? [] : apiUrls, appIds },
        {
          permit: (appId) =>
            budget.turn({ priority: 'heartbeat', waitMs: CHECK_WAIT_MS, owner: { appId }, signal }),
          now: clock.now(),
          signal,
        },
      );
    const closeTimeoutMs = SHUTDOWN.connectionsMs;
    const serving = {
      apollo,
      execution,
      intake,
      metrics,
      log,
      mintId,
      readiness,
      allowedHosts,
      playground,
      closeTimeoutMs,
    };
    const http = createHttpServer(serving);
    closers.add(() => http.close());
    signal.throwIfAborted();
    const url = await http.listen(settings.host, settings.port);
    log.info({ url }, 'ready');
    const checks = startChecks({ check: checkAccountNow, log, metrics });
    closers.add(() => checks.close());
    const reload = async (next: Account) => {
      knownSecrets.configure(await secretsOf(next));
      customers.replace(next.customers);
      account = next;
      checks.run();
    };
    return { url, reload, close };
  } catch (error) {
    await close();
    throw error;
  }
}
