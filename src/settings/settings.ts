import { type Credentials } from '@agora-recording-gateway/agora/client/client';
import { Secret } from '@agora-recording-gateway/agora/client/secret';
import { type TrustedDocumentsSettings } from './documents-file.js';
import { type LimitSettings } from '../auth/limits/caller-limits.js';
import { type AuthSettings } from '../auth/settings.js';
import { type LogLevel } from '../telemetry/log.js';
import { readAuth } from './auth.js';
import { type Environment, type ReadEnvironment, readEnvironment } from './environment.js';
import { type GatewayConfig, type ProjectSettings, readGatewayConfig } from './gateway-config.js';
import { InvalidSettingsError } from './invalid-settings-error.js';
import { isLoopback } from '../host-name.js';
import { type StorageProfileSettings } from './storage-profile.js';

/** Every setting of the process. Immutable: SIGHUP reads them again into new ones. */
export interface Settings {
  host: string;
  port: number;
  /** The port of /metrics, where it is not `port`. */
  metricsPort: number | null;
  /** Null in sandbox mode: the sandbox supplies this. */
  agora: {
    /** In order of preference: the first one that Agora accepts is used. */
    customers: Credentials[];
    apiUrls: string[];
    projects: ProjectSettings[];
  } | null;
  /** Null outside sandbox mode. With `url` null this process starts a sandbox. */
  sandbox: {
    url: string | null;
    port: number;
    appCertificate: Secret | null;
    webhookSecrets: Secret[];
    clockSpeed: number | null;
  } | null;
  storageProfiles: StorageProfileSettings[];
  /** Whether a request may bring a storage with its keys. */
  allowInlineStorage: boolean;
  /** `file:PATH` or `postgres://…`; the latter may hold a password. */
  databaseUrl: Secret;
  /** The file that `databaseUrl` was read from, in which an operator may replace it. */
  databaseUrlFile: string | null;
  /** Names under which the gateway answers besides those of this machine; in lower case, with or without a port. */
  allowedHosts: string[];
  /** The origins whose pages may use GraphQL, besides the gateway's own. */
  allowedOrigins: readonly string[] | 'this-machine';
  /** Addresses and ranges of proxies whose X-Forwarded headers count. */
  trustedProxies: string[];
  /** Hosts of private networks whose addresses Agora may be given: names, IP addresses and ranges. */
  outgoingHosts: string[];
  auth: AuthSettings;
  /** What each caller may use. */
  callerLimits: LimitSettings;
  /** Where notifications may come from. */
  webhookSources: { allowed: readonly string[] | null; refusals: number | null };
  /** Recordings that notifications of unknown ones may add to a project in an hour; null for any number. */
  maxUnknownRecordings: number | null;
  trustedDocuments: TrustedDocumentsSettings;
  /** Whether `__schema` and `__type` are answered and errors suggest names. */
  introspection: boolean;
  /** Whether the playground is served. */
  playground: boolean;
  /** Whether the console is served. */
  console: boolean;
  /** Whether players fetch files through the gateway. */
  mediaProxy: boolean;
  /** What addresses of files are signed with, in addition to the key of the store. */
  mediaSecret: Secret | null;
  /** Days that ended recordings are kept; null for good. */
  retentionDays: number | null;
  logLevel: LogLevel;
}

export type SettingsResult = { settings: Settings } | { problems: string[] };

const DATABASE_URL = 'file:./data/gateway.db';
const SANDBOX_DATABASE_URL = 'file:./data/sandbox.db';

/** The settings that together say that Agora itself is meant. */
const AGORA_NAMES = [
  'AGORA_APP_ID',
  'AGORA_CUSTOMERS',
  'AGORA_CUSTOMER_ID',
  'AGORA_CUSTOMER_SECRET',
] as const;

/** What the gateway runs against; null while that depends on a file that could not be read. */
function readMode(
  environment: Environment,
  { values, given }: ReadEnvironment,
  config: GatewayConfig | null,
  problems: string[],
): 'sandbox' | 'agora' | null {
  const agora: string[] = AGORA_NAMES.filter((name) => given.has(name));
  if (config !== null && config.projects.length > 0) agora.push('projects in GATEWAY_CONFIG');
  if (values.SANDBOX === false && given.has('SANDBOX_URL')) {
    problems.push('SANDBOX=off and SANDBOX_URL contradict each other. Unset one of them.');
  }
  if (values.SANDBOX === true || given.has('SANDBOX_URL')) {
    const name = given.has('SANDBOX_URL') ? 'SANDBOX_URL' : 'SANDBOX=on';
    if (agora.length > 0) {
      problems.push(`${name} and ${agora.join(', ')} are set. Use either the sandbox or Agora.`);
    }
    return 'sandbox';
  }
  if (agora.length > 0 || values.SANDBOX === false) return 'agora';
  if (config === null) return null;
  if (environment.NODE_ENV?.trim() === 'production') {
    problems.push(
      'No Agora project is configured. Set AGORA_APP_ID, AGORA_CUSTOMER_ID and AGORA_CUSTOMER_SECRET, or SANDBOX=on to run ' +
        'against a sandbox although NODE_ENV is production.',
    );
  }
  return 'sandbox';
}

/** The customer pairs, from one of the two ways to give them. */
function readCustomers({ values, given }: ReadEnvironment, problems: string[]): Credentials[] {
  const { AGORA_CUSTOMERS: customers, AGORA_CUSTOMER_ID: id, AGORA_CUSTOMER_SECRET: secret } = values;
  const single = (['AGORA_CUSTOMER_ID', 'AGORA_CUSTOMER_SECRET'] as const).filter((name) => given.has(name));
  if (given.has('AGORA_CUSTOMERS')) {
    if (single.length > 0)
      problems.push(`AGORA_CUSTOMERS replaces ${single.join(' and ')}. Unset the latter.`);
    return customers ?? [];
  }
  for (const name of ['AGORA_CUSTOMER_ID', 'AGORA_CUSTOMER_SECRET'] as const) {
    if (!given.has(name))
      problems.push(`${name} is missing. To run against the sandbox, unset all of AGORA_*.`);
  }
  return id === undefined || secret === undefined ? [] : [{ customerId: id, customerSecret: secret }];
}

/** The project of AGORA_APP_ID first, then those of the file. */
function readProjects(
  { values, given }: ReadEnvironment,
  config: GatewayConfig | null,
  problems: string[],
): ProjectSettings[] {
  const { AGORA_APP_ID: appId, AGORA_WEBHOOK_SECRETS: webhookSecrets = [] } = values;
  const { AGORA_APP_CERTIFICATE: appCertificate = null } = values;
  // With a file that could not be read nothing is known of its projects.
  if (!given.has('AGORA_APP_ID') && config?.projects.length === 0) {
    problems.push('AGORA_APP_ID is missing. To run against the sandbox, unset all of AGORA_*.');
  }
  if (!given.has('AGORA_APP_ID') && (config?.projects.length ?? 0) > 0) {
    for (const name of (['AGORA_WEBHOOK_SECRETS', 'AGORA_APP_CERTIFICATE'] as const).filter((each) =>
      given.has(each),
    )) {
      problems.push(
        `${name} belongs to AGORA_APP_ID, which is not set. Move it to the project in GATEWAY_CONFIG.`,
      );
    }
  }
  const own = appId === undefined ? [] : [{ appId, appCertificate, webhookSecrets }];
  const projects = [...own, ...(config?.projects ?? [])];
  const appIds = projects.map((project) => project.appId);
  for (const repeated of new Set(appIds.filter((each, index) => appIds.indexOf(each) !== index))) {
    problems.push(`GATEWAY_CONFIG: project ${repeated} is configured twice (AGORA_APP_ID counts as one).`);
  }
  return projects;
}

/** The settings; throws InvalidSettingsError with every problem. */
export function requireSettings(environment: Environment): Settings {
  const read = readSettings(environment);
  if ('problems' in read) throw new InvalidSettingsError(read.problems);
  return read.settings;
}

/** Reads all settings, and reports every problem at once. */
export function readSettings(environment: Environment): SettingsResult {
  const problems: string[] = [];
  const read = readEnvironment(environment, problems);
  const { values, given } = read;
  const config = readGatewayConfig(values.GATEWAY_CONFIG, problems);
  if (!isLoopback(values.HOST) && !given.has('AUTH')) {
    problems.push(
      `HOST is ${values.HOST}, which exposes an API without authentication. Set AUTH=jwt or AUTH=keys; AUTH=off only behind a proxy that authenticates.`,
    );
  }
  if (values.METRICS_PORT === values.PORT && values.PORT !== 0) {
    problems.push(
      'METRICS_PORT and PORT are the same. Set another one, or unset METRICS_PORT to serve /metrics on PORT.',
    );
  }
  const auth = readAuth(read, problems);
  if (values.TRUSTED_DOCUMENTS_ONLY && !given.has('TRUSTED_DOCUMENTS')) {
    problems.push('TRUSTED_DOCUMENTS_ONLY is true: TRUSTED_DOCUMENTS is missing.');
  }
  const files = values.TRUSTED_DOCUMENTS;
  const documents = files === undefined ? null : new Map(files.flatMap((entries) => [...entries]));
  const mode = readMode(environment, read, config, problems);
  if (mode === 'agora' && given.has('CLOCK_SPEED')) {
    problems.push('CLOCK_SPEED applies to the sandbox only. Unset it.');
  }
  const agora =
    mode !== 'agora'
      ? null
      : {
          customers: readCustomers(read, problems),
          apiUrls: values.AGORA_API_URLS,
          projects: readProjects(read, config, problems),
        };
  if (problems.length > 0 || config === null || mode === null || auth === null) return { problems };
  const { storageProfiles, allowInlineStorage, retentionDays } = config;
  return {
    settings: {
      host: values.HOST,
      port: values.PORT,
      metricsPort: values.METRICS_PORT ?? null,
      agora,
      sandbox:
        mode === 'agora'
          ? null
          : {
              url: values.SANDBOX_URL ?? null,
              port: values.SANDBOX_PORT,
              appCertificate: values.AGORA_APP_CERTIFICATE ?? null,
              webhookSecrets: values.AGORA_WEBHOOK_SECRETS ?? [],
              clockSpeed: values.CLOCK_SPEED ?? null,
            },
      storageProfiles,
      allowInlineStorage,
      databaseUrl:
        values.DATABASE_URL ?? new Secret(mode === 'sandbox' ? SANDBOX_DATABASE_URL : DATABASE_URL),
      databaseUrlFile: read.files.get('DATABASE_URL') ?? null,
      allowedHosts: values.ALLOWED_HOSTS,
      allowedOrigins: values.ALLOWED_ORIGINS ?? (mode === 'sandbox' ? 'this-machine' : []),
      trustedProxies: values.TRUSTED_PROXIES,
      outgoingHosts: values.OUTGOING_HOSTS,
      auth,
      callerLimits: {
        operations: values.LIMIT_OPERATIONS,
        cost: values.LIMIT_COST,
        subscriptions: values.LIMIT_SUBSCRIPTIONS,
        connections: values.LIMIT_CONNECTIONS,
      },
      webhookSources: {
        allowed: values.WEBHOOK_ALLOWED_ADDRESSES ?? null,
        refusals: values.LIMIT_WEBHOOK_REFUSALS,
      },
      maxUnknownRecordings: values.LIMIT_UNKNOWN_RECORDINGS,
      trustedDocuments: { documents, only: values.TRUSTED_DOCUMENTS_ONLY },
      introspection: values.INTROSPECTION ?? mode === 'sandbox',
      playground: values.PLAYGROUND ?? mode === 'sandbox',
      console: values.CONSOLE ?? mode === 'sandbox',
      mediaProxy: values.MEDIA_PROXY,
      mediaSecret: values.MEDIA_SECRET ?? null,
      retentionDays,
      logLevel: values.LOG_LEVEL,
    },
  };
}
