/** Names for the numbers inside notifications. Source: callback-service.md; where agora-facts.md adds, it says so. */

/** `module` of events 1 and 2; 6 from agora-facts.md, section 2. */
export const MODULES = [
  { code: 0, name: 'RECORDER', description: 'The recorder.' },
  { code: 1, name: 'UPLOADER', description: 'The uploader.' },
  { code: 2, name: 'CLOUD_RECORDING_SERVICE', description: 'The cloud recording service.' },
  { code: 6, name: 'WEB_RECORDER', description: 'The web page recorder.' },
] as const;

/** `errorLevel` of event 1. */
export const ERROR_LEVELS = [
  { code: 1, name: 'DEBUG', description: 'For debugging.' },
  { code: 2, name: 'MINOR', description: 'Minor.' },
  { code: 3, name: 'MEDIUM', description: 'Medium.' },
  { code: 4, name: 'MAJOR', description: 'Major.' },
  { code: 5, name: 'FATAL', description: 'Fatal: the recording may exit. The gateway queries it at once.' },
] as const;

/** `state` of events 43 and 44. */
export const STREAM_STATES = [
  { code: 0, name: 'RECEIVING', description: 'The recorder receives the stream.' },
  { code: 1, name: 'NOT_RECEIVING', description: 'The recorder does not receive the stream.' },
] as const;

/**
 * `leaveCode` of event 41 as the bitmask of agora-facts.md, section 2. callback-service.md lists other meanings for 2, 4
 * and 8 (section 5, row 10), so the raw number stands beside the names everywhere.
 */
export const LEAVE_REASONS = [
  { code: 0, name: 'INITIALIZATION_FAILED', description: 'The initialization failed.' },
  { code: 2, name: 'SIGINT', description: 'The recorder process received SIGINT.' },
  { code: 4, name: 'NO_USERS', description: 'Nobody was in the channel for maxIdleTime.' },
  { code: 8, name: 'TIMER', description: 'A timer of the recorder; to be ignored.' },
  { code: 16, name: 'CLIENT_LEFT', description: 'A stop was requested.' },
] as const;

/** `errorCode` of event 1 by module. */
export const EVENT_ERRORS = [
  { module: 1, code: 32, description: 'The configuration of the third-party cloud storage is wrong.' },
  { module: 1, code: 47, description: 'The upload of recorded files failed.' },
  { module: 1, code: 51, description: 'The uploader failed to process recorded files.' },
  { module: 2, code: 50, description: 'Uploading the recorded files timed out.' },
  { module: 2, code: 52, description: 'Starting the cloud recording service timed out.' },
] as const;

/** `warnCode` of event 2 by module. */
export const EVENT_WARNINGS = [
  { module: 1, code: 31, description: 'A slice is uploaded again to the storage.' },
  { module: 1, code: 32, description: "A slice is uploaded again to Agora's backup cloud." },
] as const;

interface Row {
  readonly code: number;
  readonly name: string;
}

/** The name for a code of one of the tables above, or UNKNOWN; null stays null. */
export function nameOf<T extends Row>(
  table: readonly T[],
  code: number | null,
): T['name'] | 'UNKNOWN' | null {
  if (code === null) return null;
  return table.find((row) => row.code === code)?.name ?? 'UNKNOWN';
}

/** The names of the bits that are set in a leaveCode. */
export function leaveReasons(leaveCode: number): string[] {
  if (leaveCode === 0) return ['INITIALIZATION_FAILED'];
  return LEAVE_REASONS.filter((reason) => reason.code !== 0 && (leaveCode & reason.code) !== 0).map(
    (reason) => reason.name,
  );
}
