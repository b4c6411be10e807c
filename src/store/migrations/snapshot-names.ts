import { sql } from 'kysely';
import { snapshotNameOf } from '../../recordings/snapshot-name.js';
import { fillLog } from './fill-log.js';
import { type Up } from './migrations.js';

/** Lists screenshots by their names from the log, which alone holds all of them. */
export const listSnapshotsByName: Up = async (database, { shared }, reports) => {
  // Ordered by bytes, as SQLite orders texts, and as names are merged with those of the other files.
  const text = shared ? sql`text collate "C"` : sql`text`;
  await database.schema.alterTable('observations').addColumn('file_name', text).execute();
  await fillLog(
    database,
    {
      of: { column: 'type', value: 'RECORDER_SNAPSHOT_FILE' },
      columns: ['file_name'],
      valuesOf(content) {
        const name = snapshotNameOf(content);
        return name === null ? null : [name];
      },
    },
    reports,
  );
  await database.schema
    .createIndex('observations_file_name')
    .on('observations')
    .columns(['recording_id', 'file_name'])
    .where('file_name', 'is not', null)
    .execute();
};
