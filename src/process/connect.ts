import { type Credentials } from '@agora-recording-gateway/agora/client/client';
import { type StorageProfile } from '../commands/start/storage.js';
import { type Project } from '../intake/intake.js';
import { type Clock } from '../recordings/clock.js';
import { askSandbox, setSandboxSpeed } from '../settings/sandbox-connection.js';
import { type Settings } from '../settings/settings.js';
import { type Log } from '../telemetry/log.js';
import { systemClock, createFollowedClock } from './clock.js';
import { type Closers } from './closers.js';
import { launchSandbox } from './launch-sandbox.js';

/** What SIGHUP can change while the gateway runs. */
export interface Account {
  /** In order of preference: the first one that Agora accepts is used. */
  customers: readonly Credentials[];
  projects: readonly Project[];
  profiles: readonly StorageProfile[];
}

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
  closers: Closers;
  /** Gives up connecting. */
  signal: AbortSignal;
}

/** How often the sandbox's clock is read. Real milliseconds. */
const CLOCK_INTERVAL_MS = 500;

type Sandbox = NonNullable<Settings['sandbox']>;

/** The address of the sandbox, which is started where none is configured. */
async function openSandbox(sandbox: Sandbox, { settings, closers, signal }: ConnectParts): Promise<string> {
  const { url, port, webhookSecrets, clockSpeed } = sandbox;
  if (url !== null) {
    if (clockSpeed !== null) await setSandboxSpeed(url, clockSpeed, signal);
    return url;
  }
  const webhookUrl = `http://127.0.0.1:${settings.port}/webhooks/agora`;
  const launched = await launchSandbox({ port, webhookUrl, webhookSecrets, clockSpeed, signal });
  closers.add(() => launched.close());
  return launched.url;
}

/** Follows the sandbox's clock until it is closed. */
function followClock(
  url: string,
  reading: { nowMs: number; speed: number },
  { log, closers }: ConnectParts,
): Clock {
  const followed = createFollowedClock(reading);
  const timer = setInterval(() => {
    askSandbox(url).then(
      ({ clock }) => followed.set(clock),
      (error: unknown) => log.debug({ error }, 'could not read the clock of the sandbox'),
    );
  }, CLOCK_INTERVAL_MS);
  closers.add(() => {
    clearInterval(timer);
    return Promise.resolve();
  });
  return followed.clock;
}

async function connectToSandbox(sandbox: Sandbox, parts: ConnectParts): Promise<Connection> {
  const url = await openSandbox(sandbox, parts);
  const accountFor = async ({ storageProfiles }: Settings) => {
    const { clock, customerId, customerSecret, project, storageProfile } = await askSandbox(
      url,
      parts.signal,
    );
    const account: Account = {
      customers: [{ customerId, customerSecret }],
      projects: [project],
      profiles: storageProfiles.length > 0 ? storageProfiles : [storageProfile],
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

/** The account that settings for Agora itself name. */
export function agoraAccount({ agora, storageProfiles }: Settings): Account {
  if (agora === null) throw new Error('The settings name no Agora project.');
  const { customers, projects } = agora;
  return { customers, projects, profiles: storageProfiles };
}

/** Connects to what the settings name; what it opens is added to `closers`. */
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
