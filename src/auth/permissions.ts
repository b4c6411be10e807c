import * as z from 'zod';
import { type NameRange } from '../store/reads/range.js';
import { type Permissions, SCOPES, type StorageProfileRange } from './caller.js';

/** Entries in each list of a credential: each is compared with every recording that is read. */
export const MAX_LIST_ENTRIES = 100;

/** Longest channel name that Agora takes, in bytes. */
const MAX_CHANNEL_BYTES = 64;

const MAX_NAME_LENGTH = 200;

/** Permits every name. */
const ALL = '*';

function names(type: z.ZodType<string>) {
  return z.array(type).max(MAX_LIST_ENTRIES, `must hold at most ${MAX_LIST_ENTRIES} entries`);
}

const channel = z
  .string()
  .min(1, 'must not be empty')
  .refine(
    (text) => Buffer.byteLength(text) <= MAX_CHANNEL_BYTES + 1,
    `must be at most ${MAX_CHANNEL_BYTES} bytes`,
  )
  .refine((text) => !text.slice(0, -1).includes('*'), 'may have a * only at its end');

const appId = z
  .string()
  .regex(/^(\*|[0-9a-f]{32})$/i, 'must be App IDs of 32 hexadecimal digits, or *')
  .transform((text) => text.toLowerCase());

const profile = z.string().min(1, 'must not be empty').max(MAX_NAME_LENGTH, 'is too long');

/** Channels: whole names, or beginnings of names that end in `*`. */
export const Channels = names(channel);
export const AppIds = names(appId);
export const StorageProfiles = names(profile);
export const Scopes = z.array(z.enum(SCOPES, `must be of ${SCOPES.join(', ')}`));

function channelRange(channels: readonly string[]): NameRange | null {
  if (channels.includes(ALL)) return null;
  const isPrefix = (text: string) => text.endsWith('*');
  return {
    names: channels.filter((text) => !isPrefix(text)),
    prefixes: channels.filter(isPrefix).map((text) => text.slice(0, -1)),
  };
}

function profileRange(profiles: readonly string[] | undefined): StorageProfileRange {
  if (profiles === undefined) return 'default';
  return profiles.includes(ALL) ? 'all' : profiles;
}

/** What lists of names permit. A list that is missing permits nothing of its kind, except the default storage profile. */
export function permissionsOf(lists: {
  scopes: readonly string[];
  channels?: readonly string[];
  appIds?: readonly string[];
  storageProfiles?: readonly string[];
}): Permissions {
  const { scopes, channels = [], appIds = [], storageProfiles } = lists;
  return {
    scope: SCOPES.findLast((scope) => scopes.includes(scope)) ?? null,
    range: { appIds: appIds.includes(ALL) ? null : appIds, channels: channelRange(channels) },
    storageProfiles: profileRange(storageProfiles),
  };
}
