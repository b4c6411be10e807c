import { LRUCache } from 'lru-cache';
import pLimit from 'p-limit';
import { FACTS_TIMEOUT_MS, KEPT_MS, MAX_PLAYLIST_BYTES, MISSING_KEPT_MS } from './bounds.js';
import { fetchHead, type FetchFault, fetchText, type FileFacts } from './fetch.js';
import { readPlaylist } from './playlist.js';
import { FETCH_EXPIRES_SECONDS, type BucketReader, type ReadableStorage } from './reader.js';
import { type FileUnreadableReason } from './unavailable.js';

/** Requests to storages that are sent at once, and that wait. Of more than those, the answer is that the gateway is busy. */
const MAX_SENT = 16;
const MAX_WAITING = 1_000;

/** Files whose facts are kept. */
const MAX_KEPT = 10_000;

/** What each fault means for a caller. */
export const REASONS = {
  missing: 'FILE_NOT_FOUND_IN_STORAGE',
  denied: 'STORAGE_DENIES_READING',
  unreachable: 'STORAGE_UNREACHABLE',
  'too-large': 'PLAYLIST_TOO_LARGE',
  'timed-out': 'STORAGE_TIMED_OUT',
} as const satisfies Record<FetchFault, FileUnreadableReason>;

/** How long a playlist is. */
export interface PlaylistLength {
  seconds: number;
  /** Whether it grows no more. */
  ended: boolean;
}

interface File {
  storage: ReadableStorage | null;
  reader: BucketReader;
  fileName: string;
}

function isFault(answer: object): answer is { fault: FetchFault } {
  return 'fault' in answer;
}

/** Keeps answers for a time, and gives one that is on its way to all who ask. Faults but a missing file are not kept. */
function createKept<T extends object>() {
  const kept = new LRUCache<string, Promise<T | FileUnreadableReason>>({ max: MAX_KEPT, ttl: KEPT_MS });
  return (key: string, ask: () => Promise<T | FileUnreadableReason>): Promise<T | FileUnreadableReason> => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const asked = ask();
    kept.set(key, asked);
    const settle = (result: T | FileUnreadableReason | null) => {
      if (kept.peek(key) !== asked || (result !== null && typeof result === 'object')) return;
      if (result === 'FILE_NOT_FOUND_IN_STORAGE') kept.set(key, asked, { ttl: MISSING_KEPT_MS });
      else kept.delete(key);
    };
    asked.then(settle, () => settle(null));
    return asked;
  };
}

/** What storages say of files: asked for on request only, by HEAD, or by reading a playlist. */
export function createStoredFiles() {
  const limit = pLimit(MAX_SENT);
  const facts = createKept<FileFacts>();
  const lengths = createKept<PlaylistLength>();

  async function send<T extends object>(
    work: () => Promise<T | { fault: FetchFault }>,
  ): Promise<T | FileUnreadableReason> {
    if (limit.pendingCount >= MAX_WAITING) return 'GATEWAY_BUSY';
    const answer = await limit(work);
    return isFault(answer) ? REASONS[answer.fault] : answer;
  }

  function keyOf({ storage, fileName }: File): string {
    const { vendor, region, bucket, endpoint } = storage ?? {};
    return JSON.stringify([vendor, region, bucket, endpoint, fileName]);
  }

  return {
    facts: (file: File) =>
      facts(keyOf(file), () =>
        send(async () => {
          const { url } = await file.reader.sign(file.fileName, FETCH_EXPIRES_SECONDS, 'HEAD');
          return await fetchHead(url, FACTS_TIMEOUT_MS);
        }),
      ),
    /** `NOT_A_PLAYLIST` for a file that is none. */
    length: (file: File) =>
      lengths(keyOf(file), async () => {
        const fetched = await send(async () => {
          const { url } = await file.reader.sign(file.fileName, FETCH_EXPIRES_SECONDS);
          return await fetchText(url, { timeoutMs: FACTS_TIMEOUT_MS, maxBytes: MAX_PLAYLIST_BYTES });
        });
        if (typeof fetched === 'string') return fetched;
        const playlist = readPlaylist(file.fileName, fetched.text);
        if (playlist === null) return 'NOT_A_PLAYLIST';
        return { seconds: playlist.durationSeconds, ended: playlist.ended };
      }),
  };
}
