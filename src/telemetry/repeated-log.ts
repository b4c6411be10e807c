import { type Log } from './log.js';

/** What is logged again within this time is only counted. Real milliseconds. */
export const SUMMARY_INTERVAL_MS = 60_000;

/** Kinds of events that are counted at once; events of further kinds are counted together. */
const MAX_KEYS = 100;

/**
 * Logs events that may come in a flood, such as requests that are refused during an outage: the first one of its kind at
 * once, and then one summary a minute for as long as they keep coming.
 */
export interface RepeatedLog {
  /** `key` says which events are of one kind. */
  warn(key: string, fields: object, message: string): void;
}

interface Kind {
  /** Since the last line. */
  count: number;
  /** Those of the latest event. */
  fields: object;
  message: string;
}

const OTHERS = 'others';

export function createRepeatedLog(log: Log): RepeatedLog {
  const kinds = new Map<string, Kind>();

  function summarizeLater(key: string, kind: Kind): void {
    setTimeout(() => {
      if (kind.count === 0) {
        kinds.delete(key);
        return;
      }
      log.warn({ ...kind.fields, times: kind.count, seconds: SUMMARY_INTERVAL_MS / 1_000 }, kind.message);
      kind.count = 0;
      summarizeLater(key, kind);
    }, SUMMARY_INTERVAL_MS).unref();
  }

  return {
    warn(wanted, fields, message) {
      const key = kinds.has(wanted) || kinds.size < MAX_KEYS ? wanted : OTHERS;
      const known = kinds.get(key);
      if (known !== undefined) {
        Object.assign(known, { count: known.count + 1, fields, message });
        return;
      }
      log.warn(fields, message);
      const kind = { count: 0, fields, message };
      kinds.set(key, kind);
      summarizeLater(key, kind);
    },
  };
}
