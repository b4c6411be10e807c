import { type CompiledQuery } from 'kysely';

/**
 * A statement that writes many rows, worked out once for each number of rows: working it out costs more than running it.
 * All rows have the same properties in the same order. There are no more numbers than a batch has rows.
 */
export class RowsStatement<Row extends object, Result> {
  readonly #compiled = new Map<number, CompiledQuery<Result>>();
  readonly #compile: (rows: readonly Row[]) => CompiledQuery<Result>;

  constructor(compile: (rows: readonly Row[]) => CompiledQuery<Result>) {
    this.#compile = compile;
  }

  of(rows: readonly Row[]): CompiledQuery<Result> {
    const known = this.#compiled.get(rows.length);
    if (known !== undefined)
      return { ...known, parameters: rows.flatMap((row) => Object.values(row) as unknown[]) };
    const compiled = this.#compile(rows);
    this.#compiled.set(rows.length, compiled);
    return compiled;
  }
}
