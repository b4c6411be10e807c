import { type Kysely, sql } from 'kysely';
import { type ObservationContent } from '../../recordings/observation.js';
import { snapshotNameOf } from '../../recordings/snapshot-name.js';
import { type ReportSteps, type Up } from './migrations.js';

/** Rows that are read and written at once. */
const PAGE = 1_000;

/** The part of the schema that this migration relies on. Never changed later. */
interface Tables {
  observations: { position: number; type: string; content: string; file_name: string | null };
}

const SNAPSHOT_TYPE = 'RECORDER_SNAPSHOT_FILE';

async function fillNames(database: Kysely<Tables>, report: ReportSteps): Promise<void> {
  const { total } = await database
    .selectFrom('observations')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .where('type', '=', SNAPSHOT_TYPE)
    .executeTakeFirstOrThrow();
  let done = 0;
  for (let position = 0; ;) {
    const rows = await database
      .selectFrom('observations')
      .select(['position', 'content'])
      .where('type', '=', SNAPSHOT_TYPE)
      .where('position', '>', position)
      .orderBy('position')
      .limit(PAGE)
      .execute();
    const named = rows.flatMap((row) => {
      const name = snapshotNameOf(JSON.parse(row.content) as ObservationContent);
      return name === null ? [] : [{ position: row.position, name }];
    });
    if (named.length > 0) {
      const values = named.map((row) => sql`(${sql.lit(row.position)}, ${sql.val(row.name)})`);
      await sql`with named (position, name) as (values ${sql.join(values)})
        update observations set file_name = named.name
        from named where observations.position = named.position`.execute(database);
    }
    position = rows.at(-1)?.position ?? position;
    done += rows.length;
    report(done, Number(total));
    if (rows.length < PAGE) return;
  }
}

/** Lists screenshots by their names from the log, which alone holds all of them. */
export const listSnapshotsByName: Up = async (database, { shared }, report) => {
  // Ordered by bytes, as SQLite orders texts, and as names are merged with those of the other files.
  const text = shared ? sql`text collate "C"` : sql`text`;
  await database.schema.alterTable('observations').addColumn('file_name', text).execute();
  await fillNames(database, report);
  await database.schema
    .createIndex('observations_file_name')
    .on('observations')
    .columns(['recording_id', 'file_name'])
    .where('file_name', 'is not', null)
    .execute();
};
