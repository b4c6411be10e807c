import { type Caller } from '../../auth/caller.js';
import { isInRange } from '../../store/reads/range.js';
import { type Change } from '../../store/reads/log-reads.js';
import { ownKey } from './own-key.js';
import { type ReadStore } from '../services.js';

/**
 * The store as a caller sees it who may see the recordings of a range only. What lies outside is not there: pages are read
 * from the range, and a recording outside is as unknown as one that never was.
 */
export function scopedStore(store: ReadStore, caller: Caller): ReadStore {
  const { range } = caller;

  async function isVisible(recordingId: string): Promise<boolean> {
    const [recording] = await store.recordings([recordingId]);
    return recording != null && isInRange(range, recording);
  }

  return {
    ...store,
    async recordings(ids) {
      const recordings = await store.recordings(ids);
      return recordings.map((recording) =>
        recording !== null && isInRange(range, recording) ? recording : null,
      );
    },
    async recordingIdBySid(sid) {
      const id = await store.recordingIdBySid(sid);
      return id !== null && (await isVisible(id)) ? id : null;
    },
    recordingPage: (options) => store.recordingPage({ ...options, filter: { ...options.filter, range } }),
    recordingCounts: (filter) => store.recordingCounts({ ...filter, range }),
    channelPage: (page) => store.channelPage({ ...page, filter: { ...page.filter, range } }),
    channelCount: (filter) => store.channelCount({ ...filter, range }),
    filePage: (page) => store.filePage({ ...page, filter: { ...page.filter, range } }),
    fileCount: (filter) => store.fileCount({ ...filter, range }),
    problemPage: (page) => store.problemPage({ ...page, filter: { ...page.filter, range } }),
    problemCount: (filter) => store.problemCount({ ...filter, range }),
    auditPage: (page) => store.auditPage({ ...page, filter: { ...page.filter, range } }),
    recordingCount: (filter) => store.recordingCount({ ...filter, range }),
    async eventCount(recordingId, types) {
      return (await isVisible(recordingId))
        ? await store.eventCount(recordingId, types)
        : { count: 0, exact: true };
    },
    async eventPage(recordingId, page, size) {
      if (await isVisible(recordingId)) return await store.eventPage(recordingId, page, size);
      return {
        items: [],
        hasNextPage: false,
        hasPreviousPage: false,
        startCursor: null,
        endCursor: null,
        bytes: 0,
      };
    },
    async unansweredQueries(recordingId) {
      return (await isVisible(recordingId))
        ? await store.unansweredQueries(recordingId)
        : { queries: [], bytes: 0 };
    },
    async event(id) {
      const event = await store.event(id);
      return event !== null && (await isVisible(event.observation.recordingId)) ? event : null;
    },
    async snapshotNames(asked) {
      const recordings = await store.recordings(asked.map(({ recordingId }) => recordingId));
      const visible = recordings.map((recording) => recording !== null && isInRange(range, recording));
      const { names, bytes } = await store.snapshotNames(
        asked.filter((_page, index) => visible[index] === true),
      );
      const pages = names.values();
      return { names: visible.map((isVisible) => (isVisible ? (pages.next().value ?? []) : [])), bytes };
    },
    async knownSnapshots(recordingId, names) {
      return (await isVisible(recordingId)) ? await store.knownSnapshots(recordingId, names) : [];
    },
    eventsAfter: (position, filter, limit) =>
      store.eventsAfter(position, { ...filter, recordings: { ...filter.recordings, range } }, limit),
    async changesAfter(position, limit) {
      const { changes, readTo } = await store.changesAfter(position, limit, range);
      const isSeen = ({ removed }: Change) => removed === null || isInRange(range, removed);
      return { changes: changes.filter(isSeen), readTo };
    },
    attempts: { findByKey: (key) => store.attempts.findByKey(ownKey(caller, key)) },
    async currentId(recordingId) {
      return (await isVisible(recordingId)) ? await store.currentId(recordingId) : recordingId;
    },
  };
}
