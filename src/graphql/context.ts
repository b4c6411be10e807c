import DataLoader from 'dataloader';
import { type Caller } from '../auth/caller.js';
import { type Requester } from '../auth/requester.js';
import { type FileFacts } from '../media/fetch.js';
import { type MediaReads, type StoredFileAsked } from '../media/media.js';
import { type FileUnreadableReason } from '../media/unavailable.js';
import { type SnapshotsAsked } from '../store/reads/snapshots.js';
import { type HeldPages, ReadBudget } from './limits/read-budget.js';
import { ReplyBudget } from './limits/reply-budget.js';
import { presentRecording } from './present/present.js';
import { type Services } from './services.js';
import { type RecordingType } from './types/recording.type.js';

/** Created for each execution: loaders that live longer would return old values. */
export interface Context {
  requester: Requester;
  caller: Caller;
  /** What the caller may see and do, and nothing else. */
  services: Services;
  reply: ReplyBudget;
  reads: ReadBudget;
  media: MediaReads;
  recordings: DataLoader<string, RecordingType | null>;
  /** What storages say of files; a file that an operation names twice is asked for once. */
  storedFiles: DataLoader<StoredFileAsked, FileFacts | FileUnreadableReason, string>;
  /** Names of screenshots; one read for the recordings of a list. */
  snapshots: DataLoader<SnapshotsAsked, string[]>;
}

export function createContext(services: Services, requester: Requester, held: HeldPages): Context {
  const reads = new ReadBudget(held);
  const media = services.media.reads(requester.caller.credential);
  return {
    requester,
    caller: requester.caller,
    services,
    reply: new ReplyBudget(),
    reads,
    media,
    storedFiles: new DataLoader((files) => media.facts(files), {
      cacheKeyFn: ({ storage, fileName }) => JSON.stringify([storage, fileName]),
    }),
    snapshots: new DataLoader(
      async (asked: readonly SnapshotsAsked[]) =>
        (await reads.page(() => services.store.snapshotNames(asked))).names,
    ),
    recordings: new DataLoader(async (ids) => {
      const recordings = await services.store.recordings(ids);
      return recordings.map((recording) => (recording === null ? null : presentRecording(recording)));
    }),
  };
}
