import * as z from 'zod';
import { Secret } from '@agora-recording-gateway/agora/client/secret';
import { STORAGE_EFFECTS, STORAGE_RULES } from '@agora-recording-gateway/agora/tables/storage-rules';
import {
  STORAGE_VENDORS,
  storageRegion,
  storageVendor,
} from '@agora-recording-gateway/agora/tables/storage-vendors';
import { readText, reasonOf } from './files.js';
import { parseJson } from './json.js';

export interface StorageCredentialsSettings {
  accessKey: Secret;
  secretKey: Secret;
  stsToken: Secret | null;
  /** Unix seconds. */
  stsExpiration: number | null;
}

/** A place that recorded files may go to. */
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
  /** The credentials as they are now: a credentialsFile is read each time, so that a replaced one takes effect. */
  credentials(): Promise<StorageCredentialsSettings>;
  /** The key with which files are read, from readCredentialsFile; null if none is configured. Rejects if it cannot be read. */
  readCredentials: (() => Promise<StorageCredentialsSettings>) | null;
  /** Whether the storage is asked, once a recording has completed, if its files are there. */
  checkFiles: boolean;
}

const text = z.string().trim().min(1, 'must not be empty');

const Credentials = z.strictObject({
  accessKey: text,
  secretKey: text,
  stsToken: text.optional(),
  stsExpiration: z.number().int().positive().optional(),
});

type Credentials = z.infer<typeof Credentials>;

const code = z.union([z.number().int().min(0), text]);

const ProfileFields = z.strictObject({
  name: text,
  default: z.boolean().default(false),
  vendor: code,
  region: code.optional(),
  bucket: text,
  accessKey: text.optional(),
  secretKey: text.optional(),
  credentialsFile: text.optional(),
  readCredentialsFile: text.optional(),
  checkFiles: z.boolean().default(false),
  fileNamePrefix: z.array(z.string()).default([]),
  sse: z.enum(['kms', 'aes256']).optional(),
  tag: text.optional(),
  endpoint: text.optional(),
});

export const PROFILE_FIELDS = Object.keys(ProfileFields.shape);
export const CREDENTIALS_FIELDS = Object.keys(Credentials.shape);

export type ProfileFields = z.infer<typeof ProfileFields>;

/** Agora's number for something that is given as this number or by its name; null for an unknown name. */
function codeOf(given: number | string, rows: readonly { code: number; name: string }[]): number | null {
  if (typeof given === 'number') return given;
  return rows.find(({ name }) => name === given.toUpperCase())?.code ?? null;
}

function mustBeOneOf(what: string, rows: readonly { code: number; name: string }[]): string {
  const names = rows.map((row) => `${row.name} (${row.code})`).join(', ');
  return names === '' ? `${what} must be a number` : `${what} must be one of ${names}`;
}

/** What is in a credentials file is never quoted. */
function parseCredentials(json: unknown): Credentials {
  const parsed = Credentials.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
}

function readCredentialsFrom(path: string): Credentials {
  const json = parseJson(readText(path));
  if ('problem' in json) throw new Error(`${path} ${json.problem}`);
  try {
    return parseCredentials(json.value);
  } catch (error) {
    throw new Error(`${path}: ${reasonOf(error)}`, { cause: error });
  }
}

function uploadCredentials({ accessKey, secretKey, credentialsFile }: ProfileFields): Credentials {
  return credentialsFile === undefined
    ? parseCredentials({ accessKey, secretKey })
    : readCredentialsFrom(credentialsFile);
}

function asSecrets({
  accessKey,
  secretKey,
  stsToken,
  stsExpiration,
}: Credentials): StorageCredentialsSettings {
  return {
    accessKey: new Secret(accessKey),
    secretKey: new Secret(secretKey),
    stsToken: stsToken === undefined ? null : new Secret(stsToken),
    stsExpiration: stsExpiration ?? null,
  };
}

/** All that is wrong with a profile whose fields are well formed. */
function profileProblems(profile: ProfileFields): string[] {
  const { accessKey, secretKey, credentialsFile, bucket, fileNamePrefix, sse, tag, endpoint } = profile;
  const inline = accessKey !== undefined || secretKey !== undefined;
  if (inline === (credentialsFile !== undefined)) {
    return ['set either accessKey and secretKey, or credentialsFile'];
  }
  if (profile.checkFiles && profile.readCredentialsFile === undefined) {
    return ['checkFiles needs readCredentialsFile, the key that files are read with'];
  }
  const vendor = codeOf(profile.vendor, STORAGE_VENDORS);
  const found = vendor === null ? null : storageVendor(vendor);
  if (vendor === null || found === null) return [mustBeOneOf('vendor', STORAGE_VENDORS)];
  const regionGiven = profile.region ?? (found.regions.length > 0 ? null : 0);
  const region = regionGiven === null ? null : codeOf(regionGiven, found.regions);
  if (region === null) return [mustBeOneOf('region', found.regions)];
  try {
    const extensionParams = {
      ...(sse === undefined ? {} : { sse }),
      ...(tag === undefined ? {} : { tag }),
      ...(endpoint === undefined ? {} : { endpoint }),
    };
    const config = { vendor, region, bucket, fileNamePrefix, extensionParams, ...uploadCredentials(profile) };
    if (profile.readCredentialsFile !== undefined) readCredentialsFrom(profile.readCredentialsFile);
    return [...STORAGE_RULES, ...STORAGE_EFFECTS]
      .filter((rule) => rule.broken(config))
      .map(({ message }) => message);
  } catch (error) {
    return [`cannot read the credentials: ${reasonOf(error)}`];
  }
}

export const Profile = ProfileFields.superRefine((profile, context) => {
  for (const problem of profileProblems(profile)) {
    context.addIssue({ code: 'custom', message: `storage profile ${profile.name}: ${problem}` });
  }
});

/**
 * A region by a number that the table of its vendor does not hold. It may be one that the vendor opened lately, so it is
 * worth a warning only.
 */
export function hasUnknownRegion({ vendor, region }: StorageProfileSettings): boolean {
  return (storageVendor(vendor)?.regions.length ?? 0) > 0 && storageRegion(vendor, region) === null;
}

/** The keys of a profile, as they are now: those for uploading, and those for reading where there are any. */
export async function credentialsOf(
  profile: Pick<StorageProfileSettings, 'credentials' | 'readCredentials'>,
): Promise<StorageCredentialsSettings[]> {
  const upload = await profile.credentials();
  return profile.readCredentials === null ? [upload] : [upload, await profile.readCredentials()];
}

export function profileSettings(profile: ProfileFields, isOnly: boolean): StorageProfileSettings {
  const { name, bucket, fileNamePrefix, sse = null, tag = null, endpoint = null } = profile;
  const { readCredentialsFile, checkFiles } = profile;
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
    checkFiles,
    credentials: () => new Promise((resolve) => resolve(asSecrets(uploadCredentials(profile)))),
    readCredentials:
      readCredentialsFile === undefined
        ? null
        : () => new Promise((resolve) => resolve(asSecrets(readCredentialsFrom(readCredentialsFile)))),
  };
}
