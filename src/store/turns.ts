import { sql } from 'kysely';
import { type Database } from './database.js';

/** Turns at Agora that all gateways on one store take from: the next free one is a row, by the database's clock. */
export interface SharedTurns {
  /**
   * Takes the next free turn that begins no earlier than `aheadMs` from now, and keeps others from the time after it.
   * Resolves with its beginning and with what the clock of the database showed meanwhile, real Unix milliseconds.
   */
  reserve(intervalMs: number, aheadMs: number): Promise<{ at: number; now: number }>;
  /** Nobody's next turn comes before so many real milliseconds have passed. */
  pause(milliseconds: number): Promise<void>;
}

/** No turn is further away, whatever a clock that was set back makes of it. */
const FURTHEST_MS = 60_000;

export function createSharedTurns({ kysely, clock }: Database, scope: string): SharedTurns {
  return {
    async reserve(intervalMs, aheadMs) {
      const interval = sql.lit(Math.ceil(intervalMs));
      const earliest = sql<number>`${clock} + ${sql.lit(Math.ceil(aheadMs))}`;
      /** The time of the row, but not in the past, and not too far away. */
      const next = sql<number>`case when turns.next_at < ${earliest} then ${earliest}
        when turns.next_at > ${clock} + ${sql.lit(FURTHEST_MS)} then ${clock} + ${sql.lit(FURTHEST_MS)}
        else turns.next_at end`;
      const { at, now } = await kysely
        .insertInto('turns')
        .values({ scope, next_at: sql<number>`${earliest} + ${interval}` })
        .onConflict((conflict) =>
          conflict.column('scope').doUpdateSet({ next_at: sql<number>`${next} + ${interval}` }),
        )
        .returning([sql<number>`next_at - ${interval}`.as('at'), clock.as('now')])
        .executeTakeFirstOrThrow();
      return { at: Number(at), now: Number(now) };
    },
    async pause(milliseconds) {
      const until = sql<number>`${clock} + ${sql.lit(Math.ceil(milliseconds))}`;
      await kysely
        .insertInto('turns')
        .values({ scope, next_at: until })
        .onConflict((conflict) =>
          conflict.column('scope').doUpdateSet({
            next_at: sql<number>`case when turns.next_at < ${until} then ${until} else turns.next_at end`,
          }),
        )
        .execute();
    },
  };
}
