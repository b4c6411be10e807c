import { type CompiledQuery } from 'kysely';

/**
 * A statement that writes many rows, worked out once for each number of rows: working it out costs more than running it.
 * There are no more numbers than a batch has rows.
 */
export class RowsStatement<Row extends object, Result> {
  readonly #columns: readonly (keyof Row)[];
  readonly #compile: (rows: readonly Row[]) => CompiledQuery<Result>;
  readonly #compiled = new Map<number, CompiledQuery<Result>>();

  /** Every row is written with these columns, in this order; what one lacks is null. */
  constructor(columns: readonly (keyof Row)[], compile: (rows: readonly Row[]) => CompiledQuery<Result>) {
    this.#columns = columns;
    this.#compile = compile;
  }

  of(rows: readonly Row[]): CompiledQuery<Result> {
    const values = rows.map((row) => this.#columns.map((column) => row[column] ?? null));
    const compiled = this.#compiled.get(rows.length) ?? this.#compileFor(values);
    this.#compiled.set(rows.length, compiled);
    return { ...compiled, parameters: values.flat() };
  }

  #compileFor(values: readonly unknown[][]): CompiledQuery<Result> {
    return this.#compile(
      values.map(
        (row) => Object.fromEntries(this.#columns.map((column, index) => [column, row[index]])) as Row,
      ),
    );
  }
}
