import { StartRecordingDocument, type StartRecordingInput } from '@agora-recording-gateway/client';
import { run } from './documents.js';
import { type Stage } from './stage.js';

/** What the sandbox says about a situation that was met. */
export interface Meeting {
  replies?: { status?: number; answer: string }[];
}

/** Lets a channel meet a situation of the sandbox. */
export async function meet({ sandbox }: Stage, situation: string, cname: string): Promise<Meeting> {
  return (await sandbox.control('POST', `/situations/${situation}`, { cname })) as Meeting;
}

type Config = 'composite' | 'individual' | 'web';

export const CONFIGS = {
  composite: { composite: {} },
  individual: {
    individual: { subscribeUidGroup: 'UIDS_3_TO_7' as const, snapshotConfig: { captureInterval: 3_600 } },
  },
  web: {
    web: {
      ...{ url: 'https://example.com/page', audioProfile: 'MUSIC_STANDARD' as const },
      ...{ videoWidth: 1280, videoHeight: 720, maxRecordingHour: 1 },
    },
  },
};

/** Starts a recording in the channel, as a front end does. */
export async function startIn(
  { gateway }: Stage,
  channel: string,
  config: StartRecordingInput['config'] = CONFIGS.composite,
) {
  const { startRecording } = await run(gateway.url, StartRecordingDocument, {
    input: { channel, uid: '901001', config },
  });
  return startRecording;
}

/** What is expected of a recording that met a situation. */
export interface Shown {
  phase: string;
  endReason: string | null;
  /** Texts of the explanation. */
  says?: string[];
  problem?: string;
  duplicates?: number;
  snapshots?: number;
}

/** A situation of a recording, and what a user is shown of it. */
export interface Row {
  situation: string;
  config?: Config;
  maxIdleTime?: number;
  /** A situation of a recording is met once it runs, unless it is about the beginning. */
  meets?: 'at once';
  /** Whether it is stopped once it runs, or once Agora has it no more. */
  stops?: 'running' | 'gone';
  /** The user error of the stop: where notifications have shown before that the recording has ended, and where none has. */
  stopErrors?: { on: string; off: string };
  /** With notifications, whether they arrive in time or after the end. */
  on: Shown;
  off: Shown;
}

const NEVER_RAN: Shown = { phase: 'FAILED', endReason: 'START_FAILED', says: ['Likely causes'] };
const STORAGE: Shown = { phase: 'FAILED', endReason: 'STORAGE_FAILED', says: ['cloud storage is wrong'] };
const GONE: Shown = { phase: 'LOST', endReason: 'UNKNOWN' };
const RUNS: Shown = { phase: 'RECORDING', endReason: null };
const STOPPED: Shown = { phase: 'COMPLETED', endReason: 'STOP_REQUESTED' };
const NOTHING: Shown = { phase: 'COMPLETED', endReason: 'NOTHING_RECORDED' };
const IDLE: Shown = { phase: 'COMPLETED', endReason: 'IDLE', says: ['(30 s)'] };

/** One row for each. */
export const ROWS: Row[] = [
  {
    situation: 'token-wrong',
    on: {
      phase: 'FAILED',
      endReason: 'TOKEN_OR_PARAMETER',
      says: ['The token is wrong'],
      problem: 'AGORA_ERROR',
    },
    off: NEVER_RAN,
  },
  {
    situation: 'token-expires',
    on: {
      phase: 'FAILED',
      endReason: 'TOKEN_EXPIRED',
      says: ['The token has expired'],
      problem: 'AGORA_ERROR',
    },
    off: GONE,
  },
  { situation: 'bucket-missing', on: STORAGE, off: NEVER_RAN },
  { situation: 'endpoint-wrong', on: STORAGE, off: NEVER_RAN },
  { situation: 'region-wrong', on: STORAGE, off: NEVER_RAN },
  { situation: 'no-user-publishes', on: IDLE, off: IDLE },
  {
    situation: 'stop-after-it-left',
    stops: 'gone',
    stopErrors: { on: 'RECORDING_ENDED', off: 'RECORDING_NOT_FOUND' },
    on: IDLE,
    off: IDLE,
  },
  {
    situation: 'page-never-ready',
    meets: 'at once',
    config: 'web',
    on: { phase: 'FAILED', endReason: 'PAGE_LOAD_TIMEOUT' },
    off: NEVER_RAN,
  },
  {
    situation: 'query-names-another-recording',
    on: { ...RUNS, problem: 'REPLY_NAMES_ANOTHER_RECORDING' },
    off: { ...RUNS, problem: 'REPLY_NAMES_ANOTHER_RECORDING' },
  },
  {
    situation: 'nothing-recorded',
    maxIdleTime: 3_600,
    stops: 'running',
    on: NOTHING,
    off: NOTHING,
  },
  {
    situation: 'recorder-uid-in-channel',
    on: { ...RUNS, problem: 'RECORDER_UID_IN_CHANNEL' },
    off: RUNS,
  },
  { situation: 'events-after-the-end', on: STOPPED, off: RUNS },
  { situation: 'screenshots', config: 'individual', on: { ...RUNS, snapshots: 5 }, off: RUNS },
  { situation: 'slow-upload', stops: 'running', on: STOPPED, off: STOPPED },
  { situation: 'page-query-without-files', config: 'web', on: RUNS, off: RUNS },
  {
    situation: 'upload-report-without-files',
    on: { phase: 'COMPLETED', endReason: 'UNKNOWN' },
    off: RUNS,
  },
  {
    situation: 'notification-repeated',
    on: { ...RUNS, duplicates: 3 },
    off: { ...RUNS, duplicates: 3 },
  },
  {
    situation: 'stop-names-no-file',
    stops: 'running',
    on: STOPPED,
    off: { ...STOPPED, says: ['forwards them to the storage'] },
  },
  {
    situation: 'stop-while-it-ends',
    stops: 'running',
    on: STOPPED,
    // Its reply says that the recording was ending already, and not why.
    off: { phase: 'COMPLETED', endReason: 'UNKNOWN' },
  },
];
