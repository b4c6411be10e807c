import { type Kysely, sql } from 'kysely';
import { type ObservationContent } from '../../recordings/observation.js';
import { CONTENTS } from '../log/stored-content.js';
import { type MigrationReports } from './migrations.js';

/** Rows that are read and written at once. */
const PAGE = 1_000;

/** The part of the schema that this relies on. Never changed later. */
interface Tables {
  observations: { position: number; id: string; source: string; type: string; content: string };
}

export interface LogColumns {
  /** The entries that can have a value. */
  of: { column: 'source' | 'type'; value: string };
  columns: readonly string[];
  /** The values of an entry, in the order of the columns; null if it has none. */
  valuesOf: (content: ObservationContent) => readonly (string | null)[] | null;
}

/** Fills columns that a migration has added to the log from the content of its entries. */
export async function fillLog(
  database: Kysely<unknown>,
  { of, columns, valuesOf }: LogColumns,
  reports: MigrationReports,
): Promise<void> {
  const entries = (database as Kysely<Tables>).selectFrom('observations').where(of.column, '=', of.value);
  const { total } = await entries
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const names = sql.join(columns.map((column) => sql.ref(column)));
  const assignments = sql.join(
    columns.map((column) => sql`${sql.ref(column)} = ${sql.ref(`filled.${column}`)}`),
  );
  let done = 0;
  for (let position = 0; ;) {
    const rows = await entries
      .select(['position', 'id', 'content'])
      .where('position', '>', position)
      .orderBy('position')
      .limit(PAGE)
      .execute();
    const filled = rows.flatMap((row) => {
      const content = CONTENTS.readIfPossible(row.content, row.id, reports.unreadable);
      const values = content === null ? null : valuesOf(content);
      return values === null
        ? []
        : [sql`(${sql.lit(row.position)}, ${sql.join(values.map((value) => sql.val(value)))})`];
    });
    if (filled.length > 0) {
      await sql`with filled (position, ${names}) as (values ${sql.join(filled)})
        update observations set ${assignments}
        from filled where observations.position = filled.position`.execute(database);
    }
    position = rows.at(-1)?.position ?? position;
    done += rows.length;
    reports.steps(done, Number(total));
    if (rows.length < PAGE) return;
  }
}
