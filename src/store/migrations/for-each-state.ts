import { type Kysely } from 'kysely';
import { type RecordingState } from '../../recordings/state.js';
import { stateOf } from '../log/refold.js';
import { type MigrationReports } from './migrations.js';

/** Recordings that are read at once. */
const PAGE = 500;

/** The part of the schema that this relies on. Never changed later. */
interface Tables {
  recordings: { id: string; state: string };
}

/**
 * Passes the state of every recording to `work`, which fills what a migration has added. A state that cannot be read is folded
 * again from its log, so that nothing is lost.
 */
export async function forEachState(
  database: Kysely<unknown>,
  reports: MigrationReports,
  work: (state: RecordingState) => Promise<void>,
): Promise<void> {
  const recordings = (database as Kysely<Tables>).selectFrom('recordings');
  const { total } = await recordings
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  let done = 0;
  for (let id = ''; ;) {
    const rows = await recordings
      .select(['id', 'state'])
      .where('id', '>', id)
      .orderBy('id')
      .limit(PAGE)
      .execute();
    for (const row of rows) {
      const state = await stateOf(database, row, reports.unreadable);
      if (state !== null) await work(state);
    }
    id = rows.at(-1)?.id ?? id;
    done += rows.length;
    reports.steps(done, Number(total));
    if (rows.length < PAGE) return;
  }
}
