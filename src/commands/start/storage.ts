import { type StorageConfig } from '@agora-recording-gateway/agora/client/requests';
import { type Secret } from '@agora-recording-gateway/agora/client/secret';
import { STORAGE_RULES } from '@agora-recording-gateway/agora/tables/storage-rules';
import { storageRegion } from '@agora-recording-gateway/agora/tables/storage-vendors';
import { type StorageLocation } from '../../recordings/observation.js';
import { given } from './given.js';
import { userError, type UserError } from '../user-errors.js';

export interface StorageCredentials {
  accessKey: Secret;
  secretKey: Secret;
  stsToken: Secret | null;
  /** Unix seconds; null for credentials that do not expire. */
  stsExpiration: number | null;
}

/** A place for files, as the operator configured it. */
export interface StorageProfile {
  name: string;
  isDefault: boolean;
  vendor: number;
  region: number;
  bucket: string;
  fileNamePrefix: string[];
  sse: string | null;
  tag: string | null;
  endpoint: string | null;
  /** The credentials as they are now: read again each time where they come from a file. */
  credentials(): Promise<StorageCredentials>;
  /** The key with which files are read; null if none is configured. */
  readCredentials: (() => Promise<StorageCredentials>) | null;
  /** Whether the storage is asked, once a recording has completed, if its files are there. */
  checkFiles: boolean;
}

interface VendorCode {
  vendor: number;
  region: number;
}

/** Vendor and region: exactly one of the fields. */
export interface StorageLocationInput {
  amazonS3?: number | null;
  alibabaCloud?: number | null;
  tencentCloud?: number | null;
  kingsoftCloud?: number | null;
  huaweiCloud?: number | null;
  baiduIntelligentCloud?: number | null;
  /** Microsoft Azure or Google Cloud, where the region is ignored. */
  global?: number | null;
  s3Compatible?: { endpoint: string } | null;
  other?: VendorCode | null;
}

export interface StorageConfigInput {
  location: StorageLocationInput;
  bucket: string;
  accessKey: string;
  secretKey: string;
  stsToken?: string | null;
  stsExpiration?: Date | null;
  fileNamePrefix?: string[] | null;
  extensionParams?: { sse?: string | null; tag?: string | null } | null;
}

/** A storage that was chosen: what is sent of it, what may be written down, and what must not be. */
export interface ChosenStorage {
  config: StorageConfig;
  location: StorageLocation;
  secrets: string[];
}

/** What of a storage everybody may see who sees the recording: no secret, also where it looks like one. */
export function publicTextsOf(location: StorageLocation | null | undefined): string[] {
  return location == null ? [] : [location.bucket, ...location.fileNamePrefix];
}

const VENDOR_FIELDS = {
  amazonS3: 1,
  alibabaCloud: 2,
  tencentCloud: 3,
  kingsoftCloud: 4,
  huaweiCloud: 7,
  baiduIntelligentCloud: 8,
} as const;

const S3_COMPATIBLE = 11;

function vendorOf(location: StorageLocationInput): VendorCode & { endpoint?: string } {
  for (const [field, vendor] of Object.entries(VENDOR_FIELDS)) {
    const region = location[field as keyof typeof VENDOR_FIELDS];
    if (region != null) return { vendor, region };
  }
  if (location.s3Compatible != null) return { vendor: S3_COMPATIBLE, region: 0, ...location.s3Compatible };
  return location.other ?? { vendor: location.global ?? 0, region: 0 };
}

function chosen(
  config: StorageConfig,
  profile: Pick<StorageProfile, 'name' | 'checkFiles'> | null,
): ChosenStorage {
  const { vendor, region, bucket, accessKey, secretKey, stsToken, stsExpiration } = config;
  return {
    config,
    location: {
      profile: profile?.name ?? null,
      vendor,
      region,
      bucket,
      fileNamePrefix: config.fileNamePrefix ?? [],
      sse: config.extensionParams?.sse ?? null,
      tag: config.extensionParams?.tag ?? null,
      endpoint: config.extensionParams?.endpoint ?? null,
      expireAt: stsExpiration === undefined ? null : stsExpiration * 1000,
      ...(profile?.checkFiles === true ? { checkFiles: true } : {}),
    },
    secrets: [accessKey, secretKey, ...(stsToken === undefined ? [] : [stsToken])],
  };
}

function storageConfig(
  place: Omit<StorageConfig, 'extensionParams'>,
  extension: { sse?: string | null; tag?: string | null; endpoint?: string | null },
): StorageConfig {
  const extensionParams = given(extension);
  return { ...place, ...(Object.keys(extensionParams).length > 0 ? { extensionParams } : {}) };
}

/** Reads a profile's credentials as they are now. Rejects when their file cannot be read. */
export async function fromProfile(profile: StorageProfile): Promise<ChosenStorage> {
  const { vendor, region, bucket, fileNamePrefix, sse, tag, endpoint } = profile;
  const { accessKey, secretKey, stsToken, stsExpiration } = await profile.credentials();
  const place = {
    vendor,
    region,
    bucket,
    accessKey: accessKey.reveal(),
    secretKey: secretKey.reveal(),
    ...given({ stsToken: stsToken?.reveal(), stsExpiration }),
    ...(fileNamePrefix.length > 0 ? { fileNamePrefix } : {}),
  };
  return chosen(storageConfig(place, { sse, tag, endpoint }), profile);
}

export function fromInput(input: StorageConfigInput): ChosenStorage {
  const { location, extensionParams, stsExpiration, ...same } = input;
  const { vendor, region, endpoint } = vendorOf(location);
  const seconds = stsExpiration == null ? null : Math.floor(stsExpiration.getTime() / 1000);
  const { bucket, accessKey, secretKey, ...optional } = same;
  const place = {
    vendor,
    region,
    bucket,
    accessKey,
    secretKey,
    ...given({ ...optional, stsExpiration: seconds }),
  };
  return chosen(storageConfig(place, { ...extensionParams, endpoint }), null);
}

const RULE_PATHS: Record<string, string[]> = {
  sse: ['extensionParams', 'sse'],
  tag: ['extensionParams', 'tag'],
  endpoint: ['location'],
};

/** All that Agora would refuse of a storage that came with a request. `at`: its path in the input; `now` in milliseconds. */
export function validateStorage(input: StorageConfigInput, at: readonly string[], now: number): UserError[] {
  const { config, location } = fromInput(input);
  const errors = STORAGE_RULES.filter(({ broken }) => broken(config)).map(({ field, message }) =>
    userError('INVALID_PARAMETER', message, { field: [...at, ...(RULE_PATHS[field] ?? [field])] }),
  );
  if (location.expireAt !== null && location.expireAt <= now) {
    const message = 'stsExpiration has passed: take fresh credentials, valid for at least 4 hours.';
    errors.push(userError('INVALID_PARAMETER', message, { field: [...at, 'stsExpiration'] }));
  }
  return errors;
}

/** Agora uploads within the region of its servers only (docs/agora/starting-and-stopping.md, acquire). */
export function validateArea(
  { vendor, region }: Pick<StorageLocation, 'vendor' | 'region'>,
  area: string | null | undefined,
): UserError[] {
  const place = storageRegion(vendor, region);
  if (area == null || place === null || place.area === null || place.area === area) return [];
  const message = `The storage lies in ${place.area} (${place.name}): set region to ${place.area}, or choose another storage.`;
  return [userError('INVALID_PARAMETER', message, { field: ['region'] })];
}
