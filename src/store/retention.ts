import { type Transaction } from 'kysely';
import { type Clock } from '../recordings/clock.js';
import { type Log } from '../telemetry/log.js';
import { type Database } from './database.js';
import { StoreUnavailableError } from './errors.js';
import { HORIZON, setMeta } from './meta.js';
import { ENDED_PHASES, horizon } from './reads.js';
import { type Schema } from './schema.js';

const DAY_MS = 24 * 60 * 60_000;

/** One step takes away no more than this, so that it holds up nobody who writes. */
const RECORDINGS_OF_A_STEP = 20;
const ROWS_OF_A_STEP = 1_000;

/** The keys by which notifications are known again outlive their recording by so long. Gateway time. */
const KEYS_OUTLIVE_MS = DAY_MS;

/** Between two steps while there is more to remove, and between two looks. Real time. */
const NEXT_STEP_MS = 50;
const NEXT_LOOK_MS = 60_000;

/** Ended recordings that nothing was heard of since then leave sight, and their attempts with them. */
async function hideRecordings(
  transaction: Transaction<Schema>,
  before: number,
  now: number,
): Promise<number> {
  const rows = await transaction
    .selectFrom('recordings')
    .select('id')
    .where('observed_at', '<', before)
    .where('phase', 'in', ENDED_PHASES)
    .where('watch_at', 'is', null)
    .orderBy('observed_at')
    .limit(RECORDINGS_OF_A_STEP)
    .execute();
  if (rows.length === 0) return 0;
  const ids = rows.map(({ id }) => id);
  const { last } = await transaction
    .selectFrom('observations')
    .select((select) => select.fn.max('position').as('last'))
    .where('recording_id', 'in', ids)
    .executeTakeFirstOrThrow();
  await setMeta(transaction, HORIZON, String(Math.max(await horizon(transaction), Number(last ?? 0))));
  await transaction.deleteFrom('recordings').where('id', 'in', ids).execute();
  await transaction.deleteFrom('recording_aliases').where('recording_id', 'in', ids).execute();
  await transaction.deleteFrom('start_attempts').where('recording_id', 'in', ids).execute();
  await transaction
    .insertInto('removed_recordings')
    .values(ids.map((id) => ({ id, removed_at: now, emptied: 0 })))
    .execute();
  return ids.length;
}

/** Starts that no recording came of. */
async function removeAttempts(transaction: Transaction<Schema>, before: number): Promise<number> {
  const rows = await transaction
    .selectFrom('start_attempts')
    .select('recording_id')
    .where('created_at', '<', before)
    .where('recording_id', 'not in', (select) => select.selectFrom('recordings').select('id'))
    .where('recording_id', 'not in', (select) => select.selectFrom('recording_aliases').select('id'))
    .limit(ROWS_OF_A_STEP)
    .execute();
  if (rows.length === 0) return 0;
  const ids = rows.map((row) => row.recording_id);
  await transaction.deleteFrom('start_attempts').where('recording_id', 'in', ids).execute();
  return ids.length;
}

/** The log of a recording that is out of sight, a part at a time. */
async function emptyLog(transaction: Transaction<Schema>): Promise<number> {
  const removed = await transaction
    .selectFrom('removed_recordings')
    .select('id')
    .where('emptied', '=', 0)
    .executeTakeFirst();
  if (removed === undefined) return 0;
  const { numDeletedRows } = await transaction
    .deleteFrom('observations')
    .where('position', 'in', (select) =>
      select
        .selectFrom('observations')
        .select('position')
        .where('recording_id', '=', removed.id)
        .limit(ROWS_OF_A_STEP),
    )
    .executeTakeFirstOrThrow();
  if (numDeletedRows < ROWS_OF_A_STEP) {
    await transaction
      .updateTable('removed_recordings')
      .set({ emptied: 1 })
      .where('id', '=', removed.id)
      .execute();
  }
  return Number(numDeletedRows) + 1;
}

/** The keys of a recording that was removed long enough ago, a part at a time. */
async function removeKeys(transaction: Transaction<Schema>, before: number): Promise<number> {
  const removed = await transaction
    .selectFrom('removed_recordings')
    .select('id')
    .where('emptied', '=', 1)
    .where('removed_at', '<', before)
    .executeTakeFirst();
  if (removed === undefined) return 0;
  const keys = await transaction
    .selectFrom('observation_keys')
    .select(['app_id', 'key'])
    .where('recording_id', '=', removed.id)
    .limit(ROWS_OF_A_STEP)
    .execute();
  for (const appId of new Set(keys.map((row) => row.app_id))) {
    await transaction
      .deleteFrom('observation_keys')
      .where('app_id', '=', appId)
      .where(
        'key',
        'in',
        keys.filter((row) => row.app_id === appId).map(({ key }) => key),
      )
      .execute();
  }
  if (keys.length < ROWS_OF_A_STEP) {
    await transaction.deleteFrom('removed_recordings').where('id', '=', removed.id).execute();
  }
  return keys.length + 1;
}

/**
 * One small step of the removal of ended recordings that nothing was heard of since `before`, in gateway time. Tells how
 * much it removed; 0 when there is nothing left to remove.
 */
export async function removeEnded(database: Database, before: number, now: number): Promise<number> {
  return await database.kysely.transaction().execute(async (transaction) => {
    const steps = [
      () => emptyLog(transaction),
      () => removeKeys(transaction, now - KEYS_OUTLIVE_MS),
      () => hideRecordings(transaction, before, now),
      () => removeAttempts(transaction, before),
    ];
    for (const step of steps) {
      const removed = await step();
      if (removed > 0) return removed;
    }
    return 0;
  });
}

export interface RetentionParts {
  store: { removeEnded(before: number, now: number): Promise<number> };
  days: number;
  clock: Clock;
  log: Log;
}

/** Removes recordings that ended so many days ago, in the background and in small steps. */
export function startRetention({ store, days, clock, log }: RetentionParts): {
  close(): Promise<void>;
} {
  let timer: NodeJS.Timeout;
  let running: Promise<void> = Promise.resolve();
  let closed = false;

  async function run(): Promise<void> {
    let next = NEXT_LOOK_MS;
    try {
      const now = clock.now();
      if ((await store.removeEnded(now - days * DAY_MS, now)) > 0) next = NEXT_STEP_MS;
    } catch (error) {
      // That the store cannot be used, it tells itself; the next look goes on.
      if (!(error instanceof StoreUnavailableError))
        log.error({ error }, 'old recordings could not be removed');
    }
    if (!closed) timer = setTimeout(go, next);
  }

  function go(): void {
    running = run();
  }

  timer = setTimeout(go, NEXT_STEP_MS);
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
