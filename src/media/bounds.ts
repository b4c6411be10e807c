/** Bounds of `expiresInSeconds`. A week is the longest that vendors accept. */
export const MIN_EXPIRES_SECONDS = 60;
export const MAX_EXPIRES_SECONDS = 604_800;

/** Files that one operation may ask about; those after them are not asked for. */
export const MAX_FILES_OF_OPERATION = 200;

/** Time in which a storage must say what it knows of a file. Real milliseconds. */
export const FACTS_TIMEOUT_MS = 5_000;

/** Time for all files of one recording, when a storage is asked whether they are there. Real milliseconds. */
export const CHECK_TIMEOUT_MS = 240_000;

/** How long what a storage said is given again, real milliseconds; a shorter time for a missing file, which may come. */
export const KEPT_MS = 60_000;
export const MISSING_KEPT_MS = 5_000;

/** A playlist of a day with the longest names. */
export const MAX_PLAYLIST_BYTES = 4 * 1024 * 1024;

/** Time in which a storage must have sent a whole playlist that is to be served. Real milliseconds. */
export const PLAYLIST_TIMEOUT_MS = 10_000;

/** A file that passes through the gateway is cut off when no byte of it has moved for this long. Real milliseconds. */
export const STALL_TIMEOUT_MS = 30_000;

/** A number of bytes for people. */
export function inMebibytes(bytes: number): string {
  return `${bytes / (1024 * 1024)} MiB`;
}

/** A number of milliseconds for people. */
export function inSeconds(milliseconds: number): string {
  return `${milliseconds / 1000} seconds`;
}
