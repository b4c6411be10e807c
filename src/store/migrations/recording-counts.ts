import { sql } from 'kysely';
import { type Up } from './migrations.js';

/** What a recording is counted by. The day is that of its start, in days since 1970 by UTC. */
function keyOf(row: string): string {
  const { app_id: appId, channel, day, mode, phase, end_reason: reason } = columnsOf(row);
  return [channel, appId, day, mode, phase, reason].join(', ');
}

function columnsOf(row: string) {
  return {
    app_id: `${row}app_id`,
    channel: `${row}channel`,
    day: `${row}started_at / 86400000`,
    mode: `${row}mode`,
    phase: `${row}phase`,
    end_reason: `coalesce(${row}end_reason, '')`,
  };
}

const COLUMNS = 'channel, app_id, day, mode, phase, end_reason';

const ADD_NEW = `insert into recording_counts (${COLUMNS}, count) values (${keyOf('new.')}, 1)
  on conflict (${COLUMNS}) do update set count = recording_counts.count + 1;`;

const IS_OLD = Object.entries(columnsOf('old.'))
  .map(([column, value]) => `${column} = ${value}`)
  .join(' and ');

const TAKE_OLD = `update recording_counts set count = count - 1 where ${IS_OLD};
  delete from recording_counts where ${IS_OLD} and count = 0;`;

const IS_MOVED = `(${keyOf('old.')}) <> (${keyOf('new.')})`;

const COUNTED = 'app_id, channel, started_at, mode, phase, end_reason';

const SQLITE_TRIGGERS = [
  `create trigger recordings_counted_insert after insert on recordings begin ${ADD_NEW} end`,
  `create trigger recordings_counted_delete after delete on recordings begin ${TAKE_OLD} end`,
  `create trigger recordings_counted_update after update of ${COUNTED} on recordings
    when ${IS_MOVED} begin ${TAKE_OLD} ${ADD_NEW} end`,
];

const POSTGRES_TRIGGERS = [
  `create or replace function count_recordings() returns trigger language plpgsql as $$ begin
    if tg_op = 'INSERT' then ${ADD_NEW}
    elsif tg_op = 'DELETE' then ${TAKE_OLD}
    elsif ${IS_MOVED} then ${TAKE_OLD} ${ADD_NEW}
    end if;
    return null;
  end $$`,
  `create trigger recordings_counted after insert or delete or update of ${COUNTED} on recordings
    for each row execute function count_recordings()`,
];

/**
 * How many recordings there are, by what front ends count them by. Triggers keep the counts in the transaction of each write,
 * also those of a gateway of the previous release, of a rebuild and of a restore.
 */
export const countRecordings: Up = async (database, { shared }) => {
  // In the order of their bytes on both databases, as the channels of recordings.
  const text = shared ? sql`text collate "C"` : sql`text`;
  await database.schema
    .createTable('recording_counts')
    .addColumn('channel', text, (column) => column.notNull())
    .addColumn('app_id', text, (column) => column.notNull())
    .addColumn('day', 'bigint', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull())
    .addColumn('phase', 'text', (column) => column.notNull())
    .addColumn('end_reason', 'text', (column) => column.notNull())
    .addColumn('count', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('recording_counts_primary', [
      'channel',
      'app_id',
      'day',
      'mode',
      'phase',
      'end_reason',
    ])
    .execute();
  const run = (statement: string) => sql.raw(statement).execute(database);
  await run(`insert into recording_counts (${COLUMNS}, count)
    select ${keyOf('')}, count(*) from recordings group by ${keyOf('')}`);
  for (const trigger of shared ? POSTGRES_TRIGGERS : SQLITE_TRIGGERS) await run(trigger);
};
