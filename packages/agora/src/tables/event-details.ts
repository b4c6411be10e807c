import { CAUSES } from './causes.js';

/** Names for the numbers and words inside notifications. Source: docs/agora/notifications.md. */

/** `serviceType` of every notification (docs/agora/notifications.md, Envelope). */
export const SERVICE_TYPES = [
  { code: 0, name: 'CLOUD_RECORDING_SERVICE', description: 'The cloud recording service.' },
  { code: 1, name: 'RECORDER', description: 'The recorder.' },
  { code: 2, name: 'UPLOADER', description: 'The uploader.' },
  { code: 3, name: 'CONTENT_RECOGNITION', description: 'Content recognition, a service of older times.' },
  { code: 4, name: 'EXTENSION_SERVICE', description: 'An extension service.' },
  { code: 6, name: 'WEB_RECORDER', description: 'The web page recorder.' },
  { code: 7, name: 'POSTPONED_TRANSCODING', description: 'Postponed transcoding.' },
  { code: 8, name: 'DOWNLOADER', description: 'The download module.' },
] as const;

/** `module` of events 1 and 2. */
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

/** `stat` of event 1, `exitStatus` of event 11 and `status` of events 30, 31, 32 and 40: 0, or anything else. */
export const EVENT_STATUSES = [
  { name: 'NORMAL', description: 'As it should be (0).' },
  { name: 'ABNORMAL', description: 'Not as it should be (anything but 0).' },
] as const;

/** `state` of events 43 and 44. */
export const STREAM_STATES = [
  { code: 0, name: 'RECEIVING', description: 'The recorder receives the stream.' },
  { code: 1, name: 'NOT_RECEIVING', description: 'The recorder does not receive the stream.' },
] as const;

/** `leaveCode` of event 41 as a bitmask. Events always carry the raw number along with the names. */
export const LEAVE_REASONS = [
  { code: 0, name: 'INITIALIZATION_FAILED', description: 'The initialization failed (0).' },
  { code: 2, name: 'SIGINT', description: 'The recorder process received SIGINT (bit 2).' },
  { code: 4, name: 'NO_USERS', description: 'No user was in the channel for maxIdleTime (bit 4).' },
  { code: 8, name: 'TIMER', description: 'A timer of the recorder; to be ignored (bit 8).' },
  { code: 16, name: 'CLIENT_LEFT', description: 'A stop was requested (bit 16).' },
] as const;

/** The same code as an older page lists it: single values, of which 2, 4 and 8 mean something else. */
export const LISTED_LEAVE_REASONS = [
  { code: 0, name: 'INITIALIZATION_FAILED', description: 'The initialization failed (0).' },
  { code: 1, name: 'SIGINT', description: 'The recorder process received SIGINT (1).' },
  { code: 2, name: 'NO_USERS', description: 'No user was in the channel (2).' },
  { code: 4, name: 'SIGTERM', description: 'The recorder process received SIGTERM (4).' },
  { code: 8, name: 'CLIENT_LEFT', description: 'A stop was requested (8).' },
] as const;

/**
 * `errorCode` of event 1; a number means different things in different modules. The codes of the recorder (module 0) are
 * those of Agora's RTC SDKs (https://docs.agora.io/en/realtime-media/rtc/reference/error-codes), which replies of start
 * use as well; 110 has been seen in a real notification.
 */
export const EVENT_ERRORS = [
  { module: 0, code: 101, name: 'APP_ID_INVALID', description: CAUSES.APP_ID_INVALID },
  { module: 0, code: 102, name: 'CHANNEL_NAME_INVALID', description: CAUSES.CHANNEL_NAME_INVALID },
  { module: 0, code: 109, name: 'TOKEN_EXPIRED', description: CAUSES.TOKEN_EXPIRED },
  { module: 0, code: 110, name: 'TOKEN_INVALID', description: CAUSES.TOKEN_INVALID },
  {
    module: 0,
    code: 111,
    name: 'CONNECTION_INTERRUPTED',
    description: "The recorder's connection to the channel was interrupted. It reconnects on its own.",
  },
  {
    module: 0,
    code: 112,
    name: 'CONNECTION_LOST',
    description: 'The recorder lost its connection to the channel. Start a new recording if this one ends.',
  },
  {
    module: 1,
    code: 32,
    name: 'STORAGE_CONFIGURATION_WRONG',
    description:
      'The configuration of the third-party cloud storage is wrong. Check its vendor, region, bucket and keys.',
  },
  { module: 1, code: 47, name: 'UPLOAD_FAILED', description: 'The upload of recorded files failed.' },
  {
    module: 1,
    code: 51,
    name: 'FILES_NOT_PROCESSED',
    description: 'The uploader failed to process recorded files.',
  },
  { module: 2, code: 50, name: 'UPLOAD_TIMED_OUT', description: 'Uploading the recorded files timed out.' },
  {
    module: 2,
    code: 52,
    name: 'START_TIMED_OUT',
    description: 'Starting the cloud recording service timed out.',
  },
] as const;

/** `warnCode` of event 2 by module. */
export const EVENT_WARNINGS = [
  {
    module: 1,
    code: 31,
    name: 'UPLOADED_AGAIN_TO_STORAGE',
    description: 'A slice is uploaded again to the storage.',
  },
  {
    module: 1,
    code: 32,
    name: 'UPLOADED_AGAIN_TO_BACKUP',
    description: "A slice is uploaded again to Agora's backup cloud.",
  },
] as const;

/** `code` of event 71. */
export const WEB_STOP_REASONS = [
  { code: 0, name: 'NORMAL', description: 'It ended as asked.' },
  { code: 1, name: 'MAX_RECORDING_HOUR', description: 'It reached maxRecordingHour.' },
  { code: 2, name: 'CAPABILITY_LIMIT', description: 'The page uses more than can be recorded.' },
  { code: 3, name: 'START_ENGINE_FAILED', description: 'The engine that records the page did not start.' },
  { code: 4, name: 'PAGE_LOAD_TIMEOUT', description: 'The page did not load in time, twice.' },
  { code: 5, name: 'ACCESS_URL_FAILED', description: "The page's address could not be reached." },
  { code: 6, name: 'RECORDER_ERROR', description: 'The page recorder failed.' },
] as const;

/** `limitType` of event 72. */
export const CAPABILITY_LIMITS = [
  { words: ['resolution'], name: 'RESOLUTION', description: 'Its resolution.' },
  { words: ['webgl'], name: 'WEBGL', description: 'Its use of WebGL.' },
  { words: ['bandwidth'], name: 'BANDWIDTH', description: 'Its bandwidth.' },
] as const;

/** `reason` of event 73. */
export const RELOAD_REASONS = [
  { words: ['audio_silence'], name: 'AUDIO_SILENCE', description: 'The page gave no sound.' },
  { words: ['page_load_timeout'], name: 'PAGE_LOAD_TIMEOUT', description: 'The page did not load in time.' },
] as const;

/** `result` of events 81 and 1001, which spell it in two ways. */
export const TRANSCODING_RESULTS = [
  {
    words: ['all_success', 'total_success', 'success'],
    name: 'SUCCEEDED',
    description: 'All of it succeeded.',
  },
  { words: ['partial_success'], name: 'PARTLY_SUCCEEDED', description: 'A part of it succeeded.' },
  { words: ['fail', 'failed'], name: 'FAILED', description: 'It failed.' },
] as const;

/** The row for an error of event 1; undefined for a code that no document explains. */
export function eventError(module: number | null, code: number | null) {
  return EVENT_ERRORS.find((row) => row.module === module && row.code === code);
}

/**
 * The row for a warning of event 2. A recorder's warning may carry the code of an error that it tries to recover from, so
 * the errors are searched as well.
 */
export function eventWarning(module: number | null, code: number | null) {
  return EVENT_WARNINGS.find((row) => row.module === module && row.code === code) ?? eventError(module, code);
}

interface CodeRow {
  readonly code: number;
  readonly name: string;
}

interface WordRow {
  readonly words: readonly string[];
  readonly name: string;
}

/** The name for a code of one of the tables above, or UNKNOWN; null stays null. */
export function nameOf<T extends CodeRow>(
  table: readonly T[],
  code: number | null,
): T['name'] | 'UNKNOWN' | null {
  if (code === null) return null;
  return table.find((row) => row.code === code)?.name ?? 'UNKNOWN';
}

/** The same for a code that means something in its module only. */
export function nameInModule<T extends CodeRow & { readonly module: number }>(
  table: readonly T[],
  module: number | null,
  code: number | null,
): T['name'] | 'UNKNOWN' | null {
  return nameOf(
    table.filter((row) => row.module === module),
    code,
  );
}

/** The same for a word, whatever its case and the blanks around it. */
export function nameOfWord<T extends WordRow>(
  table: readonly T[],
  word: string | null,
): T['name'] | 'UNKNOWN' | null {
  if (word === null) return null;
  const plain = word.trim().toLowerCase();
  return table.find((row) => row.words.includes(plain))?.name ?? 'UNKNOWN';
}

/** NORMAL for 0, ABNORMAL for any other status; null stays null. */
export function eventStatus(status: number | null): (typeof EVENT_STATUSES)[number]['name'] | null {
  if (status === null) return null;
  return status === 0 ? 'NORMAL' : 'ABNORMAL';
}

/** The names of the bits that are set in a leaveCode; UNKNOWN stands for all bits that no document names. */
export function leaveReasons(leaveCode: number): string[] {
  if (leaveCode === 0) return ['INITIALIZATION_FAILED'];
  const known = LEAVE_REASONS.filter(({ code }) => code !== 0 && (leaveCode & code) !== 0);
  const rest = leaveCode & ~known.reduce((bits, { code }) => bits | code, 0);
  return [...known.map(({ name }) => name), ...(rest === 0 ? [] : ['UNKNOWN'])];
}
