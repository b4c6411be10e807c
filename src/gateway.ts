import { randomUUID } from 'node:crypto';
import { type Credentials } from './agora/client.js';
import { type Secret } from './agora/secret.js';
import { createCommands } from './commands/commands.js';
import { type StorageProfile } from './commands/start-input.js';
import { createFeed } from './feed/feed.js';
import { createApollo } from './graphql/apollo.js';
import { createExecution } from './graphql/execution.js';
import { createHttpServer } from './http/server.js';
import { createIntake, type Project } from './intake/intake.js';
import { type Clock } from './recordings/clock.js';
import { openStore } from './store/store.js';
import { type Log } from './telemetry/log.js';
import { createMetrics } from './telemetry/metrics.js';
import { createBudget } from './upstream/budget.js';
import { createExclusion } from './upstream/exclusion.js';
import { createRecordingQueries } from './upstream/query.js';
import { createUpstream } from './upstream/upstream.js';
import { startWatch } from './watch/watch.js';

/** The values that the parts are made from. */
export interface GatewayOptions {
  host: string;
  port: number;
  databaseUrl: string;
  credentials: Credentials;
  apiUrls: readonly string[];
  projects: readonly Project[];
  profiles: readonly StorageProfile[];
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

function secretsOf({ credentials, projects, profiles }: GatewayOptions): Secret[] {
  return [
    credentials.customerSecret,
    ...projects.flatMap(({ webhookSecrets }) => webhookSecrets),
    ...profiles.flatMap(({ accessKey, secretKey }) => [accessKey, secretKey]),
  ];
}

/** The composition root: each part from those before it; closing runs in the opposite order. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { clock, log, credentials, apiUrls, projects, profiles } = options;
  const mintId = () => randomUUID();
  const monotonic = () => performance.now();
  const secrets = secretsOf(options);
  const metrics = createMetrics();
  const store = await openStore({ databaseUrl: options.databaseUrl, agora: credentials.customerId, mintId });
  let closing = false;
  try {
    const budget = createBudget(monotonic);
    const upstream = createUpstream({ apiUrls, credentials, secrets, budget, monotonic, log, metrics });
    const exclusion = createExclusion();
    const queries = createRecordingQueries({ upstream, exclusion, store, clock, mintId });
    const appIds = projects.map(({ appId }) => appId);
    const commands = createCommands({
      upstream,
      exclusion,
      queries,
      store,
      clock,
      mintId,
      appIds,
      profiles,
      log,
    });
    const watch = startWatch({ store, queries, clock, mintId, log });
    const feed = await createFeed(store, log);
    const execution = createExecution({ store, commands, feed, clock }, log);
    const apollo = await createApollo(execution);
    const intake = createIntake({ projects, store, clock, mintId, secrets, log, metrics });
    const readiness = () =>
      closing ? { ready: false as const, reason: 'The gateway is shutting down.' } : { ready: true as const };
    const { loopbackOnly } = options;
    const http = createHttpServer({ apollo, execution, intake, metrics, log, readiness, loopbackOnly });
    const url = await http.listen(options.host, options.port);
    return {
      url,
      async close() {
        closing = true;
        await http.close();
        await commands.idle();
        await watch.close();
        budget.close();
        await upstream.idle();
        await feed.close();
        await apollo.stop();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}
