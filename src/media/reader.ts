import { type Log } from '../telemetry/log.js';
import { createRepeatedLog } from '../telemetry/repeated-log.js';
import { createSigner, type ReadCredentials } from './sign.js';
import { type Bucket, type StoragePlace, storagePlace } from './storage-place.js';
import { type PlaybackUnavailableReason } from './unavailable.js';

/** What is needed of a storage profile. */
export interface ReadableProfile extends Bucket {
  name: string;
  /** The key that may read, as it is now; null if none is configured. Rejects if it cannot be read. */
  readCredentials: (() => Promise<ReadCredentials>) | null;
}

/** The gateway's own addresses are good for this long, since the clock of the storage may be ahead. Seconds. */
export const FETCH_EXPIRES_SECONDS = 900;

/** Whether a name stays in its bucket: addresses have no folder `..`, so that it would name a file elsewhere. */
export function isInBucket(fileName: string): boolean {
  return !fileName.split('/').some((part) => part === '.' || part === '..');
}

/** An address that expires. */
export interface SignedAddress {
  url: string;
  /** Unix milliseconds. */
  expiresAt: number;
}

/** Signs addresses of files in one bucket. */
export interface BucketReader {
  /** `expiresInSeconds`: at most; temporary credentials may end it before. */
  sign(fileName: string, expiresInSeconds: number, method?: 'GET' | 'HEAD'): Promise<SignedAddress>;
}

export interface ReaderParts {
  profiles: () => readonly ReadableProfile[];
  /** Base address of the sandbox's storage, which stands in for all vendors; null outside sandbox mode. */
  sandboxStorage: string | null;
  clock: { now(): number };
  log: Log;
}

function isSamePlace(profile: Bucket, storage: Bucket): boolean {
  const { vendor, region, bucket, endpoint } = storage;
  return (
    profile.vendor === vendor &&
    profile.region === region &&
    profile.bucket === bucket &&
    profile.endpoint === endpoint
  );
}

/** Where the files of a recording are, and the profile whose key reads them. */
export interface ReadableStorage extends Bucket {
  profile: string | null;
}

type Opened = BucketReader | PlaybackUnavailableReason;

/** Where a bucket can be read; null for a vendor or region for which the gateway cannot sign addresses. */
export function readablePlace(storage: Bucket, sandboxStorage: string | null): StoragePlace | null {
  if (sandboxStorage === null) return storagePlace(storage);
  return {
    signature: 'aws-v4',
    base: `${sandboxStorage}/${encodeURIComponent(storage.bucket)}`,
    region: 'us-east-1',
  };
}

/** Unix milliseconds from which a key is of no use. */
function endOf({ stsExpiration }: ReadCredentials): number {
  return stsExpiration === null ? Infinity : stsExpiration * 1000;
}

/** Signs addresses in one bucket with a key that has not expired. */
export function createBucketReader(
  place: StoragePlace,
  credentials: ReadCredentials,
  clock: ReaderParts['clock'],
): BucketReader {
  const endsAt = endOf(credentials);
  const signAddress = createSigner(place, credentials);
  return {
    async sign(fileName, expiresInSeconds, method = 'GET') {
      const signedAt = Math.floor(clock.now() / 1000) * 1000;
      const seconds = Math.max(1, Math.min(expiresInSeconds, Math.floor((endsAt - signedAt) / 1000)));
      const url = await signAddress({ fileName, method, signedAt, expiresInSeconds: seconds });
      return { url, expiresAt: signedAt + seconds * 1000 };
    },
  };
}

/** Opens the storage of a recording for reading, with the key of its profile that may only read. */
export function createReaders({ profiles, sandboxStorage, clock, log }: ReaderParts) {
  const unreadable = createRepeatedLog((fields) =>
    log.warn(fields, 'cannot read the readCredentialsFile of a storage profile'),
  );

  async function open(storage: ReadableStorage | null): Promise<Opened> {
    if (storage === null) return 'STORAGE_UNKNOWN';
    if (storage.profile === null) return 'NO_PROFILE';
    const profile = profiles().find(({ name }) => name === storage.profile);
    if (profile === undefined || !isSamePlace(profile, storage)) return 'PROFILE_CHANGED';
    if (profile.readCredentials === null) return 'NO_READ_CREDENTIALS';
    const place = readablePlace(storage, sandboxStorage);
    if (place === null) return 'VENDOR_NOT_SUPPORTED';
    let credentials: ReadCredentials;
    try {
      credentials = await profile.readCredentials();
    } catch (error) {
      unreadable.note(profile.name, { profile: profile.name, error });
      return 'READ_CREDENTIALS_UNREADABLE';
    }
    if (endOf(credentials) - clock.now() < 1000) {
      unreadable.note(profile.name, {
        profile: profile.name,
        error: 'the temporary credentials have expired',
      });
      return 'READ_CREDENTIALS_UNREADABLE';
    }
    return createBucketReader(place, credentials, clock);
  }

  return {
    open,
    /** Opens each storage once, for the many files that one operation asks for. */
    openingOnce(): (storage: ReadableStorage | null) => Promise<Opened> {
      const opened = new Map<string, Promise<Opened>>();
      return (storage) => {
        const { profile, vendor, region, bucket, endpoint } = storage ?? {};
        const key = JSON.stringify([profile, vendor, region, bucket, endpoint]);
        const found = opened.get(key) ?? open(storage);
        opened.set(key, found);
        return found;
      };
    },
    close: () => unreadable.close(),
  };
}
