/** How often repeated lines are summed up. Real milliseconds. */
export const SUMMARY_INTERVAL_MS = 60_000;

/** Kinds that are counted separately at once; more are summed up as `other`. */
const MAX_KINDS = 100;

type Write = (fields: Record<string, unknown>) => void;

export interface RepeatedLog {
  /** Writes the first of a kind at once; further ones of that kind are counted, and summed up once a minute. */
  note(kind: string, fields: Record<string, unknown>): void;
  /** Writes the sums that are still open. */
  close(): void;
}

/**
 * A log line that any client can cause: the log must not grow with how often clients repeat it.
 * The sum holds the fields of the first one and `count`, how many there were in the last minute.
 */
export function createRepeatedLog(write: Write): RepeatedLog {
  const open = new Map<string, { fields: Record<string, unknown>; count: number }>();
  let timer: NodeJS.Timeout | undefined;

  function sum(): void {
    for (const [kind, { fields, count }] of open) {
      if (count > 0) {
        write({ ...fields, count });
        open.set(kind, { fields, count: 0 });
      } else open.delete(kind);
    }
    if (open.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  }

  return {
    note(given, fields) {
      const kind = open.has(given) || open.size < MAX_KINDS ? given : 'other';
      const known = open.get(kind);
      if (known !== undefined) {
        known.count += 1;
        return;
      }
      write(fields);
      open.set(kind, { fields, count: 0 });
      timer ??= setInterval(sum, SUMMARY_INTERVAL_MS).unref();
    },
    close() {
      sum();
      clearInterval(timer);
    },
  };
}
