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
