import { type CountsFilter } from '../../store/reads/counts.js';
import { presentCounts } from '../present/present-counts.js';
import { type Services } from '../services.js';
import { type RecordingCountsType } from '../types/counts.type.js';
import { outlast } from './outlast.js';

/** Between two reads of the counts, however much changes. Real milliseconds. */
const INTERVAL_MS = 1_000;

/** Resolves after an interval, or when the subscription has ended. */
async function pause(ended: AbortSignal): Promise<void> {
  if (ended.aborted) return;
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      ended.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, INTERVAL_MS);
    ended.addEventListener('abort', end);
  });
}

/** The counts as they are, and again whenever they have changed, at most once in an interval. */
export async function* followCounts(
  { store, feed }: Services,
  filter: CountsFilter,
  ended: AbortSignal,
): AsyncGenerator<RecordingCountsType> {
  const added = feed.log();
  ended.addEventListener('abort', () => void added.return?.());
  let sent = '';
  try {
    while (!ended.aborted) {
      const counts = await outlast(ended, () => store.recordingCounts(filter));
      const text = JSON.stringify(counts);
      if (text !== sent) {
        sent = text;
        yield presentCounts(counts);
      }
      await pause(ended);
      if ((await added.next()).done === true) return;
    }
  } finally {
    await added.return?.();
  }
}
