/** A commit of this many observations or more means that notifications arrive faster than one by one. */
const LOADED_BATCH = 8;

/** How long the store counts as under load after such a commit. Real milliseconds. */
const LOADED_FOR_MS = 100;

/** Whether so much is being recorded that readers must leave time for it. */
export interface RecordingLoad {
  /** Called with the size of each batch, when its commit begins. */
  begin(observations: number): void;
  isHigh(): boolean;
}

export function createRecordingLoad(monotonic: () => number): RecordingLoad {
  let until = -Infinity;
  return {
    begin(observations) {
      if (observations >= LOADED_BATCH) until = monotonic() + LOADED_FOR_MS;
    },
    isHigh: () => monotonic() < until,
  };
}
