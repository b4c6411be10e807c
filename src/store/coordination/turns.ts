import { sql } from 'kysely';
import { type Database } from '../drivers/database.js';

/**
 * Turns at Agora that all gateways on one store take from: the next free one is a row, by the database's clock. Another row
 * holds the time until which they run slower than at full speed, because Agora refused calls.
 */
export interface SharedTurns {
  /**
   * Takes the next free turn that begins no earlier than `aheadMs` from now, and keeps others from the time after it.
   */
  reserve(intervalMs: number, aheadMs: number): Promise<SharedTurn>;
  /** No gateway gets a turn before `pauseMs` have passed, and none runs at full speed before `slowMs` have. */
  pause(pauseMs: number, slowMs: number): Promise<void>;
}

/** All are real Unix milliseconds by the database's clock. */
export interface SharedTurn {
  /** When it begins. */
  at: number;
  /** What the clock showed when it was taken. */
  now: number;
  /** Until when all are slower than at full speed; null if that is not so. */
  slowUntil: number | null;
}

/** Upper bounds for a turn's distance and for the slowdown, in case the database's clock was set back. */
const FURTHEST_MS = 60_000;
const SLOWEST_MS = 120_000;

export function createSharedTurns({ kysely, clock }: Database, scope: string): SharedTurns {
  const slowScope = `${scope} (slow)`;
  const after = (milliseconds: number) => sql<number>`${clock} + ${sql.lit(Math.ceil(milliseconds))}`;
  return {
    async reserve(intervalMs, aheadMs) {
      const interval = sql.lit(Math.ceil(intervalMs));
      const earliest = after(aheadMs);
      /** The time of the row, but not in the past, and not too far away. */
      const next = sql<number>`case when turns.next_at < ${earliest} then ${earliest}
        when turns.next_at > ${after(FURTHEST_MS)} then ${after(FURTHEST_MS)}
        else turns.next_at end`;
      const { at, now, slowUntil } = await kysely
        .insertInto('turns')
        .values({ scope, next_at: sql<number>`${earliest} + ${interval}` })
        .onConflict((conflict) =>
          conflict.column('scope').doUpdateSet({ next_at: sql<number>`${next} + ${interval}` }),
        )
        .returning([
          sql<number>`next_at - ${interval}`.as('at'),
          clock.as('now'),
          sql<number | null>`(select slow.next_at from turns as slow where slow.scope = ${slowScope}
            and slow.next_at between ${clock} and ${after(SLOWEST_MS)})`.as('slowUntil'),
        ])
        .executeTakeFirstOrThrow();
      return { at: Number(at), now: Number(now), slowUntil: slowUntil === null ? null : Number(slowUntil) };
    },
    async pause(pauseMs, slowMs) {
      await kysely
        .insertInto('turns')
        .values([
          { scope, next_at: after(pauseMs) },
          { scope: slowScope, next_at: after(slowMs) },
        ])
        .onConflict((conflict) =>
          conflict.column('scope').doUpdateSet({
            next_at: sql<number>`case when turns.next_at < excluded.next_at then excluded.next_at
              else turns.next_at end`,
          }),
        )
        .execute();
    },
  };
}
