import { sql } from 'kysely';
import { type Up } from './migrations.js';

/** The audit trail: the mutations that callers sent. A gateway of the previous release writes none. */
export const keepAuditEntries: Up = async ({ schema }, { position, shared }) => {
  // In the order of their bytes on both databases, as the channels of recordings.
  const text = shared ? sql`text collate "C"` : sql`text`;
  await schema
    .createTable('audit_entries')
    .addColumn('number', position.type, (column) => position.generated(column.primaryKey()))
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('mutation', 'text', (column) => column.notNull())
    .addColumn('caller', 'text')
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('request_id', 'text', (column) => column.notNull())
    .addColumn('recording_id', 'text')
    .addColumn('app_id', 'text')
    .addColumn('channel', text)
    .addColumn('input', 'text', (column) => column.notNull())
    .addColumn('result', 'text', (column) => column.notNull())
    .addColumn('error_codes', 'text', (column) => column.notNull())
    .execute();
  for (const columns of [['at'], ['recording_id', 'at'], ['caller', 'at']]) {
    await schema
      .createIndex(`audit_entries_${columns[0]}`)
      .on('audit_entries')
      .columns([...columns, 'number'])
      .execute();
  }
};
