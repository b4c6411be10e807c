import { sql, type Transaction } from 'kysely';
import { type Observation } from '../../recordings/observation.js';
import { type Schema } from '../migrations/schema.js';
import { type ReportUnreadable } from '../stored-json.js';
import { SET_ASIDE_OBSERVATIONS } from './stored-content.js';

/** Notifications of a project that are kept aside. Beyond, the oldest are deleted. */
export const MAX_SET_ASIDE = 10_000;

/** Every how many rows it is checked whether there are too many. */
const TRIM_EVERY = 256;

const HOUR_MS = 60 * 60_000;

export interface SetAsideParts {
  /** Recordings that notifications may add to a project in an hour; null for any number. */
  maxUnknownRecordings: number | null;
  onUnreadable: ReportUnreadable;
}

/**
 * A bound on the recordings that notifications add: with a leaked secret anyone can invent them. The notifications beyond it are
 * kept, and belong to a recording once one has their sid: it was adopted, started here, or named again in a later hour.
 */
export class SetAside {
  readonly #transaction: Transaction<Schema>;
  readonly #parts: SetAsideParts;

  constructor(transaction: Transaction<Schema>, parts: SetAsideParts) {
    this.#transaction = transaction;
    this.#parts = parts;
  }

  /** Counts a recording that is to be added, and returns whether it may be. `now`: gateway time. */
  async mayBegin(appId: string, now: number): Promise<boolean> {
    const max = this.#parts.maxUnknownRecordings;
    if (max === null) return true;
    const isLaterHour = sql<boolean>`excluded.hour > unknown_recordings.hour`;
    const { amount } = await this.#transaction
      .insertInto('unknown_recordings')
      .values({ app_id: appId, hour: Math.floor(now / HOUR_MS), amount: 1 })
      .onConflict((conflict) =>
        conflict.column('app_id').doUpdateSet({
          hour: sql`case when ${isLaterHour} then excluded.hour else unknown_recordings.hour end`,
          amount: sql`case when ${isLaterHour} then 1 else unknown_recordings.amount + 1 end`,
        }),
      )
      .returning('amount')
      .executeTakeFirstOrThrow();
    return Number(amount) <= max;
  }

  /** Keeps a notification that no recording may be made for. One with the same content is kept once. */
  async keep(observation: Observation, sid: string): Promise<void> {
    const { appId, hash, receivedAt } = observation;
    const row = await this.#transaction
      .insertInto('notifications_set_aside')
      .values({
        app_id: appId,
        sid,
        hash,
        received_at: receivedAt,
        observation: SET_ASIDE_OBSERVATIONS.write(observation),
      })
      .onConflict((conflict) => conflict.columns(['app_id', 'sid', 'hash']).doNothing())
      .returning('number')
      .executeTakeFirst();
    if (row !== undefined && row.number % TRIM_EVERY === 0) await this.#trim(appId);
  }

  /** Takes out what is kept of sids, oldest first. */
  async take(appId: string, sids: readonly string[]): Promise<Observation[]> {
    const rows = await this.#transaction
      .deleteFrom('notifications_set_aside')
      .where('app_id', '=', appId)
      .where('sid', 'in', sids)
      .returning(['number', 'observation'])
      .execute();
    rows.sort((left, right) => left.number - right.number);
    return rows.flatMap(({ number, observation }) => {
      const read = SET_ASIDE_OBSERVATIONS.readIfPossible(
        observation,
        String(number),
        this.#parts.onUnreadable,
      );
      return read ?? [];
    });
  }

  async #trim(appId: string): Promise<void> {
    const oldest = await this.#transaction
      .selectFrom('notifications_set_aside')
      .select('number')
      .where('app_id', '=', appId)
      .orderBy('number', 'desc')
      .offset(MAX_SET_ASIDE - 1)
      .limit(1)
      .executeTakeFirst();
    if (oldest === undefined) return;
    await this.#transaction
      .deleteFrom('notifications_set_aside')
      .where('app_id', '=', appId)
      .where('number', '<', oldest.number)
      .execute();
  }
}
