import { systemClock, createFollowedClock } from './settings/clock.js';
import { askSandbox, setSandboxSpeed } from './settings/sandbox-connection.js';
import { type Settings } from './settings/settings.js';
import { EXIT_SETTINGS, settingsOrExit } from './settings/settings-or-exit.js';
import { type GatewayOptions, startGateway } from './compose.js';
import { launchSandbox } from './settings/launch-sandbox.js';
import { OtherAgoraError, StoreHeldError, StoreUnavailableError } from './store/errors.js';
import { createLog } from './telemetry/log.js';

const EXIT_FAILURE = 1;

/** So long the work in flight may take to end; a synchronous stop takes up to 35 s. */
const DRAIN_MS = 45_000;

/** How often the sandbox's clock is read. */
const FOLLOW_CLOCK_MS = 500;

const settings = settingsOrExit();
const log = createLog(settings.logLevel);

/** What was opened, to be closed in the opposite order. */
const opened: (() => Promise<void>)[] = [];

async function closeAll(): Promise<void> {
  for (const close of opened.reverse()) await close();
}

type Connection = Pick<
  GatewayOptions,
  'credentials' | 'apiUrls' | 'projects' | 'profiles' | 'clock' | 'loopbackOnly'
> & { sandboxUrl: string | null };

async function connectToSandbox(sandbox: NonNullable<Settings['sandbox']>): Promise<Connection> {
  let { url } = sandbox;
  if (url === null) {
    const launched = await launchSandbox({
      ...sandbox,
      webhookUrl: `http://127.0.0.1:${settings.port}/webhooks/agora`,
    });
    opened.push(() => launched.close());
    url = launched.url;
  } else if (sandbox.clockSpeed !== null) {
    await setSandboxSpeed(url, sandbox.clockSpeed);
  }
  const answer = await askSandbox(url);
  const followed = createFollowedClock(answer.clock);
  const sandboxUrl = url;
  const timer = setInterval(() => {
    askSandbox(sandboxUrl).then(
      ({ clock }) => followed.set(clock),
      (error: unknown) => log.debug({ error }, "the sandbox's clock could not be read"),
    );
  }, FOLLOW_CLOCK_MS);
  opened.push(() => {
    clearInterval(timer);
    return Promise.resolve();
  });
  const { customerId, customerSecret, project, storageProfile } = answer;
  return {
    credentials: { customerId, customerSecret },
    apiUrls: [sandboxUrl],
    projects: [project],
    profiles: settings.storageProfiles.length > 0 ? settings.storageProfiles : [storageProfile],
    clock: followed.clock,
    loopbackOnly: true,
    sandboxUrl,
  };
}

async function connect(): Promise<Connection> {
  if (settings.sandbox !== null) return await connectToSandbox(settings.sandbox);
  if (settings.agora === null) throw new Error('There is neither Agora nor a sandbox to connect to.');
  const { customerId, customerSecret, apiUrls, projects } = settings.agora;
  if (settings.storageProfiles.length === 0) {
    log.warn({}, 'no storage profile is configured: startRecording will refuse. Name them in GATEWAY_CONFIG');
  }
  return {
    credentials: { customerId, customerSecret },
    apiUrls,
    projects,
    profiles: settings.storageProfiles,
    clock: systemClock,
    loopbackOnly: false,
    sandboxUrl: null,
  };
}

async function start(): Promise<void> {
  const { sandboxUrl, ...connection } = await connect();
  const { host, port, databaseUrl, allowInlineStorage, retentionDays } = settings;
  const own = { host, port, databaseUrl, allowInlineStorage, retentionDays, log };
  const gateway = await startGateway({ ...own, ...connection });
  opened.push(() => gateway.close());
  console.log(`Playground: ${gateway.url}/`);
  console.log(`GraphQL:    ${gateway.url}/graphql (HTTP and WebSocket)`);
  console.log(`Webhook:    ${gateway.url}/webhooks/agora`);
  if (sandboxUrl !== null) console.log(`Sandbox:    ${sandboxUrl}/sandbox`);
}

let stopping = false;

function stop(signal: string): void {
  if (stopping) return;
  stopping = true;
  log.info({ signal }, 'shutting down');
  const timer = setTimeout(() => {
    log.error({ drainMs: DRAIN_MS }, 'work in flight did not end in time');
    process.exit(EXIT_FAILURE);
  }, DRAIN_MS);
  closeAll().then(
    () => {
      clearTimeout(timer);
      process.exit(0);
    },
    (error: unknown) => {
      log.error({ error }, 'the shutdown failed');
      process.exit(EXIT_FAILURE);
    },
  );
}

function explain(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `${settings.host}:${settings.port} is in use. Set PORT to another port, or end what uses it.`;
  }
  if (error instanceof StoreUnavailableError)
    return `the store at DATABASE_URL cannot be used: ${error.reason}`;
  return error instanceof Error ? error.message : String(error);
}

process.on('SIGTERM', stop);
process.on('SIGINT', stop);

try {
  await start();
} catch (error) {
  // Told to end while it started: what was opened is being closed.
  if (stopping) await new Promise(() => undefined);
  console.error(`The gateway could not start: ${explain(error)}`);
  await closeAll();
  process.exit(
    error instanceof StoreHeldError || error instanceof OtherAgoraError ? EXIT_SETTINGS : EXIT_FAILURE,
  );
}
