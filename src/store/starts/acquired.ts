import { createHash } from 'node:crypto';
import { type Kysely } from 'kysely';
import { type Schema } from '../migrations/schema.js';

/** Characters of the stored facts of one resource. What is larger is left to Agora's own check. */
export const MAX_FACTS_CHARACTERS = 256 * 1024;

/** A resource that can still be started. */
export interface StoredResource {
  /** What it was acquired for, as JSON, without values. */
  facts: string;
  /** Gateway time, Unix milliseconds. */
  acquiredAt: number;
}

/** Resources that callers acquired, for the five minutes in which they can be started. */
export interface AcquiredStore {
  /** Durable when it resolves. Forgets those that were acquired `validMs` before this one, or earlier. */
  keep(resourceId: string, resource: StoredResource, validMs: number): Promise<void>;
  /** `key`: of the row in the database. */
  find(resourceId: string): Promise<(StoredResource & { key: string }) | null>;
}

/** Agora's ids are long, and an index has a limit. */
function keyOf(resourceId: string): string {
  return createHash('sha256').update(resourceId).digest('hex');
}

export function createAcquiredStore(database: Kysely<Schema>): AcquiredStore {
  return {
    async keep(resourceId, { facts, acquiredAt }, validMs) {
      if (facts.length > MAX_FACTS_CHARACTERS) return;
      const values = { facts, acquired_at: acquiredAt };
      // In a transaction, which checks that the store is still the one that was opened.
      await database.transaction().execute(async (transaction) => {
        await transaction
          .deleteFrom('acquired_resources')
          .where('acquired_at', '<=', acquiredAt - validMs)
          .execute();
        await transaction
          .insertInto('acquired_resources')
          .values({ resource_id: keyOf(resourceId), ...values })
          .onConflict((conflict) => conflict.column('resource_id').doUpdateSet(values))
          .execute();
      });
    },
    async find(resourceId) {
      const key = keyOf(resourceId);
      const row = await database
        .selectFrom('acquired_resources')
        .select(['facts', 'acquired_at'])
        .where('resource_id', '=', key)
        .executeTakeFirst();
      return row === undefined ? null : { key, facts: row.facts, acquiredAt: Number(row.acquired_at) };
    },
  };
}
