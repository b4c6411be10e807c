import { type Log } from '../telemetry/log.js';
import { createRepeatedLog } from '../telemetry/repeated-log.js';
import { type ReadCredentials, signAddress } from './sign.js';
import { type Bucket, type StoragePlace, storagePlace } from './storage-place.js';
import { type PlaybackUnavailableReason } from './unavailable.js';

/** What is needed of a storage profile. */
export interface ReadableProfile extends Bucket {
  name: string;
  /** The key that may read, as it is now; null if none is configured. Rejects if it cannot be read. */
  readCredentials: (() => Promise<ReadCredentials>) | null;
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

/** Opens the storage of a recording for reading, with the key of its profile that may only read. */
export function createReaders({ profiles, sandboxStorage, clock, log }: ReaderParts) {
  const unreadable = createRepeatedLog((fields) =>
    log.warn(fields, 'cannot read the readCredentialsFile of a storage profile'),
  );

  function placeOf(storage: Bucket): StoragePlace | null {
    if (sandboxStorage === null) return storagePlace(storage);
    return {
      signature: 'aws-v4',
      base: `${sandboxStorage}/${encodeURIComponent(storage.bucket)}`,
      region: 'us-east-1',
    };
  }

  return {
    async open(
      storage: (Bucket & { profile: string | null }) | null,
    ): Promise<BucketReader | PlaybackUnavailableReason> {
      if (storage === null) return 'STORAGE_UNKNOWN';
      if (storage.profile === null) return 'NO_PROFILE';
      const profile = profiles().find(({ name }) => name === storage.profile);
      if (profile === undefined || !isSamePlace(profile, storage)) return 'PROFILE_CHANGED';
      if (profile.readCredentials === null) return 'NO_READ_CREDENTIALS';
      const place = placeOf(storage);
      if (place === null) return 'VENDOR_NOT_SUPPORTED';
      let credentials: ReadCredentials;
      try {
        credentials = await profile.readCredentials();
      } catch (error) {
        unreadable.note(profile.name, { profile: profile.name, error });
        return 'READ_CREDENTIALS_UNREADABLE';
      }
      const endsAt = credentials.stsExpiration === null ? Infinity : credentials.stsExpiration * 1000;
      if (endsAt - clock.now() < 1000) {
        unreadable.note(profile.name, {
          profile: profile.name,
          error: 'the temporary credentials have expired',
        });
        return 'READ_CREDENTIALS_UNREADABLE';
      }
      return {
        async sign(fileName, expiresInSeconds, method = 'GET') {
          const signedAt = Math.floor(clock.now() / 1000) * 1000;
          const seconds = Math.max(1, Math.min(expiresInSeconds, Math.floor((endsAt - signedAt) / 1000)));
          const request = { fileName, method, signedAt, expiresInSeconds: seconds };
          return {
            url: await signAddress(place, credentials, request),
            expiresAt: signedAt + seconds * 1000,
          };
        },
      };
    },
    close: () => unreadable.close(),
  };
}

export type Readers = ReturnType<typeof createReaders>;
