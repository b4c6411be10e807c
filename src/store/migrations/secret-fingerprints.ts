import { type Up } from './migrations.js';

/** Keeps fingerprints of secrets, so that they are recognised after a restart and by every gateway. */
export const keepSecretFingerprints: Up = async ({ schema }, { position }) => {
  await schema
    .createTable('secret_fingerprints')
    .addColumn('number', position.type, (column) => position.generated(column.primaryKey()))
    .addColumn('app_id', 'text', (column) => column.notNull())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('recording_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('length', 'integer', (column) => column.notNull())
    .addColumn('checksum', 'integer', (column) => column.notNull())
    .addColumn('digest', 'text', (column) => column.notNull())
    .addColumn('kept_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createIndex('secret_fingerprints_value')
    .on('secret_fingerprints')
    .columns(['app_id', 'channel', 'recording_id', 'kind', 'digest'])
    .unique()
    .execute();
  for (const column of ['recording_id', 'kept_at']) {
    await schema
      .createIndex(`secret_fingerprints_${column}`)
      .on('secret_fingerprints')
      .column(column)
      .execute();
  }
};
