import pLimit from 'p-limit';
import { CHECK_TIMEOUT_MS, FACTS_TIMEOUT_MS } from './bounds.js';
import { fetchHead } from './fetch.js';
import { type BucketReader, FETCH_EXPIRES_SECONDS, isInBucket } from './reader.js';
import { REASONS } from './stored-files.js';
import { type FileUnreadableReason } from './unavailable.js';

/** Files that are asked about at once, of each recording. */
const MAX_SENT = 8;

/** Names that are kept of the files that are missing, and of those that are denied. */
export const MAX_LISTED = 50;

/** What a storage says of the files of a recording. */
export interface FilesInStorage {
  /** Files that it was asked about. */
  files: number;
  /** The first of those that it does not have, by name. */
  missing: string[];
  /** The first of those that it refuses to show while it shows others, by name. */
  denied: string[];
  /** All that are missing or denied. */
  absent: number;
}

/**
 * Asks for the head of each file, until one answer says that the storage itself cannot be asked. Names that lead out of the
 * bucket are left out. `signal` gives it up.
 */
export async function askForFiles(
  reader: BucketReader,
  fileNames: readonly string[],
  signal: AbortSignal,
): Promise<FilesInStorage | FileUnreadableReason> {
  const names = fileNames.filter(isInBucket);
  const limit = pLimit(MAX_SENT);
  const ending = AbortSignal.any([signal, AbortSignal.timeout(CHECK_TIMEOUT_MS)]);
  const missing: string[] = [];
  const denied: string[] = [];
  let trouble: FileUnreadableReason | null = null;

  async function ask(name: string): Promise<void> {
    if (trouble !== null) return;
    if (ending.aborted) {
      trouble = 'STORAGE_TIMED_OUT';
      return;
    }
    const { url } = await reader.sign(name, FETCH_EXPIRES_SECONDS, 'HEAD');
    const found = await fetchHead(url, FACTS_TIMEOUT_MS, ending);
    if (!('fault' in found)) return;
    if (found.fault === 'missing') missing.push(name);
    else if (found.fault === 'denied') denied.push(name);
    else trouble = REASONS[found.fault];
  }

  await Promise.all(names.map((name) => limit(ask, name)));
  if (trouble !== null) return trouble;
  // A key that may read nothing says nothing of what is there.
  if (denied.length > 0 && denied.length + missing.length === names.length) return 'STORAGE_DENIES_READING';
  const first = (list: string[]) => list.sort().slice(0, MAX_LISTED);
  const absent = missing.length + denied.length;
  return { files: names.length, missing: first(missing), denied: first(denied), absent };
}
