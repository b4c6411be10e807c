import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { openDatabase } from '../../../src/store/drivers/database.js';
import { examineSnapshot } from '../../../src/store/migrations/examine.js';
import { migrate } from '../../../src/store/migrations/migrate.js';
import { VERSIONS } from '../../../src/store/migrations/migrations.js';
import { isTableOf, TABLES } from '../../../src/store/migrations/tables.js';
import { failOnUnreadable } from '../../support/fail-on-unreadable.js';
import { onBothDatabases } from '../support.js';

onBothDatabases(({ newDatabase }) => {
  it('every version of the store has the tables that are listed for it, and columns that are numbered as listed', async () => {
    const database = openDatabase((await newDatabase()).url);
    const { kysely, shared } = database;
    try {
      for (const version of VERSIONS) {
        await migrate(database, { onUnreadable: failOnUnreadable, to: version });
        const found = await kysely.introspection.getTables({ withInternalKyselyTables: true });
        const names = found.map(({ name }) => name).filter((name) => !name.startsWith('sqlite_'));
        const { applied } = await examineSnapshot(database, null);
        const listed = TABLES.filter((table) => isTableOf(table, applied, shared));
        expect({ version, names: names.sort() }).toEqual({
          version,
          names: listed.map(({ name }) => name).sort(),
        });
        if (!shared) continue;
        const { rows } = await sql<{
          name: string;
          column: string;
        }>`select table_name as name, column_name as column
          from information_schema.columns where is_identity = 'YES'`.execute(kysely);
        const numbered = listed.filter((table) => table.numbered !== undefined);
        expect(Object.fromEntries(rows.map(({ name, column }) => [name, column]))).toEqual(
          Object.fromEntries(numbered.map((table) => [table.name, table.numbered])),
        );
      }
    } finally {
      await database.close();
    }
  });
});
