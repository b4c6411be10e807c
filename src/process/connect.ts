import { type Clock } from '../recordings/clock.js';
import { askSandbox, setSandboxSpeed } from '../settings/sandbox-connection.js';
import { type Settings } from '../settings/settings.js';
import { type Log } from '../telemetry/log.js';
import { type Account, agoraAccount } from './account.js';
import { systemClock, createFollowedClock } from './clock.js';
import { launchSandbox } from './launch-sandbox.js';
import { type Lifecycle } from './lifecycle.js';

/** What the gateway runs against: Agora, or a sandbox. */
export interface Connection {
  account: Account;
  apiUrls: readonly string[];
  clock: Clock;
  /** Null outside sandbox mode. */
  sandboxUrl: string | null;
  /** The account by new settings; App IDs and addresses stay. */
  reload(settings: Settings): Promise<Account>;
}

export interface ConnectParts {
  settings: Settings;
  log: Log;
  lifecycle: Lifecycle;
  /** Gives up connecting. */
  signal: AbortSignal;
}

/** How often the sandbox's clock is read. Real milliseconds. */
const CLOCK_INTERVAL_MS = 500;

type Sandbox = NonNullable<Settings['sandbox']>;

/** The address of the sandbox, which is started where none is configured. */
async function openSandbox(sandbox: Sandbox, { settings, lifecycle, signal }: ConnectParts): Promise<string> {
  const { url, port, webhookSecrets, clockSpeed } = sandbox;
  if (url !== null) {
    if (clockSpeed !== null) await setSandboxSpeed(url, clockSpeed, signal);
    return url;
  }
  const webhookUrl = `http://127.0.0.1:${settings.port}/webhooks/agora`;
  const launched = await launchSandbox({ port, webhookUrl, webhookSecrets, clockSpeed, signal });
  lifecycle.add(() => launched.close());
  return launched.url;
}

/** Follows the sandbox's clock until it is closed. */
function followClock(
  url: string,
  reading: { nowMs: number; speed: number },
  { log, lifecycle }: ConnectParts,
): Clock {
  const followed = createFollowedClock(reading);
  const timer = setInterval(() => {
    askSandbox(url).then(
      ({ clock }) => followed.set(clock),
      (error: unknown) => log.debug({ error }, 'could not read the clock of the sandbox'),
    );
  }, CLOCK_INTERVAL_MS);
  lifecycle.add(() => {
    clearInterval(timer);
    return Promise.resolve();
  });
  return followed.clock;
}

async function connectToSandbox(sandbox: Sandbox, parts: ConnectParts): Promise<Connection> {
  const url = await openSandbox(sandbox, parts);
  const accountFor = async ({ sandbox: given, storageProfiles, mediaSecret }: Settings) => {
    const { clock, customerId, customerSecret, project, storageProfile } = await askSandbox(
      url,
      parts.signal,
    );
    const account: Account = {
      customers: [{ customerId, customerSecret }],
      projects: [{ ...project, appCertificate: given?.appCertificate ?? null }],
      profiles: storageProfiles.length > 0 ? storageProfiles : [storageProfile],
      mediaSecret,
    };
    return { account, clock };
  };
  const { account, clock } = await accountFor(parts.settings);
  return {
    account,
    apiUrls: [url],
    clock: followClock(url, clock, parts),
    sandboxUrl: url,
    reload: async (settings) => (await accountFor(settings)).account,
  };
}

/** Connects to what the settings name; what it opens is added to `lifecycle`. */
export async function connect(parts: ConnectParts): Promise<Connection> {
  const { sandbox, agora } = parts.settings;
  if (sandbox !== null) return await connectToSandbox(sandbox, parts);
  return {
    account: agoraAccount(parts.settings),
    apiUrls: agora?.apiUrls ?? [],
    clock: systemClock,
    sandboxUrl: null,
    reload: (settings) => Promise.resolve(agoraAccount(settings)),
  };
}
