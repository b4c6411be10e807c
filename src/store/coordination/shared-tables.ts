import { type SchemaModule } from 'kysely';

/**
 * The tables by which several gateways on one store act as one. On SQLite, which one gateway has for itself, they are
 * temporary: they cost no write to the disk, and end with the process.
 */
export async function createSharedTables(
  schema: SchemaModule,
  { temporary }: { temporary: boolean },
): Promise<void> {
  const begin = (name: string) => {
    const table = schema.createTable(name).ifNotExists();
    return temporary ? table.temporary() : table;
  };
  await begin('leases')
    .addColumn('recording_id', 'text', (column) => column.notNull())
    .addColumn('operation', 'text', (column) => column.notNull())
    .addColumn('lane', 'text', (column) => column.notNull())
    .addColumn('holder', 'text', (column) => column.notNull())
    .addColumn('fence', 'bigint', (column) => column.notNull())
    .addColumn('until', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('leases_primary', ['recording_id', 'operation', 'lane'])
    .execute();
  await begin('turns')
    .addColumn('scope', 'text', (column) => column.primaryKey())
    .addColumn('next_at', 'bigint', (column) => column.notNull())
    .execute();
}
