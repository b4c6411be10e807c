import { type Expression, type Kysely, sql, type SqlBool } from 'kysely';
import { type Schema } from '../migrations/schema.js';
import { CursorExpiredError, CursorInvalidError, type Cursors } from './cursor.js';
import {
  FILTER_COLUMNS,
  filterConditions,
  indexedConditions,
  type RecordingFilter,
  timeConditions,
} from './filter.js';
import { bytesOf, fitting, MAX_PAGE_BYTES } from './page-bytes.js';
import { boundedCount, type Count, MAX_COUNTED_ROWS, MAX_ROWS, type Page, pageEnds } from './page.js';
import { narrowest } from './walk.js';

/** `first` with `after` reads forwards, `last` with `before` backwards; one of `first` and `last` is given. */
export interface RecordingPageArguments {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
  filter: RecordingFilter;
  orderBy: RecordingOrder;
}

/** A recording's place in an order. */
interface Key {
  key: number | string;
  id: string;
}

/** Each order with its column; ids order what is equal there. */
export const ORDERS = {
  STARTED_AT_DESC: { column: 'started_at', direction: 'desc' },
  STARTED_AT_ASC: { column: 'started_at', direction: 'asc' },
  ENDED_AT_DESC: { column: 'ended_at', direction: 'desc' },
  ENDED_AT_ASC: { column: 'ended_at', direction: 'asc' },
  CHANGED_AT_DESC: { column: 'changed_position', direction: 'desc' },
  CHANGED_AT_ASC: { column: 'changed_position', direction: 'asc' },
  CHANNEL_ASC: { column: 'channel', direction: 'asc' },
  CHANNEL_DESC: { column: 'channel', direction: 'desc' },
} as const;

export type RecordingOrder = keyof typeof ORDERS;

const OPPOSITE = { asc: 'desc', desc: 'asc' } as const;

function compare(column: string, sign: '<' | '<=' | '>' | '>=', { key, id }: Key): Expression<SqlBool> {
  const place = sql`(${sql.ref(`recordings.${column}`)}, ${sql.ref('recordings.id')})`;
  return sql`${place} ${sql.raw(sign)} (${key}, ${id})`;
}

export function createRecordingPages(database: Kysely<Schema>, cursors: Cursors) {
  function placeOf(orderBy: RecordingOrder, after: string): Key {
    const parts = cursors.decode(orderBy, after);
    if (parts === null) throw new CursorExpiredError(null);
    const [key, id] = parts;
    const type = ORDERS[orderBy].column === 'channel' ? 'string' : 'number';
    if (typeof key !== type || typeof id !== 'string') throw new CursorInvalidError();
    return { key: key as Key['key'], id };
  }

  return {
    async recordingPage(page: RecordingPageArguments): Promise<Page<string>> {
      const { filter, orderBy } = page;
      const { column, direction: forwards } = ORDERS[orderBy];
      const isBackwards = page.last != null;
      const direction = isBackwards ? OPPOSITE[forwards] : forwards;
      const size = page.last ?? page.first ?? 0;
      const within = (cursor: string | null | undefined, towards: 'asc' | 'desc') =>
        cursor == null ? [] : [compare(column, towards === 'asc' ? '>' : '<', placeOf(orderBy, cursor))];
      const behind = [...within(page.after, forwards), ...within(page.before, OPPOSITE[forwards])];
      const conditions = filterConditions(filter);
      const all = () =>
        database.selectFrom('recordings').select(['id', 'changed_position', ...FILTER_COLUMNS]);
      const following = () =>
        all()
          .where((where) => where.and([...behind, ...timeConditions(column, filter)]))
          .orderBy(column, direction)
          .orderBy('id', direction);
      const narrow = await narrowest(database, 'recordings', indexedConditions(filter));
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
        .limit(size + 1)
        .execute();
      const encode = ({ key, id }: Key) =>
        cursors.encode(orderBy, column === 'channel' ? key : Number(key), id);
      const shown = fitting(keys.slice(0, size), MAX_PAGE_BYTES);
      const items = shown.map((key) => ({ item: key.id, cursor: encode(key) }));
      if (isBackwards) items.reverse();
      const read = {
        cursors: items.map(({ cursor }) => cursor),
        isCut: keys.length > shown.length,
        end: limit === undefined ? null : encode(limit),
      };
      return {
        items,
        ...pageEnds(page, read),
        bytes: bytesOf(shown),
      };
    },
    async recordingCount(filter: RecordingFilter): Promise<Count> {
      const conditions = filterConditions(filter);
      const narrow = await narrowest(database, 'recordings', indexedConditions(filter));
      const looked = database.selectFrom('recordings').select(['id', ...FILTER_COLUMNS]);
      const bounded = narrow === null ? looked.orderBy('started_at', 'desc') : looked.where(narrow);
      const row = await database
        .selectFrom(bounded.limit(MAX_COUNTED_ROWS + 1).as('recordings'))
        .select((select) => [
          select.fn.countAll().as('looked'),
          conditions.length === 0
            ? select.fn.countAll().as('found')
            : select.fn
                .sum(select.case().when(select.and(conditions)).then(sql.lit(1)).else(sql.lit(0)).end())
                .as('found'),
        ])
        .executeTakeFirstOrThrow();
      return boundedCount(Number(row.found ?? 0), Number(row.looked) <= MAX_COUNTED_ROWS);
    },
  };
}
