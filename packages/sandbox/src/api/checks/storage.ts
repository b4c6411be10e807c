import { z } from 'zod';

/** Vendors by number (agora-facts.md, section 6); 0 and 4 are of older documents. */
const VENDORS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 11];

const S3_COMPATIBLE = 11;

/** Vendors that take temporary credentials. */
const STS_VENDORS = [1, 2, 3];

/** Longest path that the prefixes make, slashes included (rest-api-reference.md, storageConfig). */
const LONGEST_PREFIX = 128;

/** storageConfig, as start and update take it. Whether the keys are right shows later. */
export const storageConfig = z
  .looseObject({
    vendor: z.number().refine((vendor) => VENDORS.includes(vendor)),
    region: z.number().int().min(0),
    bucket: z.string().min(1),
    accessKey: z.string().min(1),
    secretKey: z.string().min(1),
    stsToken: z.string().optional(),
    stsExpiration: z.number().int().positive().optional(),
    fileNamePrefix: z.array(z.string().regex(/^[a-zA-Z0-9]+$/)).default([]),
    extensionParams: z.looseObject({ endpoint: z.string().min(1).optional() }).optional(),
  })
  .refine(
    ({ fileNamePrefix }) => fileNamePrefix.map((item) => `${item}/`).join('').length <= LONGEST_PREFIX,
    {
      path: ['fileNamePrefix'],
    },
  )
  .refine(({ vendor, stsToken }) => stsToken === undefined || STS_VENDORS.includes(vendor), {
    path: ['stsToken'],
  })
  .refine(
    ({ vendor, extensionParams }) => vendor !== S3_COMPATIBLE || extensionParams?.endpoint !== undefined,
    {
      path: ['extensionParams', 'endpoint'],
    },
  );

export type GivenStorage = z.infer<typeof storageConfig>;

/** The bucket that does not exist, and the key that is wrong, for whoever wants to see what follows. */
export const REFUSED_STORAGE = { bucket: 'no-such-bucket', secretKey: 'wrong' } as const;

/** Whether the storage will refuse the upload, which Agora finds out after start was answered. */
export function storageRefuses(storage: GivenStorage): boolean {
  return storage.bucket === REFUSED_STORAGE.bucket || storage.secretKey === REFUSED_STORAGE.secretKey;
}
