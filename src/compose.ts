import { type Credentials } from '@agora-recording-gateway/agora/client/client';
import { type Secret } from '@agora-recording-gateway/agora/client/secret';
import { createCommands } from './commands/commands.js';
import { type StorageProfile } from './commands/start/storage.js';
import { createFeed } from './feed/feed.js';
import { createApollo } from './graphql/apollo.js';
import { createExecution } from './graphql/execution.js';
import { createHttpServer } from './http/server.js';
import { createIntake, type Project } from './intake/intake.js';
import { mintId } from './mint-id.js';
import { type Clock } from './recordings/clock.js';
import { startRetention } from './store/maintenance/retention.js';
import { openThreadedStore } from './store/store.js';
import { tellStoreEvents } from './store/telling.js';
import { type Log } from './telemetry/log.js';
import { createKnownSecrets } from './telemetry/known-secrets.js';
import { createMetrics, observeGauges } from './telemetry/metrics.js';
import { createBudget, DEFAULT_CALLS_PER_SECOND } from './agora-calls/budget.js';
import { createExclusion } from './coordination/exclusion.js';
import { createRecordingQueries } from './agora-calls/query.js';
import { createUpstream } from './agora-calls/upstream.js';
import { markOutage, noteAlive } from './watch/outage.js';
import { startWatch } from './watch/watch.js';
import { within } from './within.js';

/**
 * How the 45 s are spent that the process takes to end at most (main.ts): for the first of them calls that wait still take
 * their turns. Each call that is sent has 20 s for its answer, which is as long as Agora takes to stop a recording
 * synchronously. The rest is for writing down what came of them, and for closing sockets.
 */
const TURNS_MS = 18_000;
const ANSWERS_MS = 38_000;

/** Then sockets are closed, whatever keeps the work from ending. */
const WORK_ENDS_WITHIN_MS = 40_000;

/** The values that the parts are made from. */
export interface GatewayOptions {
  host: string;
  port: number;
  databaseUrl: Secret;
  retentionDays: number | null;
  credentials: Credentials;
  apiUrls: readonly string[];
  projects: readonly Project[];
  profiles: readonly StorageProfile[];
  /** Whether a start may bring a storage with its keys. */
  allowInlineStorage: boolean;
  clock: Clock;
  loopbackOnly: boolean;
  log: Log;
}

export interface Gateway {
  /** Where it listens, for example `http://127.0.0.1:4000`. */
  url: string;
  /** Readiness turns false, what is under way ends, sockets close, the store closes. */
  close(): Promise<void>;
}

async function secretsOf({ credentials, projects, profiles }: GatewayOptions): Promise<Secret[]> {
  const keys = await Promise.all(profiles.map((profile) => profile.credentials()));
  return [
    credentials.customerSecret,
    ...projects.flatMap(({ webhookSecrets }) => webhookSecrets),
    ...keys.flatMap(({ accessKey, secretKey, stsToken }) => [accessKey, secretKey, stsToken ?? []].flat()),
  ];
}

/**
 * The composition root: each part from those before it. Closing runs in the opposite order, but what is under way ends
 * first, while the doors still answer.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { clock, log, credentials, apiUrls, projects, profiles, allowInlineStorage, loopbackOnly } = options;
  const monotonic = () => performance.now();
  const knownSecrets = createKnownSecrets(await secretsOf(options));
  const metrics = createMetrics();
  const opened: (() => Promise<void>)[] = [];
  const underWay: (() => Promise<void>)[] = [];
  let closing = false;
  let isStoreAvailable = () => true;
  const notReady = (reason: string) => ({ ready: false as const, reason });
  const readiness = () => {
    if (closing) return notReady('The gateway is shutting down.');
    return isStoreAvailable()
      ? { ready: true as const }
      : notReady('The store cannot be used at the moment.');
  };
  const close = async () => {
    closing = true;
    const ended = await within(Promise.all(underWay.map((end) => end())), WORK_ENDS_WITHIN_MS);
    for (const end of opened.reverse()) await end();
    if (ended === null) throw new Error(`Work in flight did not end within ${WORK_ENDS_WITHIN_MS} ms.`);
  };
  try {
    const store = await openThreadedStore({
      databaseUrl: options.databaseUrl.reveal(),
      agora: credentials.customerId,
      ...tellStoreEvents(log, metrics),
    });
    isStoreAvailable = () => store.isAvailable();
    opened.push(() => store.close());
    if (options.retentionDays !== null) {
      const retention = startRetention({ store, days: options.retentionDays, clock, log });
      opened.push(() => retention.close());
    }
    const budget = createBudget(monotonic, DEFAULT_CALLS_PER_SECOND, store.turns);
    const upstream = createUpstream({ apiUrls, credentials, budget, monotonic, log, metrics });
    opened.push(() => upstream.close());
    underWay.push(() => Promise.resolve(upstream.drain({ turnsMs: TURNS_MS, answersMs: ANSWERS_MS })));
    const exclusion = createExclusion();
    const calling = { upstream, exclusion, store, clock, mintId, knownSecrets, log };
    const queries = createRecordingQueries(calling);
    const appIds = projects.map(({ appId }) => appId);
    const commands = createCommands({ ...calling, queries, appIds, profiles, allowInlineStorage });
    underWay.push(() => commands.close());
    await markOutage(calling);
    const alive = noteAlive({ ...calling, monotonic });
    opened.push(() => alive.close());
    await commands.resume();
    const watch = startWatch({
      ...calling,
      metrics,
      queries,
      startAnew: (id) => commands.startAnew(id),
      renewStorage: (id) => commands.renewStorage(id),
    });
    underWay.push(() => watch.close());
    observeGauges(metrics.registry, {
      gateway_active_recordings: {
        help: 'Recordings that have not ended.',
        // Other metrics are wanted most while the store cannot be read.
        read: () => store.activeRecordings().catch(() => NaN),
      },
      gateway_store_waiting: { help: 'Observations that wait to be written.', read: () => store.waiting() },
      gateway_turns_waiting: { help: 'Calls that wait for their turn.', read: () => budget.waiting() },
      gateway_calls_per_second: {
        help: 'Calls to Agora that the gateway allows itself a second; fewer after a 429.',
        read: () => budget.callsPerSecond(),
      },
    });
    const feed = await createFeed(store, log);
    opened.push(() => feed.close());
    const execution = createExecution({ store, commands, feed, clock }, log);
    const apollo = await createApollo(execution);
    opened.push(() => apollo.stop());
    const intake = createIntake({ projects, store, clock, mintId, knownSecrets, log, metrics });
    const http = createHttpServer({ apollo, execution, intake, metrics, log, readiness, loopbackOnly });
    opened.push(() => http.close());
    return { url: await http.listen(options.host, options.port), close };
  } catch (error) {
    await close();
    throw error;
  }
}
