import { type Kysely } from 'kysely';
import { type Up } from './migrations.js';

interface Tables {
  recordings: { app_id: string };
  start_attempts: { app_id: string };
  meta: { key: string; value: string };
}

/**
 * A store belongs to the projects whose recordings it holds. Before, it belonged to a customer ID, which is replaced
 * together with the secret.
 */
export const belongToAppIds: Up = async (schema) => {
  const database = schema as Kysely<Tables>;
  const rows = await database
    .selectFrom('recordings')
    .select('app_id')
    .union(database.selectFrom('start_attempts').select('app_id'))
    .orderBy('app_id')
    .execute();
  // A store without recordings belongs to the projects of the gateway that opens it first.
  if (rows.length === 0) return;
  const value = JSON.stringify(rows.map(({ app_id: appId }) => appId));
  await database.insertInto('meta').values({ key: 'app-ids', value }).execute();
};
