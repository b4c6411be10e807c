/** A value, or why there is none. */
export type Result<Value, Failure> = { ok: true; value: Value } | { ok: false; error: Failure };

export function ok<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value };
}

export function fail<Failure>(error: Failure): { ok: false; error: Failure } {
  return { ok: false, error };
}

/** The errors of a result; none if it is a value. */
export function errorsOf<Failure>(result: Result<unknown, Failure[]>): Failure[] {
  return result.ok ? [] : result.error;
}
