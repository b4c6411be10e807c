import { type Up } from './migrations.js';

/** What resources were acquired for, so that every gateway of the store can compare a start with it. */
export const keepAcquiredResources: Up = async ({ schema }) => {
  await schema
    .createTable('acquired_resources')
    .addColumn('resource_id', 'text', (column) => column.primaryKey())
    .addColumn('facts', 'text', (column) => column.notNull())
    .addColumn('acquired_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createIndex('acquired_resources_acquired')
    .on('acquired_resources')
    .column('acquired_at')
    .execute();
};
