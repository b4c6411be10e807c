import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { Secret } from '@agora-recording-gateway/agora/client/secret';
import { STORAGE_RULES } from '@agora-recording-gateway/agora/tables/storage-rules';
import { STORAGE_VENDORS, storageVendor } from '@agora-recording-gateway/agora/tables/storage-vendors';

export interface ProjectSettings {
  appId: string;
  webhookSecrets: Secret[];
}

export interface StorageCredentialsSettings {
  accessKey: Secret;
  secretKey: Secret;
  stsToken: Secret | null;
  /** Unix seconds. */
  stsExpiration: number | null;
}

export interface StorageProfileSettings {
  name: string;
  isDefault: boolean;
  vendor: number;
  region: number;
  bucket: string;
  fileNamePrefix: string[];
  sse: string | null;
  tag: string | null;
  endpoint: string | null;
  /** The credentials as they are now: a file is read each time, so that what replaces it is taken up. */
  credentials(): Promise<StorageCredentialsSettings>;
}

export interface GatewayConfig {
  /** Ended recordings are removed after so many days without news; null keeps them for good. */
  retentionDays: number | null;
  projects: ProjectSettings[];
  storageProfiles: StorageProfileSettings[];
  allowInlineStorage: boolean;
}

const Credentials = z.strictObject({
  accessKey: z.string().min(1),
  secretKey: z.string().min(1),
  stsToken: z.string().min(1).optional(),
  stsExpiration: z.number().int().positive().optional(),
});

/** A number of Agora's, given as such or by its name in agora/tables/storage-vendors.ts; null for an unknown name. */
function codeOf(given: number | string, rows: readonly { code: number; name: string }[]): number | null {
  if (typeof given === 'number') return given;
  return rows.find(({ name }) => name === given.toUpperCase())?.code ?? null;
}

function unknownName(what: string, rows: readonly { name: string }[]): string {
  const names = rows.map(({ name }) => name).join(', ');
  return `${what} must be a number${names === '' ? '' : `, or one of: ${names}`}.`;
}

function parseCredentials(json: unknown): z.infer<typeof Credentials> {
  const parsed = Credentials.safeParse(json);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  throw new Error(`they are not as they should be: ${faults.join('; ')}`);
}

/** The file as it is now. What it holds is never quoted. */
function readCredentialsFile(path: string): z.infer<typeof Credentials> {
  const text = readFileSync(path, 'utf8');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error(`${path} is no JSON`);
  }
  return parseCredentials(json);
}

const code = z.union([z.number().int().min(0), z.string()]);

const ProfileFields = z.strictObject({
  name: z.string().min(1),
  default: z.boolean().default(false),
  vendor: code,
  region: code.optional(),
  bucket: z.string().min(1),
  accessKey: z.string().min(1).optional(),
  secretKey: z.string().min(1).optional(),
  credentialsFile: z.string().min(1).optional(),
  fileNamePrefix: z.array(z.string()).default([]),
  sse: z.enum(['kms', 'aes256']).optional(),
  tag: z.string().min(1).optional(),
  endpoint: z.string().min(1).optional(),
});

type ProfileFields = z.infer<typeof ProfileFields>;

function readCredentials({
  accessKey,
  secretKey,
  credentialsFile,
}: ProfileFields): z.infer<typeof Credentials> {
  return credentialsFile === undefined
    ? parseCredentials({ accessKey, secretKey })
    : readCredentialsFile(credentialsFile);
}

/** All that is wrong with a profile whose fields are well formed. */
function profileProblems(profile: ProfileFields): string[] {
  const { accessKey, secretKey, credentialsFile, bucket, fileNamePrefix, sse, tag, endpoint } = profile;
  const inline = accessKey !== undefined || secretKey !== undefined;
  if (inline === (credentialsFile !== undefined)) {
    return ['give accessKey and secretKey, or a credentialsFile.'];
  }
  const vendor = codeOf(profile.vendor, STORAGE_VENDORS);
  if (vendor === null) return [unknownName('vendor', STORAGE_VENDORS)];
  const regions = storageVendor(vendor)?.regions ?? [];
  if (profile.region === undefined && regions.length > 0) return [unknownName('region', regions)];
  const region = codeOf(profile.region ?? 0, regions);
  if (region === null) return [unknownName('region', regions)];
  try {
    const extensionParams = {
      ...(sse === undefined ? {} : { sse }),
      ...(tag === undefined ? {} : { tag }),
      ...(endpoint === undefined ? {} : { endpoint }),
    };
    const config = { vendor, region, bucket, fileNamePrefix, extensionParams, ...readCredentials(profile) };
    return STORAGE_RULES.filter((rule) => rule.broken(config)).map(({ message }) => message);
  } catch (error) {
    return [`the credentials cannot be read: ${error instanceof Error ? error.message : String(error)}`];
  }
}

const Profile = ProfileFields.superRefine((profile, context) => {
  for (const problem of profileProblems(profile)) {
    context.addIssue({ code: 'custom', message: `storage profile ${profile.name}: ${problem}` });
  }
});

const DEFAULT_RETENTION_DAYS = 90;

const File = z.strictObject({
  retentionDays: z.number().int().min(1).max(36_500).nullable().default(DEFAULT_RETENTION_DAYS),
  projects: z
    .array(
      z.strictObject({
        appId: z.string().regex(/^[0-9a-f]{32}$/i, 'must be the 32 hexadecimal digits of a project'),
        webhookSecrets: z.array(z.string().min(1)).default([]),
      }),
    )
    .default([]),
  storageProfiles: z.array(Profile).default([]),
  allowInlineStorage: z.boolean().default(false),
});

function profileSettings(profile: ProfileFields, isOnly: boolean): StorageProfileSettings {
  const { name, bucket, fileNamePrefix, sse = null, tag = null, endpoint = null } = profile;
  const vendor = codeOf(profile.vendor, STORAGE_VENDORS) ?? 0;
  const region = codeOf(profile.region ?? 0, storageVendor(vendor)?.regions ?? []) ?? 0;
  return {
    name,
    isDefault: profile.default || isOnly,
    vendor,
    region,
    bucket,
    fileNamePrefix,
    sse,
    tag,
    endpoint,
    credentials: () =>
      new Promise((resolve) => {
        const { accessKey, secretKey, stsToken, stsExpiration } = readCredentials(profile);
        resolve({
          accessKey: new Secret(accessKey),
          secretKey: new Secret(secretKey),
          stsToken: stsToken === undefined ? null : new Secret(stsToken),
          stsExpiration: stsExpiration ?? null,
        });
      }),
  };
}

/**
 * Reads the file named by GATEWAY_CONFIG: projects beside AGORA_APP_ID, and the places that files may go to. Null after
 * a problem.
 */
export function readGatewayConfig(path: string | undefined, problems: string[]): GatewayConfig | null {
  const nothing = {
    projects: [],
    storageProfiles: [],
    allowInlineStorage: false,
    retentionDays: DEFAULT_RETENTION_DAYS,
  };
  if (path === undefined) return nothing;
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    // The parser's message quotes the file, which holds keys: only the place of the fault is told.
    const message = error instanceof Error ? error.message : String(error);
    const place = /at position \d+.*$/.exec(message)?.[0] ?? '';
    problems.push(
      error instanceof SyntaxError
        ? `GATEWAY_CONFIG is no JSON ${place}`.trim()
        : `GATEWAY_CONFIG cannot be read: ${message}`,
    );
    return null;
  }
  const parsed = File.safeParse(json);
  if (!parsed.success) {
    problems.push(
      ...parsed.error.issues.map((issue) => `GATEWAY_CONFIG, ${issue.path.join('.')}: ${issue.message}`),
    );
    return null;
  }
  const { projects, storageProfiles, allowInlineStorage, retentionDays } = parsed.data;
  const names = storageProfiles.map(({ name }) => name);
  if (new Set(names).size < names.length) problems.push('GATEWAY_CONFIG: a storage profile is named twice.');
  if (storageProfiles.filter((profile) => profile.default).length > 1) {
    problems.push('GATEWAY_CONFIG: more than one storage profile is the default.');
  }
  return {
    retentionDays,
    projects: projects.map(({ appId, webhookSecrets }) => ({
      appId,
      webhookSecrets: webhookSecrets.map((text) => new Secret(text)),
    })),
    storageProfiles: storageProfiles.map((profile) => profileSettings(profile, storageProfiles.length === 1)),
    allowInlineStorage,
  };
}
