import { type Credentials } from '@agora-recording-gateway/agora/client/client';
import { type Secret } from '@agora-recording-gateway/agora/client/secret';
import { type StorageProfile } from '../commands/start/storage.js';
import { type ProjectSettings } from '../settings/gateway-config.js';
import { type Settings } from '../settings/settings.js';
import { credentialsOf } from '../settings/storage-profile.js';

/** The access to Agora, to storage and to files: what SIGHUP can change while the gateway runs. */
export interface Account {
  /** In order of preference: the first one that Agora accepts is used. */
  customers: readonly Credentials[];
  projects: readonly ProjectSettings[];
  profiles: readonly StorageProfile[];
  /** What addresses of files are signed with, in addition to the key of the store. */
  mediaSecret: Secret | null;
}

/** The account that settings for Agora itself name. */
export function agoraAccount({ agora, storageProfiles, mediaSecret }: Settings): Account {
  if (agora === null) throw new Error('The settings name no Agora project.');
  const { customers, projects } = agora;
  return { customers, projects, profiles: storageProfiles, mediaSecret };
}

/** All secrets of an account, which must never be stored or shown. */
export async function secretsOf({ customers, projects, profiles, mediaSecret }: Account): Promise<Secret[]> {
  const keys = (await Promise.all(profiles.map(credentialsOf))).flat();
  return [
    ...(mediaSecret === null ? [] : [mediaSecret]),
    ...customers.map(({ customerSecret }) => customerSecret),
    ...projects.flatMap(({ appCertificate, webhookSecrets }) =>
      [appCertificate ?? [], webhookSecrets].flat(),
    ),
    ...keys.flatMap(({ accessKey, secretKey, stsToken }) => [accessKey, secretKey, stsToken ?? []].flat()),
  ];
}
