import { type ObservationContent } from './observation.js';

/** Bytes of the longest object name that a cloud storage takes. What is longer cannot be stored there. */
export const MAX_FILE_NAME_BYTES = 1_024;

/** The name of the screenshot that an observation reports, by which it is listed; null if it reports none. */
export function snapshotNameOf(content: ObservationContent): string | null {
  if (content.kind !== 'notification') return null;
  const { details } = content.notification;
  if (details.type !== 'RECORDER_SNAPSHOT_FILE' || details.fileName === null) return null;
  return Buffer.byteLength(details.fileName) <= MAX_FILE_NAME_BYTES ? details.fileName : null;
}
