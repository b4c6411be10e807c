import * as z from 'zod';
import { type Area } from '@agora-recording-gateway/agora/tables/storage-vendors';
import { type FatalError } from '../../tasks/task.js';
import { optionalText } from './check.js';
import { locationFault } from './storage-location.js';

/** Vendors by number; 0 and 4 are from older documents. */
const VENDORS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 11];

const AMAZON_S3 = 1;
const S3_COMPATIBLE = 11;

/** Vendors that accept temporary credentials. */
const STS_VENDORS = [1, 2, 3];

/** Characters of the path that the prefixes form, including slashes (REST reference, storageConfig). */
const MAX_PREFIX_LENGTH = 128;

/** storageConfig of start and update. Wrong keys and regions show later. */
export const storageConfig = z
  .looseObject({
    vendor: z.number().refine((vendor) => VENDORS.includes(vendor)),
    region: z.number().int().min(0),
    bucket: z.string().min(1),
    accessKey: z.string().min(1),
    secretKey: z.string().min(1),
    stsToken: optionalText,
    stsExpiration: z.number().int().min(0).optional(),
    fileNamePrefix: z.array(z.string().regex(/^[a-zA-Z0-9]+$/)).default([]),
    extensionParams: z
      .looseObject({ endpoint: optionalText, sse: optionalText, tag: optionalText })
      .optional(),
  })
  .refine(
    ({ fileNamePrefix }) => fileNamePrefix.map((item) => `${item}/`).join('').length <= MAX_PREFIX_LENGTH,
    { path: ['fileNamePrefix'] },
  )
  .refine(({ vendor, stsToken }) => stsToken === undefined || STS_VENDORS.includes(vendor), {
    path: ['stsToken'],
  })
  .refine(
    ({ vendor, extensionParams }) => vendor !== S3_COMPATIBLE || extensionParams?.endpoint !== undefined,
    { path: ['extensionParams', 'endpoint'] },
  );

export type GivenStorage = z.infer<typeof storageConfig>;

/** What the check of a start needs to know beyond its request. */
export interface StartContext {
  /** The region of acquire. */
  area: Area;
  /** The time of the call, in milliseconds. */
  nowMs: number;
}

/** A bucket that does not exist, and a key that is wrong, for tests of what follows. */
export const REFUSED_STORAGE = { bucket: 'no-such-bucket', secretKey: 'wrong' } as const;

/** sse and tag are both required, and sse has two values (REST reference, extensionParams); sse is for Amazon S3 only. */
function encryptionFault({ vendor, extensionParams }: GivenStorage): string | null {
  if (vendor !== AMAZON_S3 || extensionParams === undefined) return null;
  const { sse, tag } = extensionParams;
  if (sse !== undefined && !['kms', 'aes256'].includes(sse)) return 'unknown sse';
  return (sse === undefined) === (tag === undefined) ? null : 'sse and tag must be set together';
}

/** Temporary credentials must not have expired (REST reference, stsExpiration). */
function credentialsFault({ stsToken, stsExpiration }: GivenStorage, nowMs: number): string | null {
  if (stsToken === undefined || stsExpiration === undefined) return null;
  return stsExpiration * 1000 <= nowMs ? 'stsToken has expired' : null;
}

function storageFault(storage: GivenStorage, { area, nowMs }: StartContext): string | null {
  if (storage.bucket === REFUSED_STORAGE.bucket || storage.secretKey === REFUSED_STORAGE.secretKey) {
    return 'storage configuration rejected';
  }
  return (
    locationFault(storage.vendor, storage.region, area) ??
    encryptionFault(storage) ??
    credentialsFault(storage, nowMs)
  );
}

/**
 * Why the upload will be refused, or null. Agora finds out after the reply to start (quick start, asynchronous parameter
 * check); 32 is the documented code of event 1.
 */
export function storageRefusal(storage: GivenStorage | undefined, context: StartContext): FatalError | null {
  const fault = storage === undefined ? null : storageFault(storage, context);
  return fault === null ? null : { module: 1, errorCode: 32, errorMsg: fault };
}
