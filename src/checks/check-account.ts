import { randomUUID } from 'node:crypto';
import { callAgora, type Credentials } from '@agora-recording-gateway/agora/client/client';
import { FingerprintKey } from '@agora-recording-gateway/agora/redaction/fingerprint';
import { createRedact } from '@agora-recording-gateway/agora/redaction/redact';
import { type StorageProfile } from '../commands/start/storage.js';
import { checkAgora, probeRequest } from './check-agora.js';
import { checkReading, type CheckReadingParts } from './check-reading.js';
import { type CheckResult } from './check-result.js';
import { checkStorageProfiles } from './check-storage-profiles.js';

export interface CheckedAccount {
  /** Empty in sandbox mode: what a sandbox supplies needs no check. */
  apiUrls: readonly string[];
  customers: readonly Credentials[];
  appIds: readonly string[];
  profiles: readonly StorageProfile[];
}

export interface CheckAccountParts {
  /** Resolves when a call to Agora may be sent. */
  permit: (appId: string) => Promise<unknown>;
  clock: { now(): number };
  /** How storages are asked whether recordings can be played back. */
  reading: Pick<CheckReadingParts, 'sandboxStorage' | 'origins'>;
  signal?: AbortSignal;
}

/** Checks an account against Agora, and its storage profiles against their files and their storages. */
export async function checkAccount(
  { apiUrls, customers, appIds, profiles }: CheckedAccount,
  { permit, clock, reading, signal }: CheckAccountParts,
): Promise<CheckResult[]> {
  const key = new FingerprintKey(randomUUID());
  const given = signal === undefined ? {} : { signal };
  const agora =
    apiUrls.length === 0
      ? []
      : await checkAgora({ apiUrls, customers, appIds }, async ({ appId, ...target }) => {
          await permit(appId);
          const redact = createRedact(key, key.fingerprints([target.credentials.customerSecret.reveal()]));
          return await callAgora(probeRequest(appId), {
            ...target,
            redact,
            ...given,
          });
        });
  return [
    ...agora,
    ...(await checkStorageProfiles(profiles, clock.now())),
    ...(await checkReading(profiles, { ...reading, ...given, clock })),
  ];
}
