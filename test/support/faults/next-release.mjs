/**
 * Loaded before the gateway (node --import): makes it a later release, with one more migration that no gateway before it
 * can work with. It moves every table into another schema, which only a connection with a search path finds
 * (`?options=-csearch_path%3Dnext,public`). A view stays of the table by which older gateways learn that they are
 * outdated.
 */
import { MIGRATIONS, VERSIONS } from '../../../build/store/migrations/migrations.js';

/** Long enough for writes of other gateways to wait for the migration. */
const LASTS_S = 2;

export const NAME = '9999-moves-every-table';

async function moveTables(database) {
  const run = async (text) => {
    const { rows } = await database.executeQuery({ sql: text, parameters: [], query: { kind: 'RawNode' } });
    return rows;
  };
  await run('create schema next');
  const tables = await run("select tablename from pg_tables where schemaname = 'public'");
  for (const { tablename } of tables) await run(`alter table public.${tablename} set schema next`);
  await run('create view public.meta as select * from next.meta');
  await run(`select pg_sleep(${LASTS_S})`);
}

MIGRATIONS.push({ name: NAME, change: 'contract', up: moveTables });
VERSIONS.push(NAME);
