import { createHash } from 'node:crypto';
import { type Environment } from '../settings/environment.js';
import { readSettings, type Settings } from '../settings/settings.js';
import { credentialsOf, type StorageProfileSettings } from '../settings/storage-profile.js';
import { withLogin } from '../store/drivers/database-url.js';
import { type Log } from '../telemetry/log.js';
import { type Account } from './account.js';
import { type Connection } from './connect.js';

export interface ReloadParts {
  environment: Environment;
  /** The settings that the gateway was started with. */
  settings: Settings;
  connection: Connection;
  /** Puts a new account into use. */
  apply: (account: Account) => Promise<void>;
  log: Log;
}

/** Settings by the names that the log shows, as values that can be compared and not read. */
type Fingerprints = ReadonlyMap<string, string>;

function fingerprint(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

async function profileValues(profile: StorageProfileSettings): Promise<unknown> {
  const keys = (await credentialsOf(profile)).map(({ accessKey, secretKey, stsToken }) => [
    accessKey.reveal(),
    secretKey.reveal(),
    stsToken?.reveal(),
  ]);
  // Functions are not part of JSON, so only the fields remain of the profile.
  return [profile, keys];
}

/** What SIGHUP applies. */
async function changeable(settings: Settings): Promise<Fingerprints> {
  const { agora, sandbox, storageProfiles, databaseUrl, mediaSecret } = settings;
  const values: [string, unknown][] = [
    ['DATABASE_URL', databaseUrl.reveal()],
    ['MEDIA_SECRET', mediaSecret?.reveal()],
  ];
  if (agora !== null) {
    const customers = agora.customers.map((pair) => [pair.customerId, pair.customerSecret.reveal()]);
    values.push(['AGORA_CUSTOMERS', customers]);
    for (const { appId, appCertificate, webhookSecrets } of agora.projects) {
      values.push([`app certificate of ${appId}`, appCertificate?.reveal()]);
      values.push([`webhook secrets of ${appId}`, webhookSecrets.map((secret) => secret.reveal())]);
    }
  }
  if (sandbox !== null) values.push(['AGORA_APP_CERTIFICATE', sandbox.appCertificate?.reveal()]);
  for (const profile of storageProfiles) {
    values.push([`storage profile ${profile.name}`, await profileValues(profile)]);
  }
  return new Map(values.map(([name, value]) => [name, fingerprint(value ?? null)]));
}

/** What takes effect at the next start only. */
function fixed(settings: Settings): Fingerprints {
  const { agora, auth, databaseUrl, retentionDays, allowInlineStorage, trustedDocuments } = settings;
  const values = {
    projects: agora?.projects.map(({ appId }) => appId).sort(),
    // User and password take effect without a restart.
    'database of DATABASE_URL': withLogin(databaseUrl.reveal(), ''),
    AUTH_JWT_PUBLIC_KEY: auth.kind === 'jwt' ? auth.keys : null,
    'trusted documents': [...(trustedDocuments.documents ?? [])],
    retentionDays,
    allowInlineStorage,
  };
  return new Map(Object.entries(values).map(([name, value]) => [name, fingerprint(value ?? null)]));
}

function changedNames(before: Fingerprints, after: Fingerprints): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name));
}

/** The new account with the projects of the start: their App IDs are known to every part. */
function keepProjects(next: Account, { projects }: Account): Account {
  const kept = projects.map(
    (project) => next.projects.find(({ appId }) => appId === project.appId) ?? project,
  );
  return { ...next, projects: kept };
}

/**
 * Reads the settings again when it is called. Wrong settings change nothing. The environment of a process is fixed, so what
 * can change is in files: NAME_FILE and GATEWAY_CONFIG. The user and password of DATABASE_URL_FILE need no help from here:
 * the store reads that file for each new connection.
 */
export function createReload(parts: ReloadParts): () => Promise<void> {
  const { environment, connection, apply, log } = parts;
  const start = fixed(parts.settings);
  let current: Promise<Fingerprints> = changeable(parts.settings);
  let running: Promise<void> = Promise.resolve();

  async function reload(): Promise<void> {
    const read = readSettings(environment);
    if ('problems' in read) {
      log.error({ problems: read.problems }, 'settings not reloaded; the previous ones stay in use');
      return;
    }
    const next = await changeable(read.settings);
    await apply(keepProjects(await connection.reload(read.settings), connection.account));
    const changed = changedNames(await current, next);
    current = Promise.resolve(next);
    log.info({ changed, needRestart: changedNames(start, fixed(read.settings)) }, 'settings reloaded');
  }

  return () => {
    running = running.then(reload).catch((error: unknown) => {
      log.error({ error }, 'settings not reloaded; the previous ones stay in use');
    });
    return running;
  };
}
