import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { Secret } from '@agora-recording-gateway/agora/client/secret';
import { readGatewayConfig, type ProjectSettings, type StorageProfileSettings } from './gateway-config.js';

/** Every setting of the process, read once. */
export interface Settings {
  host: string;
  port: number;
  /** Null in sandbox mode until the sandbox has told its own. */
  agora: {
    customerId: string;
    customerSecret: Secret;
    apiUrls: string[];
    projects: ProjectSettings[];
  } | null;
  /** Sandbox mode, and where the sandbox is: null there means that this process starts one. */
  sandbox: { url: string | null; port: number; webhookSecrets: string[]; clockSpeed: number | null } | null;
  storageProfiles: StorageProfileSettings[];
  /** Whether a request may bring a storage with its keys. */
  allowInlineStorage: boolean;
  /** `file:PATH` or `postgres://…`; the latter may hold a password. */
  databaseUrl: Secret;
  /** Days that ended recordings are kept; null for good. */
  retentionDays: number | null;
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
}

export type SettingsResult = { settings: Settings } | { problems: string[] };

const DEFAULT_API_URLS = 'https://api.agora.io,https://api.sd-rtn.com';

const port = z.coerce.number().int().min(0).max(65_535);

const url = z.url({ protocol: /^https?$/ });

const ENVIRONMENT = {
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.default(4000),
  SANDBOX_PORT: port.default(4001),
  SANDBOX_URL: url.optional(),
  DATABASE_URL: z
    .string()
    .regex(/^(file:.+|postgres(ql)?:\/\/.+)/, 'must be file:PATH or postgres://USER:PASSWORD@HOST/DATABASE')
    .optional(),
  AGORA_APP_ID: z
    .string()
    .regex(/^[0-9a-f]{32}$/i, 'must be the 32 hexadecimal digits of a project')
    .optional(),
  AGORA_CUSTOMER_ID: z.string().min(1).optional(),
  AGORA_CUSTOMER_SECRET: z.string().min(1).optional(),
  AGORA_API_URLS: z.string().default(DEFAULT_API_URLS),
  AGORA_WEBHOOK_SECRETS: z.string().default(''),
  AUTH: z.enum(['off'], 'only off is there yet: let a proxy in front authenticate').optional(),
  CLOCK_SPEED: z.coerce.number().positive().max(10_000).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  GATEWAY_CONFIG: z.string().optional(),
};

/** Each of these may also be given as NAME_FILE, a file whose content is the value. */
const SECRETS = ['AGORA_CUSTOMER_SECRET', 'AGORA_WEBHOOK_SECRETS', 'DATABASE_URL'] as const;

type Env = Record<string, string | undefined>;

function withFiles(env: Env, problems: string[]): Env {
  const values: Env = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  for (const name of SECRETS) {
    const file = values[`${name}_FILE`];
    if (file === undefined) continue;
    if (values[name] !== undefined) {
      problems.push(`${name} and ${name}_FILE are both set: give one of them.`);
      continue;
    }
    try {
      values[name] = readFileSync(file, 'utf8').trim();
    } catch (error) {
      problems.push(`${name}_FILE cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return values;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function list(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

type Values = { [Name in keyof typeof ENVIRONMENT]: z.output<(typeof ENVIRONMENT)[Name]> };

/** Each setting by itself, so that one that is wrong hides none of the others; it then counts as not set. */
function readValues(env: Env, problems: string[]): Values {
  const read = (name: string, type: z.ZodType): unknown => {
    const parsed = type.safeParse(env[name]);
    if (parsed.success) return parsed.data;
    problems.push(...parsed.error.issues.map((issue) => `${name}: ${issue.message}`));
    return type.safeParse(undefined).data;
  };
  return Object.fromEntries(
    Object.entries(ENVIRONMENT).map(([name, type]) => [name, read(name, type)]),
  ) as unknown as Values;
}

function readApiUrls(text: string, problems: string[]): string[] {
  const apiUrls = list(text).map((item) => item.replace(/\/+$/, ''));
  if (apiUrls.length === 0) problems.push('AGORA_API_URLS: name at least one address.');
  for (const item of apiUrls) {
    if (!url.safeParse(item).success) problems.push(`AGORA_API_URLS: ${item} is no http or https address.`);
  }
  return apiUrls;
}

/** Reads all settings, and tells every problem at once. */
export function readSettings(env: Env): SettingsResult {
  const problems: string[] = [];
  const settings = withFiles(env, problems);
  const values = readValues(settings, problems);
  const config = readGatewayConfig(values.GATEWAY_CONFIG, problems);
  if (!isLoopback(values.HOST) && settings.AUTH === undefined) {
    problems.push(
      `HOST is ${values.HOST}, so anybody who reaches it could record: set AUTH=off if something in front authenticates.`,
    );
  }
  const apiUrls = readApiUrls(values.AGORA_API_URLS, problems);
  const wanted = ['AGORA_APP_ID', 'AGORA_CUSTOMER_ID', 'AGORA_CUSTOMER_SECRET'] as const;
  const given = wanted.filter((name) => settings[name] !== undefined);
  const otherProjects = config === null || config.projects.length > 0;
  const sandboxMode = settings.SANDBOX_URL !== undefined || (given.length === 0 && !otherProjects);
  if (sandboxMode && given.length > 0) {
    problems.push(`SANDBOX_URL and ${given.join(', ')} are set: choose the sandbox or Agora.`);
  }
  if (!sandboxMode && (config !== null || given.length > 0)) {
    for (const name of wanted) {
      if (settings[name] === undefined && !(name === 'AGORA_APP_ID' && otherProjects)) {
        problems.push(`${name} is missing. Unset all of AGORA_* to play with the sandbox.`);
      }
    }
  }
  if (!sandboxMode && values.CLOCK_SPEED !== undefined) {
    problems.push('CLOCK_SPEED is for the sandbox only: unset it.');
  }
  const {
    AGORA_APP_ID: appId,
    AGORA_CUSTOMER_ID: customerId,
    AGORA_CUSTOMER_SECRET: customerSecret,
  } = values;
  const webhookSecrets = list(values.AGORA_WEBHOOK_SECRETS);
  const ownProject =
    appId === undefined ? [] : [{ appId, webhookSecrets: webhookSecrets.map((text) => new Secret(text)) }];
  const projects = [...ownProject, ...(config?.projects ?? [])];
  if (new Set(projects.map((project) => project.appId)).size < projects.length) {
    problems.push('GATEWAY_CONFIG: a project is named twice (AGORA_APP_ID counts as one).');
  }
  if (problems.length > 0 || config === null) return { problems };
  return {
    settings: {
      host: values.HOST,
      port: values.PORT,
      agora:
        sandboxMode || customerId === undefined || customerSecret === undefined
          ? null
          : { customerId, customerSecret: new Secret(customerSecret), apiUrls, projects },
      sandbox: sandboxMode
        ? {
            url: values.SANDBOX_URL?.replace(/\/+$/, '') ?? null,
            port: values.SANDBOX_PORT,
            webhookSecrets,
            clockSpeed: values.CLOCK_SPEED ?? null,
          }
        : null,
      storageProfiles: config.storageProfiles,
      allowInlineStorage: config.allowInlineStorage,
      databaseUrl: new Secret(
        values.DATABASE_URL ?? (sandboxMode ? 'file:./data/sandbox.db' : 'file:./data/gateway.db'),
      ),
      retentionDays: config.retentionDays,
      logLevel: values.LOG_LEVEL,
    },
  };
}
