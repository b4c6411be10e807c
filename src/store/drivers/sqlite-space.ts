import { type Kysely, sql } from 'kysely';
import { type Schema } from '../migrations/schema.js';

/** What one step of giving space back has done. Bytes. */
export interface GivenBack {
  /** By how much the file becomes smaller; 0 when nothing is left to give back. */
  bytes: number;
  /** Free space of a file that cannot become smaller, since an earlier release made it; else 0. */
  stuckBytes: number;
}

/** As `pragma auto_vacuum` gives it: free pages can be given back when that is asked for. */
const INCREMENTAL = 2;

/** Pages that SQLite is asked for at once, and how long one step asks for more: writers wait meanwhile. Real milliseconds. */
const PAGES_AT_ONCE = 16;
const STEP_MS = 20;

/** What stays free for what is written next: so many pages, or this part of the file where that is more. */
const KEPT_PAGES = 256;
const KEPT_SHARE = 0.05;

async function read(kysely: Kysely<Schema>, pragma: string): Promise<number> {
  const { rows } = await sql<Record<string, number>>`pragma ${sql.raw(pragma)}`.execute(kysely);
  return Object.values(rows[0] ?? {})[0] ?? 0;
}

/** How many free pages are more than should stay. */
async function spare(kysely: Kysely<Schema>): Promise<number> {
  const kept = Math.max(KEPT_PAGES, Math.ceil((await read(kysely, 'page_count')) * KEPT_SHARE));
  return Math.max(0, (await read(kysely, 'freelist_count')) - kept);
}

/** Whether a store can give space back. */
export const canGiveBack = async (kysely: Kysely<Schema>) =>
  (await read(kysely, 'auto_vacuum')) === INCREMENTAL;

/**
 * Gives free pages of a file back to the disk, in one short transaction. `exec` runs a statement on the connection of `kysely`
 * to its end: as a prepared statement the one that frees pages ends after the first.
 */
export async function giveBack(
  kysely: Kysely<Schema>,
  exec: (statement: string) => void,
): Promise<GivenBack> {
  if ((await spare(kysely)) === 0) return { bytes: 0, stuckBytes: 0 };
  const pageSize = await read(kysely, 'page_size');
  if (!(await canGiveBack(kysely))) {
    return { bytes: 0, stuckBytes: (await read(kysely, 'freelist_count')) * pageSize };
  }
  const { pages, left } = await kysely.transaction().execute(async (transaction) => {
    const before = await read(transaction, 'page_count');
    const until = performance.now() + STEP_MS;
    let remaining = await spare(transaction);
    while (remaining > 0) {
      exec(`pragma incremental_vacuum(${Math.min(remaining, PAGES_AT_ONCE)})`);
      remaining = await spare(transaction);
      if (performance.now() >= until) break;
    }
    return { pages: before - (await read(transaction, 'page_count')), left: remaining };
  });
  // The file is cut when the log has been moved into it, which would be after many more writes otherwise.
  if (left === 0) exec('pragma wal_checkpoint(passive)');
  return { bytes: pages * pageSize, stuckBytes: 0 };
}

/** Makes the copy that this connection writes next able to give space back, whatever release made the store. */
export async function letCopyGiveBack(kysely: Kysely<Schema>): Promise<void> {
  // Where it is able to already, the statement would write the store.
  if (!(await canGiveBack(kysely))) await sql`pragma auto_vacuum = incremental`.execute(kysely);
}
