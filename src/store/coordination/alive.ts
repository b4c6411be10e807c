import { type Kysely } from 'kysely';
import { setMeta } from '../migrations/meta.js';
import { ENDED_PHASES } from '../reads/reads.js';
import { type Schema } from '../migrations/schema.js';

const ALIVE = 'alive';

/** What is kept of the gateways' own life, to know of a time in which none ran. */
export interface AliveStore {
  /** When a gateway last noted that it lives, gateway time; null in a new store. */
  lastAlive(): Promise<number | null>;
  noteAlive(at: number): Promise<void>;
  /** Recordings that have not ended, by id from the given one on, which is left out. */
  liveRecordings(afterId: string, limit: number): Promise<{ id: string; appId: string }[]>;
}

export function createAliveStore(database: Kysely<Schema>): AliveStore {
  return {
    async lastAlive() {
      const row = await database
        .selectFrom('meta')
        .select('value')
        .where('key', '=', ALIVE)
        .executeTakeFirst();
      return row === undefined ? null : Number(row.value);
    },
    async noteAlive(at) {
      await database.transaction().execute((transaction) => setMeta(transaction, ALIVE, String(at)));
    },
    async liveRecordings(afterId, limit) {
      const rows = await database
        .selectFrom('recordings')
        .select(['id', 'app_id'])
        .where('id', '>', afterId)
        .where('phase', 'not in', ENDED_PHASES)
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ id: row.id, appId: row.app_id }));
    },
  };
}
