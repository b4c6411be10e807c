import { type Kysely } from 'kysely';
import { OtherAgoraError, StoreNewerError, StoreUnavailableError } from '../errors.js';
import { VERSIONS } from './migrations.js';
import { type Schema } from './schema.js';

/** The value kept under a key; the first one offered stays for good. */
async function keep(database: Kysely<Schema>, key: string, offered: string): Promise<string> {
  await database
    .insertInto('meta')
    .values({ key, value: offered })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { value } = await database
    .selectFrom('meta')
    .select('value')
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  return value;
}

export async function setMeta(database: Kysely<Schema>, key: string, value: string): Promise<void> {
  await database
    .insertInto('meta')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}

/** What the store remembers of itself. */
export interface Identity {
  /** The key with which inputs are hashed. */
  inputKey: string;
  /** Changes when a backup was restored: cursors of before it do not fit. */
  epoch: string;
}

export const EPOCH = 'epoch';

/** The oldest version that a gateway must know to work on this store: the latest `contract` migration. */
export const NEEDS = 'needs-version';

/** Why a gateway that opened the store in `epoch` cannot work on it any more; null if it can. */
export function movedBeyond(
  meta: ReadonlyMap<string, string>,
  epoch: string | null,
): StoreUnavailableError | null {
  const needed = meta.get(NEEDS);
  if (needed !== undefined && !VERSIONS.includes(needed)) {
    return new StoreUnavailableError(new StoreNewerError(needed, VERSIONS.at(-1) ?? ''), 'newer');
  }
  if (epoch === null || meta.get(EPOCH) === epoch) return null;
  const cause = new Error(
    'The store was restored, or has begun a new epoch, while this gateway ran. Restart it.',
  );
  return new StoreUnavailableError(cause, 'new-epoch');
}

/** The position up to which parts of the log are gone, as a number in decimals. */
export const HORIZON = 'horizon';

/** Binds a new store to an Agora account, or checks that a known one belongs to it. */
export async function identify(
  database: Kysely<Schema>,
  agora: string,
  mintKey: () => string,
): Promise<Identity> {
  const kept = await keep(database, 'agora', agora);
  if (kept !== agora) throw new OtherAgoraError(agora, kept);
  return {
    inputKey: await keep(database, 'input-key', mintKey()),
    epoch: await keep(database, EPOCH, mintKey()),
  };
}
