import { type Kysely, sql } from 'kysely';
import { type Schema } from '../migrations/schema.js';

/** A page of a recording's screenshots. */
export interface SnapshotsAsked {
  recordingId: string;
  /** The names between which the page is; null: no bound. */
  after: string | null;
  before?: string | null;
  /** Names from the end instead of from the front. */
  isBackwards?: boolean;
  limit: number;
}

export interface SnapshotReads {
  /**
   * Names of screenshots from the log, in the order of their bytes: a list for each page that is asked for, in one read. Its
   * cost grows with what it returns, not with how many screenshots there are.
   */
  snapshotNames(asked: readonly SnapshotsAsked[]): Promise<{ names: string[][]; bytes: number }>;
  /** Which of the names are those of screenshots in the recording's log. */
  knownSnapshots(recordingId: string, names: readonly string[]): Promise<string[]>;
}

/** The order of names in the store. */
export function byBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

export function createSnapshotReads(database: Kysely<Schema>): SnapshotReads {
  return {
    async snapshotNames(asked) {
      const names: string[][] = asked.map(() => []);
      if (asked.length === 0) return { names, bytes: 0 };
      const pages = asked.map(({ recordingId, after, before, isBackwards, limit }, index) => {
        const from = after === null ? sql`file_name is not null` : sql`file_name > ${after}`;
        const to = before == null ? sql`` : sql`and file_name < ${before}`;
        const order = isBackwards === true ? sql`desc` : sql`asc`;
        return sql`select ${sql.lit(index)} as page, name from (select distinct file_name as name from observations
          where recording_id = ${recordingId} and ${from} ${to} order by file_name ${order} limit ${limit}) as of_one`;
      });
      const { rows } = await sql<{
        page: number;
        name: string;
      }>`${sql.join(pages, sql` union all `)}`.execute(database);
      // Of a union the database promises no order.
      for (const { page, name } of rows) names[page]?.push(name);
      for (const page of names) page.sort(byBytes);
      return { names, bytes: rows.reduce((sum, { name }) => sum + Buffer.byteLength(name), 0) };
    },
    async knownSnapshots(recordingId, names) {
      if (names.length === 0) return [];
      const rows = await database
        .selectFrom('observations')
        .select('file_name')
        .distinct()
        .where('recording_id', '=', recordingId)
        .where('file_name', 'in', [...names])
        .execute();
      return rows.flatMap(({ file_name: name }) => (name === null ? [] : [name]));
    },
  };
}
