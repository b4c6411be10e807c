import {
  BackupInvalidError,
  BackupUnfitError,
  NotAStoreError,
  OtherAgoraError,
  StoreNewerError,
} from '../errors.js';

/** The backup needs a later release, for a version of the store or of the format that this one does not know. */
export function needsLaterRelease(path: string, version: string): BackupUnfitError {
  const remedy = 'Restore it with the release that made it, or a later one';
  return new BackupUnfitError(path, `it has ${version}, which this release does not know. ${remedy}`);
}

/** What is wrong with the content of a backup is found as it is of a store; the error for operators names the backup. */
export function asBackupError(path: string, error: unknown): unknown {
  if (error instanceof StoreNewerError)
    return needsLaterRelease(path, `version ${error.needed} of the store`);
  if (error instanceof OtherAgoraError)
    return new BackupUnfitError(path, `it belongs to the Agora projects ${error.found.join(', ')}`);
  if (error instanceof NotAStoreError) return new BackupInvalidError(path, error.reason);
  return error;
}
