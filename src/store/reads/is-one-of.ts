import { type Expression, sql, type SqlBool } from 'kysely';

/** That a column holds one of the values; an empty choice lets nothing through, which not every database can be asked. */
export function isOneOf(column: string, values: readonly string[]): Expression<SqlBool> {
  return values.length === 0 ? sql.lit(false) : sql`${sql.ref(column)} in (${sql.join(values)})`;
}
