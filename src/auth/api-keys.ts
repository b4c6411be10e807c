import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod';
import { AppIds, Channels, Scopes, StorageProfiles } from './permissions.js';

/** API keys begin like this, so that people and secret scanners recognize them. */
const PREFIX = 'ark_';

const KEY_BYTES = 32;

/** Keys in one file. */
export const MAX_KEYS = 10_000;

const ApiKey = z.strictObject({
  name: z.string().regex(/^[\w.@-]{1,100}$/, 'must be 1 to 100 letters, digits or any of . _ @ -'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits in lower case'),
  scopes: Scopes.default([]),
  channels: Channels.default([]),
  appIds: AppIds.default([]),
  storageProfiles: StorageProfiles.optional(),
  expiresAt: z.iso
    .datetime({ offset: true, error: 'must be a moment such as 2027-01-31T00:00:00Z, or null' })
    .nullable()
    .default(null),
});

/** A key as the file keeps it: only its hash. */
export type ApiKey = z.infer<typeof ApiKey>;

const ApiKeys = z
  .array(ApiKey)
  .max(MAX_KEYS, `must hold at most ${MAX_KEYS} keys`)
  .refine(
    (keys) => new Set(keys.map(({ name }) => name)).size === keys.length,
    'must not name two keys alike',
  );

function problemsOf({ issues }: z.ZodError): string[] {
  return issues.map(({ path, message }) => [...path, message].join(' ').trim());
}

/** Reads the text of a keys file: the keys, or everything that is wrong with it. */
export function parseApiKeys(text: string): { keys: ApiKey[] } | { problems: string[] } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { problems: ['is not valid JSON'] };
  }
  const parsed = ApiKeys.safeParse(json);
  return parsed.success ? { keys: parsed.data } : { problems: problemsOf(parsed.error) };
}

/** The text of a keys file. */
export function formatApiKeys(keys: readonly ApiKey[]): string {
  return `${JSON.stringify(keys, null, 2)}\n`;
}

export function hashOf(credential: string): string {
  return createHash('sha256').update(credential).digest('hex');
}

/** A new key, which is shown once. Its 256 random bits need no slow hash. */
export function makeCredential(): string {
  return `${PREFIX}${randomBytes(KEY_BYTES).toString('base64url')}`;
}

/** What is entered for a new key, checked: the key, or everything that the file may not hold. */
export function checkedApiKey(key: z.input<typeof ApiKey>): { key: ApiKey } | { problems: string[] } {
  const parsed = ApiKey.safeParse(key);
  return parsed.success ? { key: parsed.data } : { problems: problemsOf(parsed.error) };
}
