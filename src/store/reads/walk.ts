import { type Expression, type Kysely, type Selectable, sql, type SqlBool } from 'kysely';
import { type Schema } from '../migrations/schema.js';
import { CursorExpiredError, CursorInvalidError, type CursorKind, type Cursors } from './cursor.js';
import { boundedCount, type Count, MAX_COUNTED_ROWS, MAX_ROWS, type Page, pageEnds } from './page.js';
import { fitting, MAX_PAGE_BYTES } from './page-bytes.js';

/** Rows to sort for one page. Fewer than are looked through otherwise, since more may have come when they are read. */
export const MAX_SORTED = MAX_ROWS / 2;

const OPPOSITE = { asc: 'desc', desc: 'asc' } as const;

/** `first` with `after` reads forwards, `last` with `before` backwards; one of the two sizes is given. */
export interface PageAsked {
  first: number | null;
  after: string | null;
  last: number | null;
  before: string | null;
}

type Value = string | number;

type ListTable = 'audit_entries' | 'recording_files' | 'recording_problems';
type Row<Table extends ListTable> = Selectable<Schema[Table]>;

/** A list in the order of an index. Its columns go by the name `recordings`, under which ranges know the place of a recording. */
export interface List<Table extends ListTable> {
  table: Table;
  /** Distinguishes its cursors from those of other lists. */
  cursor: CursorKind;
  /** The columns of the order, with what they hold; together they are unique. */
  key: readonly (readonly [column: string, type: 'number' | 'string'])[];
  direction: 'asc' | 'desc';
  /** Conditions that the index of the order serves. */
  served: readonly Expression<SqlBool>[];
  /** Conditions each of which another index serves, and which may let few rows through. */
  indexed: readonly Expression<SqlBool>[];
  /** All other conditions, with the indexed ones, and the columns that they are about. */
  others: readonly Expression<SqlBool>[];
  columns: readonly string[];
  /** Stored text of a row, where rows may be large; else null. */
  bytes: Expression<number> | null;
}

type AnyList = List<ListTable>;

/** The condition that lets the fewest rows of a table through, if they are few enough to sort. */
export async function narrowest(
  database: Kysely<Schema>,
  table: string,
  conditions: readonly Expression<SqlBool>[],
): Promise<Expression<SqlBool> | null> {
  if (conditions.length === 0) return null;
  const counts = conditions.map(
    (condition, index) =>
      sql`select ${sql.lit(index)} as condition, count(*) as count
        from (select 1 as one from ${sql.table(table)} as recordings where ${condition} limit ${sql.lit(MAX_SORTED + 1)}) as found`,
  );
  const { rows } = await sql<{ condition: number; count: number }>`${sql.join(
    counts,
    sql` union all `,
  )}`.execute(database);
  const [least] = rows.toSorted((left, right) => Number(left.count) - Number(right.count));
  if (least === undefined || Number(least.count) > MAX_SORTED) return null;
  return conditions[least.condition] ?? null;
}

function all(conditions: readonly Expression<SqlBool>[]): Expression<SqlBool> {
  return conditions.length === 0 ? sql`true` : sql`(${sql.join([...conditions], sql` and `)})`;
}

function columnsOf(list: AnyList) {
  const names = [...new Set([...list.key.map(([column]) => column), ...list.columns])];
  return sql.join(names.map((name) => sql.ref(`recordings.${name}`)));
}

export function createWalk(database: Kysely<Schema>, cursors: Cursors) {
  function valuesOf({ cursor: kind, key }: AnyList, cursor: string): Value[] {
    const parts = cursors.decode(kind, cursor);
    if (parts === null) throw new CursorExpiredError(null);
    if (parts.length !== key.length || key.some(([, type], index) => typeof parts[index] !== type))
      throw new CursorInvalidError();
    return parts as Value[];
  }

  function beyond(list: AnyList, sign: string, values: readonly Value[]): Expression<SqlBool> {
    const columns = sql.join(list.key.map(([column]) => sql.ref(`recordings.${column}`)));
    return sql`(${columns}) ${sql.raw(sign)} (${sql.join([...values])})`;
  }

  /** The rows of a table under the name by which conditions know them. */
  const rowsOf = ({ table }: AnyList) => sql`${sql.table(table)} as recordings`;

  async function select(text: ReturnType<typeof sql>): Promise<Record<string, Value>[]> {
    const { rows } = await text.execute(database);
    return rows as Record<string, Value>[];
  }

  const keyOf = ({ key }: AnyList, row: Record<string, Value>): Value[] =>
    key.map(([column, type]) => (type === 'number' ? Number(row[column]) : String(row[column])));

  /**
   * A page, of which at most MAX_ROWS rows are looked through and MAX_PAGE_BYTES shown: those that one of the indexed conditions
   * finds, if they are few, else those that follow in the order. It may be shorter than asked for.
   */
  async function page<Table extends ListTable>(
    list: List<Table>,
    asked: PageAsked,
  ): Promise<Page<Row<Table>>> {
    const isBackwards = asked.last !== null;
    const size = asked.last ?? asked.first ?? 0;
    const direction = isBackwards ? OPPOSITE[list.direction] : list.direction;
    const [onwards, back] = list.direction === 'asc' ? ['>', '<'] : ['<', '>'];
    const bounds = [
      ...(asked.after === null ? [] : [beyond(list, onwards, valuesOf(list, asked.after))]),
      ...(asked.before === null ? [] : [beyond(list, back, valuesOf(list, asked.before))]),
    ];
    const order = sql.join(
      list.key.map(([column]) => sql`${sql.ref(`recordings.${column}`)} ${sql.raw(direction)}`),
    );
    const following = sql`select ${columnsOf(list)} from ${rowsOf(list)} where ${all([...list.served, ...bounds])} order by ${order}`;
    const narrow = await narrowest(database, list.table, list.indexed);
    // Without a condition every row that is looked through is shown.
    const isPartial = narrow === null && list.others.length > 0;
    const [end, next] = isPartial
      ? await select(sql`${following} limit 2 offset ${sql.lit(MAX_ROWS - 1)}`)
      : [];
    /** Where this page ends though more rows follow. */
    const limit = next === undefined || end === undefined ? null : keyOf(list, end);
    const looked =
      narrow === null
        ? following
        : sql`select ${columnsOf(list)} from ${rowsOf(list)} where ${all([narrow, ...list.served, ...bounds])}`;
    const matching =
      narrow === null && list.others.length === 0
        ? sql`${following} limit ${sql.lit(size + 1)}`
        : sql`select * from (${looked} limit ${sql.lit(MAX_ROWS)}) as recordings where ${all(list.others)}
            order by ${order} limit ${sql.lit(size + 1)}`;
    const keys = await select(matching);
    const sizes = await sizesOf(list, keys.slice(0, size));
    const shown = fitting(sizes, MAX_PAGE_BYTES);
    const encode = (values: readonly Value[]) => cursors.encode(list.cursor, ...values);
    const places = shown.map(({ values }) => ({ values, cursor: encode(values) }));
    const rows = await rowsAt(
      list,
      shown.map(({ values }) => values),
    );
    // One that was removed since its key was read is left out.
    const items = places.flatMap(({ values, cursor }) => {
      const item = rows.get(JSON.stringify(values)) as Row<Table> | undefined;
      return item === undefined ? [] : [{ item, cursor }];
    });
    const shownCursors = places.map(({ cursor }) => cursor);
    if (isBackwards) {
      items.reverse();
      shownCursors.reverse();
    }
    const read = {
      cursors: shownCursors,
      isCut: keys.length > shown.length,
      end: limit === null ? null : encode(limit),
    };
    return {
      items,
      ...pageEnds(asked, read),
      bytes: shown.reduce((sum, { bytes }) => sum + bytes, 0),
    };
  }

  /** That a row is one of those with these keys. */
  function isOneOfKeys({ key }: AnyList, rows: readonly (readonly Value[])[]): Expression<SqlBool> {
    const isOne = (values: readonly Value[]) =>
      all(key.map(([column], index) => sql<SqlBool>`${sql.ref(`recordings.${column}`)} = ${values[index]}`));
    return sql`(${sql.join(rows.map(isOne), sql` or `)})`;
  }

  async function rowsAt(
    list: AnyList,
    keys: readonly Value[][],
  ): Promise<Map<string, Record<string, Value>>> {
    if (keys.length === 0) return new Map();
    const rows = await select(sql`select * from ${rowsOf(list)} where ${isOneOfKeys(list, keys)}`);
    return new Map(rows.map((row) => [JSON.stringify(keyOf(list, row)), row]));
  }

  async function sizesOf(list: AnyList, rows: readonly Record<string, Value>[]) {
    const keys = rows.map((row) => keyOf(list, row));
    if (keys.length === 0 || list.bytes === null) return keys.map((values) => ({ values, bytes: 0 }));
    const found = await select(
      sql`select ${sql.join(list.key.map(([column]) => sql.ref(`recordings.${column}`)))}, ${list.bytes} as bytes
        from ${rowsOf(list)} where ${isOneOfKeys(list, keys)}`,
    );
    const bytes = new Map(found.map((row) => [JSON.stringify(keyOf(list, row)), Number(row.bytes)]));
    return keys.map((values) => ({ values, bytes: bytes.get(JSON.stringify(values)) ?? 0 }));
  }

  /** How many rows there are. Exact up to MAX_COUNT, where no more than MAX_COUNTED_ROWS must be looked through. */
  async function count(list: AnyList): Promise<Count> {
    const narrow = await narrowest(database, list.table, list.indexed);
    const looked = all(narrow === null ? list.served : [narrow, ...list.served]);
    const [row] = await select(
      sql`select count(*) as looked, coalesce(sum(case when ${all(list.others)} then 1 else 0 end), 0) as found
        from (select ${columnsOf(list)} from ${rowsOf(list)} where ${looked} limit ${sql.lit(MAX_COUNTED_ROWS + 1)}) as recordings`,
    );
    return boundedCount(Number(row?.found), Number(row?.looked) <= MAX_COUNTED_ROWS);
  }

  return { page, count };
}
