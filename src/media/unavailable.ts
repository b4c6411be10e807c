import {
  FACTS_TIMEOUT_MS,
  inMebibytes,
  inSeconds,
  MAX_FILES_OF_OPERATION,
  MAX_PLAYLIST_BYTES,
} from './bounds.js';

/** Why files of a recording cannot be read through the gateway, and what to do. */
export const PLAYBACK_UNAVAILABLE = {
  NO_FILES: 'Agora has named no file that can be played yet.',
  STORAGE_UNKNOWN: 'The gateway does not know the storage of this recording: it was started elsewhere.',
  NO_PROFILE:
    'The storage came with the start (storageConfig). The gateway reads files of storage profiles only.',
  PROFILE_CHANGED:
    'The storage profile of the recording is gone, or names another bucket now. Add a profile of the same name and place.',
  NO_READ_CREDENTIALS:
    'The storage profile has no readCredentialsFile. Add one with a key that may only read.',
  READ_CREDENTIALS_UNREADABLE:
    'readCredentialsFile of the storage profile cannot be read, or its credentials have expired. The log says why.',
  VENDOR_NOT_SUPPORTED: 'The gateway cannot sign addresses for this storage vendor or region.',
} as const;

export type PlaybackUnavailableReason = keyof typeof PLAYBACK_UNAVAILABLE;

/** Why nothing is known of a file in its storage, and what to check. */
export const FILE_UNREADABLE = {
  FILE_NOT_FOUND_IN_STORAGE:
    'The bucket has no file of this name. It may not be uploaded yet: see upload.state. Otherwise check whether a rule of the bucket ' +
    'or another program deletes or moves files.',
  STORAGE_DENIES_READING:
    'The storage refuses the key of readCredentialsFile for this file. Check that it may read objects of this bucket. Amazon S3 answers ' +
    'so for a file that is missing, too, if the key may not list the bucket.',
  STORAGE_UNREACHABLE:
    'The storage cannot be reached, or answers with an error. Check region and endpoint of the profile, and try again.',
  STORAGE_TIMED_OUT: `The storage did not answer in ${inSeconds(FACTS_TIMEOUT_MS)}. Try again.`,
  NAME_OUTSIDE_BUCKET: 'The name leads out of the bucket, so that it is not read.',
  NOT_A_PLAYLIST: 'The file is not a playlist.',
  PLAYLIST_TOO_LARGE: `The playlist is larger than the ${inMebibytes(MAX_PLAYLIST_BYTES)} that the gateway reads.`,
  TOO_MANY_FILES: `The operation asks about more than ${MAX_FILES_OF_OPERATION} files. Ask about fewer at once.`,
  GATEWAY_BUSY: 'The gateway has as many requests to storages waiting as it may. Try again in a second.',
} as const;

/** A reason with its words. */
export function explained(reason: FileUnreadableReason): { reason: FileUnreadableReason; message: string } {
  return { reason, message: { ...PLAYBACK_UNAVAILABLE, ...FILE_UNREADABLE }[reason] };
}

export type FileUnreadableReason = PlaybackUnavailableReason | keyof typeof FILE_UNREADABLE;
