import { type Up } from './migrations.js';

/** The first version of the store: the log, the recordings that are folded from it, and attempts to start. */
export const createLogRecordingsAttempts: Up = async (database, { position }) => {
  await database.schema
    .createTable('recordings')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('app_id', 'text', (column) => column.notNull())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('uid', 'text', (column) => column.notNull())
    .addColumn('sid', 'text')
    .addColumn('resource_id', 'text')
    .addColumn('mode', 'text', (column) => column.notNull())
    .addColumn('phase', 'text', (column) => column.notNull())
    .addColumn('started_at', 'bigint', (column) => column.notNull())
    .addColumn('has_problems', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('changed_position', 'bigint', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('observed_at', 'bigint', (column) => column.notNull())
    .addColumn('watch_at', 'bigint')
    .addColumn('state', 'text', (column) => column.notNull())
    .execute();
  const indexes: [string, string[], boolean][] = [
    ['recordings_sid', ['app_id', 'sid'], true],
    ['recordings_resource', ['app_id', 'resource_id'], false],
    ['recordings_place', ['app_id', 'channel', 'uid'], false],
    ['recordings_started', ['started_at', 'id'], false],
    ['recordings_changed', ['changed_position'], false],
    ['recordings_phase', ['phase'], false],
    ['recordings_watch', ['watch_at'], false],
    ['recordings_observed', ['observed_at'], false],
  ];
  for (const [name, columns, unique] of indexes) {
    const index = database.schema.createIndex(name).on('recordings').columns(columns);
    await (unique ? index.unique() : index).execute();
  }
  await database.schema
    .createTable('recording_aliases')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('recording_id', 'text', (column) => column.notNull())
    .execute();
  await database.schema
    .createIndex('recording_aliases_recording')
    .on('recording_aliases')
    .column('recording_id')
    .execute();
  await database.schema
    .createTable('observations')
    .addColumn('position', position.type, (column) => position.generated(column.primaryKey()))
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('app_id', 'text', (column) => column.notNull())
    .addColumn('recording_id', 'text', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('occurred_at', 'bigint', (column) => column.notNull())
    .addColumn('received_at', 'bigint', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('raw', 'text')
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('changed', 'integer', (column) => column.notNull())
    .addColumn('before', 'text')
    .addColumn('fold_error', 'text')
    .execute();
  await database.schema
    .createIndex('observations_recording')
    .on('observations')
    .columns(['recording_id', 'position'])
    .execute();
  await database.schema
    .createTable('observation_keys')
    .addColumn('app_id', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('recording_id', 'text', (column) => column.notNull())
    .addColumn('received_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('observation_keys_primary', ['app_id', 'key'])
    .execute();
  await database.schema
    .createIndex('observation_keys_recording')
    .on('observation_keys')
    .column('recording_id')
    .execute();
  await database.schema
    .createTable('removed_recordings')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('removed_at', 'bigint', (column) => column.notNull())
    .addColumn('emptied', 'integer', (column) => column.notNull())
    .execute();
  await database.schema
    .createIndex('removed_recordings_removed')
    .on('removed_recordings')
    .columns(['emptied', 'removed_at'])
    .execute();
  await database.schema
    .createTable('start_attempts')
    .addColumn('recording_id', 'text', (column) => column.primaryKey())
    .addColumn('app_id', 'text', (column) => column.notNull())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('uid', 'text', (column) => column.notNull())
    .addColumn('resource_id', 'text', (column) => column.notNull())
    .addColumn('idempotency_key', 'text', (column) => column.unique())
    .addColumn('input_hash', 'text')
    .addColumn('input', 'text')
    .addColumn('acquired_at', 'bigint', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('observation', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('renewed', 'integer', (column) => column.notNull())
    .addColumn('settled_at', 'bigint')
    .execute();
  await database.schema
    .createIndex('start_attempts_place')
    .on('start_attempts')
    .columns(['app_id', 'channel', 'uid', 'outcome'])
    .execute();
  await database.schema
    .createIndex('start_attempts_created')
    .on('start_attempts')
    .column('created_at')
    .execute();
  await database.schema
    .createTable('meta')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();
};
