import { type Transaction } from 'kysely';
import { type Clock } from '../../recordings/clock.js';
import { type Log } from '../../telemetry/log.js';
import { type Metrics } from '../../telemetry/metrics.js';
import { type Database } from '../drivers/database.js';
import { StoreUnavailableError } from '../errors.js';
import { HORIZON, setMeta } from '../migrations/meta.js';
import { removeFingerprints } from '../log/fingerprints.js';
import { unlist } from '../log/lists.js';
import { REMOVAL, removalOf } from '../log/removal.js';
import { type LogRow } from '../log/statements.js';
import { stateOf } from '../log/refold.js';
import { type ReportUnreadable } from '../stored-json.js';
import { horizon } from '../reads/log-reads.js';
import { ENDED_PHASES } from '../reads/reads.js';
import { type RecordingsTable, type Schema } from '../migrations/schema.js';

const DAY_MS = 24 * 60 * 60_000;

/** Bounds of one removal step, so that it does not delay writers. */
const RECORDINGS_OF_A_STEP = 20;
const ROWS_OF_A_STEP = 1_000;

/** How long the notifications of a removed recording are still recognized as duplicates. Gateway time. */
const KNOWN_AGAIN_MS = DAY_MS;

/** Between two steps while there is more to remove, and between two looks. Real time. */
const NEXT_STEP_MS = 50;
const NEXT_LOOK_MS = 60_000;

/** Why recordings are removed: they are old, or a caller asked for it. */
export const REMOVAL_CAUSES = ['age', 'command'] as const;

export type RemovalCause = (typeof REMOVAL_CAUSES)[number];

/** What one step has removed. */
export interface Removed {
  /** 0 when nothing is left to remove. */
  amount: number;
  /** Recordings that were there before. */
  recordingIds: string[];
}

/** Ended recordings that nothing was heard of since then; their ids. */
async function hideOldRecordings(
  transaction: Transaction<Schema>,
  before: number,
  now: number,
  report: ReportUnreadable,
): Promise<string[]> {
  const rows = await removable(transaction)
    .where('observed_at', '<', before)
    .orderBy('observed_at')
    .limit(RECORDINGS_OF_A_STEP)
    .execute();
  await hide(transaction, rows, now, report);
  return rows.map(({ id }) => id);
}

/** Recordings that have ended and of which the gateway expects nothing more. */
function removable(transaction: Transaction<Schema>) {
  return transaction
    .selectFrom('recordings')
    .select(['id', 'state'])
    .where('phase', 'in', ENDED_PHASES)
    .where('watch_at', 'is', null);
}

/** Takes recordings out of sight, and their attempts with them. Their logs are emptied later, in steps. */
async function hide(
  transaction: Transaction<Schema>,
  rows: readonly Pick<RecordingsTable, 'id' | 'state'>[],
  now: number,
  report: ReportUnreadable,
): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map(({ id }) => id);
  const removals: LogRow[] = [];
  for (const row of rows) {
    const state = await stateOf(transaction, row, report);
    if (state !== null) removals.push(removalOf(state, now));
  }
  const { last } = await transaction
    .selectFrom('observations')
    .select((select) => select.fn.max('position').as('last'))
    .where('recording_id', 'in', ids)
    .executeTakeFirstOrThrow();
  await setMeta(transaction, HORIZON, String(Math.max(await horizon(transaction), Number(last ?? 0))));
  await transaction.deleteFrom('recordings').where('id', 'in', ids).execute();
  await transaction.deleteFrom('recording_metadata').where('recording_id', 'in', ids).execute();
  await unlist(transaction, ids);
  await transaction.deleteFrom('recording_aliases').where('recording_id', 'in', ids).execute();
  await transaction.deleteFrom('start_attempts').where('recording_id', 'in', ids).execute();
  await transaction.deleteFrom('audit_entries').where('recording_id', 'in', ids).execute();
  await transaction.deleteFrom('unanswered_queries').where('recording_id', 'in', ids).execute();
  await transaction
    .insertInto('removed_recordings')
    .values(ids.map((id) => ({ id })))
    .execute();
  await transaction.insertInto('observations').values(removals).execute();
}

/**
 * Removes one recording now, whatever its age. Returns whether it was removed: one that has not ended, or of which more is
 * expected, stays. Its log is emptied by the steps of `removeEnded`.
 */
export async function forgetRecording(
  database: Database,
  id: string,
  now: number,
  report: ReportUnreadable,
): Promise<boolean> {
  return await database.kysely.transaction().execute(async (transaction) => {
    const rows = await removable(transaction).where('id', '=', id).execute();
    await hide(transaction, rows, now, report);
    return rows.length > 0;
  });
}

/** What says that recordings were removed, once that is itself long ago. Cursors of before it expire. */
async function removeRemovals(transaction: Transaction<Schema>, before: number): Promise<number> {
  const rows = await transaction
    .selectFrom('observations')
    .select('position')
    .where('type', '=', REMOVAL)
    .where('received_at', '<', before)
    .orderBy('position')
    .limit(ROWS_OF_A_STEP)
    .execute();
  const last = rows.at(-1)?.position;
  if (last === undefined) return 0;
  await setMeta(transaction, HORIZON, String(Math.max(await horizon(transaction), last)));
  const positions = rows.map(({ position }) => position);
  await transaction.deleteFrom('observations').where('position', 'in', positions).execute();
  return rows.length;
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

/** Entries of the audit trail that are about no recording, or about one that is gone. */
async function removeAuditEntries(transaction: Transaction<Schema>, before: number): Promise<number> {
  const { numDeletedRows } = await transaction
    .deleteFrom('audit_entries')
    .where('number', 'in', (select) =>
      select
        .selectFrom('audit_entries')
        .leftJoin('recordings', 'recordings.id', 'audit_entries.recording_id')
        .select('audit_entries.number')
        .where('audit_entries.at', '<', before)
        .where('recordings.id', 'is', null)
        .orderBy('audit_entries.at')
        .limit(ROWS_OF_A_STEP),
    )
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/** Queries of recordings that are gone: a gateway of the previous release leaves them when it removes a recording. */
async function removeUnansweredQueries(transaction: Transaction<Schema>, before: number): Promise<number> {
  const { numDeletedRows } = await transaction
    .deleteFrom('unanswered_queries')
    .where('number', 'in', (select) =>
      select
        .selectFrom('unanswered_queries')
        .leftJoin('recordings', 'recordings.id', 'unanswered_queries.recording_id')
        .select('unanswered_queries.number')
        .where('unanswered_queries.ended_at', '<', before)
        .where('recordings.id', 'is', null)
        .orderBy('unanswered_queries.ended_at')
        .limit(ROWS_OF_A_STEP),
    )
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/** Notifications that no recording was found for. */
async function removeSetAside(transaction: Transaction<Schema>, before: number): Promise<number> {
  const { numDeletedRows } = await transaction
    .deleteFrom('notifications_set_aside')
    .where('number', 'in', (select) =>
      select
        .selectFrom('notifications_set_aside')
        .select('number')
        .where('received_at', '<', before)
        .orderBy('received_at')
        .limit(ROWS_OF_A_STEP),
    )
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/** The log of a recording that is out of sight, a part at a time; what its notifications are known by stays. */
async function emptyLog(transaction: Transaction<Schema>, now: number): Promise<number> {
  const removed = await transaction.selectFrom('removed_recordings').select('id').executeTakeFirst();
  if (removed === undefined) return 0;
  const rows = await transaction
    .selectFrom('observations')
    .select(['position', 'app_id', 'notice_id', 'content_key', 'hash', 'recording_id'])
    .where('recording_id', '=', removed.id)
    .where('type', '!=', REMOVAL)
    .orderBy('position')
    .limit(ROWS_OF_A_STEP)
    .execute();
  const notifications = rows.filter((row) => row.notice_id !== null);
  if (notifications.length > 0) {
    await transaction
      .insertInto('removed_notifications')
      .values(notifications.map(({ position: _position, ...known }) => ({ ...known, removed_at: now })))
      .execute();
  }
  if (rows.length > 0) {
    const positions = rows.map(({ position }) => position);
    await transaction.deleteFrom('observations').where('position', 'in', positions).execute();
  }
  if (rows.length < ROWS_OF_A_STEP) {
    await transaction.deleteFrom('removed_recordings').where('id', '=', removed.id).execute();
  }
  return rows.length + 1;
}

/** What the notifications of recordings were known by that were removed long enough ago, a part at a time. */
async function forgetNotifications(transaction: Transaction<Schema>, before: number): Promise<number> {
  const { numDeletedRows } = await transaction
    .deleteFrom('removed_notifications')
    .where('number', 'in', (select) =>
      select
        .selectFrom('removed_notifications')
        .select('number')
        .where('removed_at', '<', before)
        .limit(ROWS_OF_A_STEP),
    )
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/** One small step of the removal of ended recordings without an observation since `before`, in gateway time. */
export async function removeEnded(
  database: Database,
  before: number,
  now: number,
  report: ReportUnreadable,
): Promise<Removed> {
  return await database.kysely.transaction().execute(async (transaction) => {
    let recordingIds: string[] = [];
    const steps = [
      () => emptyLog(transaction, now),
      () => forgetNotifications(transaction, now - KNOWN_AGAIN_MS),
      async () => (recordingIds = await hideOldRecordings(transaction, before, now, report)).length,
      () => removeRemovals(transaction, before),
      () => removeAttempts(transaction, before),
      () => removeAuditEntries(transaction, before),
      () => removeUnansweredQueries(transaction, before),
      () => removeSetAside(transaction, before),
      () => removeFingerprints(transaction, before, ROWS_OF_A_STEP),
    ];
    for (const step of steps) {
      const amount = await step();
      if (amount > 0) return { amount, recordingIds };
    }
    return { amount: 0, recordingIds };
  });
}

export interface RetentionParts {
  store: {
    removeEnded(before: number, now: number): Promise<number>;
    giveBackSpace(): Promise<number>;
  };
  /** Null: none is removed for its age. */
  days: number | null;
  clock: Clock;
  log: Log;
  metrics: Metrics;
}

/**
 * Removes recordings that ended so many days ago, and the logs of those removed by command, and then gives back their space: in the
 * background and in small steps.
 */
export function startRetention({ store, days, clock, log, metrics }: RetentionParts): {
  close(): Promise<void>;
} {
  let timer: NodeJS.Timeout;
  let running: Promise<void> = Promise.resolve();
  let closed = false;

  async function run(): Promise<void> {
    let next = NEXT_LOOK_MS;
    try {
      const now = clock.now();
      const before = days === null ? 0 : now - days * DAY_MS;
      const removed = await store.removeEnded(before, now);
      if (removed === 0) metrics.retentionDone.setToCurrentTime();
      if (removed > 0 || (await store.giveBackSpace()) > 0) next = NEXT_STEP_MS;
    } catch (error) {
      // The store logs its own outages; the next check continues.
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
