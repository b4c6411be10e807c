import { type Kysely } from 'kysely';
import { type Schema } from '../migrations/schema.js';

/** The id of what a recording has become, if it was found to be another one; else its id. */
export async function currentIdIn(database: Kysely<Schema>, recordingId: string): Promise<string> {
  const alias = await database
    .selectFrom('recording_aliases')
    .select('recording_id')
    .where('id', '=', recordingId)
    .executeTakeFirst();
  return alias?.recording_id ?? recordingId;
}
