import { InvalidSettingsError } from '../settings/invalid-settings-error.js';
import {
  BackupExistsError,
  BackupInvalidError,
  BackupMisplacedError,
  BackupUnderWayError,
  BackupUnfitError,
  BackupUnreadableError,
  LockFileError,
  NotAStoreError,
  OtherAgoraError,
  StoreBuiltUponError,
  StoreFaultError,
  StoreHeldError,
  StoreNewerError,
  StoreOlderError,
  StoreUnavailableError,
} from '../store/errors.js';

/** The exit codes of the gateway and its commands; the numbers from 64 on are those of sysexits.h. */
export const EXIT = {
  ok: 0,
  /** Anything else went wrong; a restart may help. */
  failure: 1,
  /** `rebuild` found recordings that change. */
  changed: 2,
  /** EX_DATAERR: the store is corrupt. Restore a backup. */
  corrupt: 65,
  /** EX_IOERR: the store cannot be read or written, or cannot be reached. */
  io: 74,
  /** EX_CONFIG: the settings are wrong, or do not fit the store. A restart does not help. */
  settings: 78,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Errors of settings or arguments that do not fit what was found. */
const DOES_NOT_FIT = [
  StoreHeldError,
  OtherAgoraError,
  StoreNewerError,
  StoreOlderError,
  StoreBuiltUponError,
  NotAStoreError,
  BackupExistsError,
  BackupMisplacedError,
  BackupUnderWayError,
  BackupUnfitError,
];

/** The exit code of a process that fails with this error. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof InvalidSettingsError) return EXIT.settings;
  if (DOES_NOT_FIT.some((kind) => error instanceof kind)) return EXIT.settings;
  if (error instanceof BackupInvalidError) return EXIT.corrupt;
  if (error instanceof BackupUnreadableError || error instanceof LockFileError) return EXIT.io;
  if (error instanceof StoreFaultError || error instanceof StoreUnavailableError) {
    return error.kind === 'corrupt' ? EXIT.corrupt : EXIT.io;
  }
  return EXIT.failure;
}
