import { type Kysely } from 'kysely';
import { type OwnAppIds } from '../migrations/examine.js';
import { type Schema } from '../migrations/schema.js';
import { type ReportUnreadable } from '../stored-json.js';

export interface RestoreOptions {
  /** The name of the epoch that begins. */
  epoch: string;
  /** Becomes part of the name under which the store is kept that was there before. */
  now: Date;
  /** Called for each value of the backup that cannot be read. The restore keeps it, and continues without it. */
  onUnreadable: ReportUnreadable;
  /** The App IDs to which the backup and the store that it replaces must belong. */
  appIds: OwnAppIds;
}

export interface RestoreSummary {
  recordings: number;
  observations: number;
  /** Where the store is that was there before; null where there was none, or where it was replaced in one transaction. */
  replaced: string | null;
}

export async function countRows(
  database: Kysely<Schema>,
): Promise<Pick<RestoreSummary, 'recordings' | 'observations'>> {
  const count = async (table: 'recordings' | 'observations') => {
    const row = await database
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return Number(row.count);
  };
  return { recordings: await count('recordings'), observations: await count('observations') };
}
