import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { Secret } from '../agora/secret.js';

export interface ProjectSettings {
  appId: string;
  webhookSecrets: Secret[];
}

export interface StorageProfileSettings {
  name: string;
  isDefault: boolean;
  vendor: number;
  region: number;
  bucket: string;
  accessKey: Secret;
  secretKey: Secret;
  fileNamePrefix: string[];
}

export interface GatewayConfig {
  /** Ended recordings are removed after so many days without news; null keeps them for good. */
  retentionDays: number | null;
  projects: ProjectSettings[];
  storageProfiles: StorageProfileSettings[];
}

/** Directories hold letters and digits only, 128 characters with their slashes (rest-api-reference.md, fileNamePrefix). */
const prefix = z
  .array(z.string().regex(/^[a-zA-Z0-9]+$/, 'takes letters and digits only'))
  .refine((parts) => parts.join('/').length + 1 <= 128, 'is longer than 128 characters with its slashes');

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
  storageProfiles: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        default: z.boolean().default(false),
        vendor: z.number().int().min(0),
        region: z.number().int().min(0),
        bucket: z.string().min(1),
        accessKey: z.string().min(1),
        secretKey: z.string().min(1),
        fileNamePrefix: prefix.default([]),
      }),
    )
    .default([]),
});

/**
 * Reads the file named by GATEWAY_CONFIG: projects beside AGORA_APP_ID, and the places that files may go to. Null after
 * a problem.
 */
export function readGatewayConfig(path: string | undefined, problems: string[]): GatewayConfig | null {
  const nothing = { projects: [], storageProfiles: [], retentionDays: DEFAULT_RETENTION_DAYS };
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
  const { projects, storageProfiles, retentionDays } = parsed.data;
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
    storageProfiles: storageProfiles.map(({ default: isDefault, accessKey, secretKey, ...same }) => ({
      ...same,
      isDefault: isDefault || storageProfiles.length === 1,
      accessKey: new Secret(accessKey),
      secretKey: new Secret(secretKey),
    })),
  };
}
