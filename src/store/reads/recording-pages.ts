import { type Expression, type Kysely, sql, type SqlBool } from 'kysely';
import { type Schema } from '../migrations/schema.js';
import { CursorExpiredError, CursorInvalidError, type Cursors } from './cursor.js';
import {
  FILTER_COLUMNS,
  filterConditions,
  indexedConditions,
  type RecordingFilter,
  startedConditions,
} from './filter.js';
import { bytesOf, fitting, MAX_PAGE_BYTES } from './page-bytes.js';
import { MAX_ROWS, type Page } from './page.js';

export type RecordingOrder = 'STARTED_AT_DESC' | 'STARTED_AT_ASC' | 'CHANGED_AT_DESC';

export interface RecordingPageArguments {
  first: number;
  after: string | null;
  filter: RecordingFilter;
  orderBy: RecordingOrder;
}

/** A recording's place in an order. */
interface Key {
  key: number;
  id: string;
}

/** Recordings to sort for one page. Fewer than are looked through otherwise, since more may have come when they are read. */
const MAX_SORTED = MAX_ROWS / 2;

/** Each order with its column; ids order what is equal there. */
const ORDERS = {
  STARTED_AT_DESC: { column: 'started_at', direction: 'desc' },
  STARTED_AT_ASC: { column: 'started_at', direction: 'asc' },
  CHANGED_AT_DESC: { column: 'changed_position', direction: 'desc' },
} as const;

function compare(column: string, sign: '<' | '<=' | '>' | '>=', { key, id }: Key): Expression<SqlBool> {
  const place = sql`(${sql.ref(`recordings.${column}`)}, ${sql.ref('recordings.id')})`;
  return sql`${place} ${sql.raw(sign)} (${key}, ${id})`;
}

export function createRecordingPages(database: Kysely<Schema>, cursors: Cursors) {
  function placeOf(orderBy: RecordingOrder, after: string): Key {
    const parts = cursors.decode(orderBy, after);
    if (parts === null) throw new CursorExpiredError(null);
    const [key, id] = parts;
    if (typeof key !== 'number' || typeof id !== 'string') throw new CursorInvalidError();
    return { key, id };
  }

  /** The condition that lets the fewest recordings through, if they are few enough to sort. */
  async function narrowest(filter: RecordingFilter): Promise<Expression<SqlBool> | null> {
    const conditions = indexedConditions(filter);
    if (conditions.length === 0) return null;
    const counts = conditions.map(
      (condition, index) =>
        sql`select ${sql.lit(index)} as condition, count(*) as count
          from (select 1 as one from recordings where ${condition} limit ${sql.lit(MAX_SORTED + 1)}) as found`,
    );
    const { rows } = await sql<{ condition: number; count: number }>`${sql.join(
      counts,
      sql` union all `,
    )}`.execute(database);
    const [least] = rows.toSorted((left, right) => Number(left.count) - Number(right.count));
    if (least === undefined || Number(least.count) > MAX_SORTED) return null;
    return conditions[least.condition] ?? null;
  }

  return {
    async recordingPage({ first, after, filter, orderBy }: RecordingPageArguments): Promise<Page<string>> {
      const { column, direction } = ORDERS[orderBy];
      const from = after === null ? null : placeOf(orderBy, after);
      const behind = from === null ? [] : [compare(column, direction === 'asc' ? '>' : '<', from)];
      const conditions = filterConditions(filter);
      const all = () =>
        database.selectFrom('recordings').select(['id', 'changed_position', ...FILTER_COLUMNS]);
      const following = () =>
        all()
          .where((where) =>
            where.and([...behind, ...(column === 'started_at' ? startedConditions(filter) : [])]),
          )
          .orderBy(column, direction)
          .orderBy('id', direction);
      const narrow = await narrowest(filter);
      // Without a condition every recording that is looked through is shown.
      const isPartial = narrow === null && conditions.length > 0;
      const [last, next] = isPartial
        ? await following()
            .select(`${column} as key`)
            .offset(MAX_ROWS - 1)
            .limit(2)
            .execute()
        : [];
      /** Where this page ends though more recordings follow. */
      const limit = next === undefined ? undefined : last;
      const upTo = limit === undefined ? [] : [compare(column, direction === 'asc' ? '<=' : '>=', limit)];
      const looked = narrow === null ? following().where((where) => where.and(upTo)) : all().where(narrow);
      const keys = await database
        // A limit keeps the database from another plan, which could look through more.
        .selectFrom(looked.limit(2 * MAX_ROWS).as('recordings'))
        .select(['recordings.id', `recordings.${column} as key`])
        .select(
          sql<number>`(select octet_length(whole.state) from recordings as whole where whole.id = recordings.id)`.as(
            'bytes',
          ),
        )
        .where((where) => where.and([...behind, ...conditions]))
        .orderBy(`recordings.${column}`, direction)
        .orderBy('recordings.id', direction)
        .limit(first + 1)
        .execute();
      const encode = ({ key, id }: Key) => cursors.encode(orderBy, Number(key), id);
      const shown = fitting(keys.slice(0, first), MAX_PAGE_BYTES);
      const isCut = keys.length > shown.length;
      const end = isCut ? shown.at(-1) : (limit ?? shown.at(-1));
      const items = shown.map((key) => ({ item: key.id, cursor: encode(key) }));
      return {
        items,
        hasNextPage: isCut || limit !== undefined,
        hasPreviousPage: after !== null,
        startCursor: items[0]?.cursor ?? null,
        endCursor: end === undefined ? null : encode(end),
        bytes: bytesOf(shown),
      };
    },
  };
}
