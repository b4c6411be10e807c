import { type Up } from './migrations.js';

/** Bounds the recordings that notifications may add. A gateway of the previous release adds any number, and reads neither table. */
export const boundUnknownRecordings: Up = async ({ schema }, { position }) => {
  await schema
    .createTable('unknown_recordings')
    .addColumn('app_id', 'text', (column) => column.primaryKey())
    .addColumn('hour', 'bigint', (column) => column.notNull())
    .addColumn('amount', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('notifications_set_aside')
    .addColumn('number', position.type, (column) => position.generated(column.primaryKey()))
    .addColumn('app_id', 'text', (column) => column.notNull())
    .addColumn('sid', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('received_at', 'bigint', (column) => column.notNull())
    .addColumn('observation', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createIndex('notifications_set_aside_sid')
    .on('notifications_set_aside')
    .columns(['app_id', 'sid', 'hash'])
    .unique()
    .execute();
  await schema
    .createIndex('notifications_set_aside_number')
    .on('notifications_set_aside')
    .columns(['app_id', 'number'])
    .execute();
  await schema
    .createIndex('notifications_set_aside_received')
    .on('notifications_set_aside')
    .column('received_at')
    .execute();
};
