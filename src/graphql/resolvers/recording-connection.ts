import { type RecordingFilter } from '../../store/reads/filter.js';
import { type RecordingOrder } from '../../store/reads/recording-pages.js';
import { type Context } from '../context.js';
import { type PageArgs } from '../inputs/page.args.js';
import { connection, pageArguments } from '../pagination.js';
import { presentRecording } from '../present/present.js';
import { type RecordingConnectionType } from '../types/recording.type.js';

/** A page of recordings, with what follows it live. */
export async function recordingConnection(
  { services: { store }, reads }: Context,
  asked: PageArgs,
  list: { filter: RecordingFilter; orderBy: RecordingOrder },
): Promise<RecordingConnectionType> {
  const page = { ...pageArguments(asked), ...list };
  // Taken before the page is read: a change during the read is sent again after this cursor, so none is missed.
  const head = await store.head();
  const found = await reads.page(() => store.recordingPage(page));
  const items = found.items.map(({ item, cursor }) => ({ item: presentRecording(item), cursor }));
  return {
    ...connection(items, found),
    totalCount: () => reads.count(() => store.recordingCount(list.filter)),
    changeCursor: store.changeCursor(head),
    eventCursor: store.eventCursor(head),
  };
}
