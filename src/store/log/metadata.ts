import { type Transaction } from 'kysely';
import { type MetadataEntry } from '../../recordings/metadata.js';
import { type Schema } from '../migrations/schema.js';

/** Writes the metadata of recordings to where lists are filtered by it, in place of what is there. */
export async function writeMetadata(
  transaction: Transaction<Schema>,
  recordings: readonly { id: string; metadata: readonly MetadataEntry[] }[],
): Promise<void> {
  if (recordings.length === 0) return;
  const ids = recordings.map(({ id }) => id);
  await transaction.deleteFrom('recording_metadata').where('recording_id', 'in', ids).execute();
  const rows = recordings.flatMap(({ id, metadata }) =>
    metadata.map(({ key, value }) => ({ recording_id: id, key, value })),
  );
  if (rows.length > 0) await transaction.insertInto('recording_metadata').values(rows).execute();
}
