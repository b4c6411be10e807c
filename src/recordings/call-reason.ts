/** Why Agora is called: a caller asked for it, or the watch wants to know something. */
export const CALL_REASONS = {
  START: 'A caller starts a recording, or a start is repeated that was in doubt: acquire and start.',
  STOP: 'A caller stops it.',
  UPDATE: 'A caller changes it or its layout.',
  RENEWAL: 'The temporary credentials of its storage are renewed.',
  REFRESH: 'A caller wants it fresh: refreshRecording, `maxAgeSeconds`, adoptRecording.',
  CONFIRMATION: 'Its start is not confirmed yet.',
  HEARTBEAT: 'It was not queried for two minutes.',
  FILE_NAMES: 'Its files are named by now.',
  FATAL_ERROR: 'Agora reported a fatal error.',
  GAP: 'Notifications are missing.',
  PROGRESS_OVERDUE: 'A progress report is overdue.',
  STOP_IN_DOUBT: 'Agora did not confirm a stop.',
  NOT_FOUND: 'Agora did not find it: it may be moving to another server.',
} as const;

export type CallReason = keyof typeof CALL_REASONS;

export const CALL_REASON_NAMES = Object.keys(CALL_REASONS) as CallReason[];
