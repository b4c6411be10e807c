import { type CompiledQuery, type Insertable, type Kysely } from 'kysely';
import { LOG_COLUMNS, MOVING_COLUMNS, RECORDING_COLUMNS, STEADY_COLUMNS } from './rows.js';
import { type ObservationsTable, type RecordingsTable, type Schema } from '../migrations/schema.js';

/**
 * A statement that writes many rows, compiled once for each number of rows: compiling it costs more than running it. The
 * number of rows is bounded by the batch size.
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
    const compiled = this.#compiled.get(rows.length) ?? this.#compileFor(rows);
    return {
      ...compiled,
      parameters: rows.flatMap((row) => this.#columns.map((column) => row[column] ?? null)),
    };
  }

  #compileFor(rows: readonly Row[]): CompiledQuery<Result> {
    const whole = rows.map(
      (row) => Object.fromEntries(this.#columns.map((column) => [column, row[column] ?? null])) as Row,
    );
    const compiled = this.#compile(whole);
    this.#compiled.set(rows.length, compiled);
    return compiled;
  }
}

export type LogRow = Insertable<ObservationsTable>;
export type RecordingRow = Insertable<RecordingsTable>;

/** The statements of the door in, for as many rows as a batch gives them. */
export interface RecordStatements {
  log: RowsStatement<LogRow, { id: string; position: number }>;
  /** Recordings that are there, and of which no steady column changed. */
  moved: RowsStatement<RecordingRow, unknown>;
  /** All others. */
  changed: RowsStatement<RecordingRow, unknown>;
}

export function recordStatements(database: Kysely<Schema>): RecordStatements {
  const recordings = (setting: (keyof RecordingRow)[]) =>
    new RowsStatement(RECORDING_COLUMNS, (rows: readonly RecordingRow[]) =>
      database
        .insertInto('recordings')
        .values(rows)
        .onConflict((conflict) =>
          conflict
            .column('id')
            .doUpdateSet((update) =>
              Object.fromEntries(setting.map((column) => [column, update.ref(`excluded.${column}`)])),
            ),
        )
        .compile(),
    );
  return {
    log: new RowsStatement(LOG_COLUMNS, (rows: readonly LogRow[]) =>
      database.insertInto('observations').values(rows).returning(['id', 'position']).compile(),
    ),
    moved: recordings(MOVING_COLUMNS),
    changed: recordings([...MOVING_COLUMNS, ...STEADY_COLUMNS]),
  };
}
