import { type Up } from './migrations.js';

/** Queries from which nothing was learned. A gateway of the previous release keeps none, and does not read the table. */
export const keepUnansweredQueries: Up = async ({ schema }, { position }) => {
  await schema
    .createTable('unanswered_queries')
    .addColumn('number', position.type, (column) => position.generated(column.primaryKey()))
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('recording_id', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('requested_at', 'bigint', (column) => column.notNull())
    .addColumn('sent_at', 'bigint')
    .addColumn('answered_at', 'bigint')
    .addColumn('ended_at', 'bigint', (column) => column.notNull())
    .addColumn('http_status', 'bigint')
    .addColumn('agora_code', 'bigint')
    .addColumn('message', 'text')
    .addColumn('request_id', 'text')
    .execute();
  await schema
    .createIndex('unanswered_queries_recording')
    .on('unanswered_queries')
    .columns(['recording_id', 'number'])
    .execute();
  await schema
    .createIndex('unanswered_queries_ended')
    .on('unanswered_queries')
    .columns(['ended_at', 'number'])
    .execute();
};
