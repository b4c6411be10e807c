import { type StartRecordingInput } from '@agora-recording-gateway/client';

/** How notifications are delivered: in time, never, or only after everything else. */
export const COLUMNS = ['on', 'off', 'late'] as const;
export type Column = (typeof COLUMNS)[number];

/** A value that may differ by column. */
export type ByColumn<Value> = Value | Record<Column, Value>;

export function inColumn<Value extends object | string | null>(
  value: ByColumn<Value>,
  column: Column,
): Value {
  return typeof value === 'object' && value !== null && 'late' in value ? value[column] : value;
}

/** What is expected of a recording that met a situation. */
export interface Shown {
  phase: string;
  endReason: string | null;
  /** Texts of the explanation. */
  says?: string[];
  /** Problems that it has, whatever others it has. */
  problems?: string[];
  /** At least so many. */
  files?: number;
  snapshots?: number;
  duplicates?: number;
  /** Whether its sid is known. Default: true. */
  hasSid?: boolean;
}

/** What the user does after the start: once it runs, or once Agora has it no more. */
type Act = 'stop' | 'stop when gone' | 'update' | 'layout';

/** Something that users met, and what the gateway makes of it. */
export interface Report {
  /** What the user saw. */
  report: string;
  /** The sandbox's situation that produces it. */
  situation: string;
  config?: 'composite' | 'individual' | 'web';
  maxIdleTime?: number;
  /** `never`: it is only received about. Default: a start. */
  starts?: 'never';
  /** A situation of a recording is met once it runs, unless it is about the beginning. */
  meets?: 'at once';
  act?: Act;
  /** The recording; null if there is none. */
  shows: ByColumn<Shown | null>;
  /** The code of the user error of the act, or of the start where there is none; null if there is none. */
  userError: ByColumn<string | null>;
  /** A text of its message. */
  errorSays?: string;
  /** Statuses that the receiver answers with. */
  replies?: number[];
  /** What the gateway refuses before Agora can: a start, or a storage profile, with this; and a text of the error. */
  refuses?: {
    start?: Partial<StartRecordingInput>;
    profile?: object;
    env?: Record<string, string>;
    says: string;
  };
}

const RUNS: Shown = { phase: 'RECORDING', endReason: null };
const STOPPED: Shown = { phase: 'COMPLETED', endReason: 'STOP_REQUESTED' };
const NOTHING: Shown = { phase: 'COMPLETED', endReason: 'NOTHING_RECORDED' };
const IDLE: Shown = { phase: 'COMPLETED', endReason: 'IDLE', says: ['received no stream', '(30 s)'] };
const IDLE_BY_QUERIES: Shown = { ...IDLE, says: [...(IDLE.says ?? []), 'IDLE (uncertain)'] };

/** Without notifications, all failed starts look the same: the explanation lists what is likely. */
const NEVER_RAN: Shown = {
  phase: 'FAILED',
  endReason: 'START_FAILED',
  says: ['Likely causes', 'the token', 'the storage'],
};
const PAGE_NEVER_RAN: Shown = { ...NEVER_RAN, says: ['Likely causes', "the page's parameters"] };
/** Without notifications, it was seen to run, and then no more. */
const GONE: Shown = { phase: 'LOST', endReason: 'UNKNOWN', says: ['it has ended'] };

/** Agora answers the same start with 201 and no sid, and without notifications nothing else names the sid. */
const WITHOUT_SID: Shown = {
  ...{ phase: 'LOST', endReason: 'UNKNOWN', hasSid: false },
  says: ['Agora accepted the start', 'did not name its sid'],
};

const failed = (endReason: string, ...says: string[]): Shown => ({
  ...{ phase: 'FAILED', endReason, says },
  problems: ['AGORA_ERROR'],
});
/** What happens is the same, whether notifications report it in time or late; without them, queries show less. */
const reported = (shown: Shown, off: Shown): Record<Column, Shown> => ({ on: shown, late: shown, off });
const STORAGE = failed('STORAGE_FAILED', 'cloud storage is wrong');
const problem = (code: string): Shown => ({ ...RUNS, problems: [code] });

/** Each report from the field. */
export const REPORTS: Report[] = [
  {
    report: 'A recording never runs, and event 1 has code 110 and no text.',
    situation: 'token-wrong',
    shows: reported(failed('TOKEN_OR_PARAMETER', 'a fatal error', 'The token is wrong'), NEVER_RAN),
    userError: null,
  },
  {
    report: 'The token expires while it records.',
    situation: 'token-expires',
    shows: reported(failed('TOKEN_EXPIRED', 'The token has expired'), GONE),
    userError: null,
  },
  {
    report: 'A start succeeds, and query and stop answer "failed to find worker": the bucket does not exist.',
    situation: 'bucket-missing',
    shows: reported(STORAGE, NEVER_RAN),
    userError: null,
  },
  {
    report: 'Queries show status 4, then 404: no user publishes, and maxIdleTime is over.',
    situation: 'no-user-publishes',
    shows: reported(IDLE, IDLE_BY_QUERIES),
    userError: null,
  },
  {
    report: 'A stop answers 404 after the recording left because no user published.',
    situation: 'stop-after-it-left',
    act: 'stop when gone',
    shows: reported(IDLE, IDLE_BY_QUERIES),
    // With notifications the gateway knows that it has ended, and does not ask Agora.
    userError: { on: 'RECORDING_ENDED', off: 'RECORDING_NOT_FOUND', late: 'RECORDING_NOT_FOUND' },
  },
  {
    report: 'A stop answers with an empty list of files that are in the backup storage.',
    situation: 'stop-names-no-file',
    act: 'stop',
    shows: reported(
      { ...STOPPED, files: 1 },
      { ...STOPPED, files: 1, says: ['forwards them to the storage', 'notification 31 reports when'] },
    ),
    userError: null,
  },
  {
    report: 'Acquire answers "post method api body check failed!" to a uid of more than 32 bits.',
    situation: 'uid-refused',
    shows: null,
    userError: 'AGORA_PARAMETER_INVALID',
    errorSays: 'body check failed',
    refuses: { start: { uid: '8810546176' }, says: 'from 1 to 4294967295' },
  },
  {
    report: 'A start answers "services not selected!", which names no field.',
    situation: 'reason-names-no-field',
    shows: null,
    userError: 'AGORA_PARAMETER_INVALID',
    errorSays: 'services not selected',
  },
  {
    report: 'A start answers "request_hash mismatch!" after acquire was sent other parameters.',
    situation: 'request-hash-mismatch',
    shows: null,
    userError: 'RESOURCE_MISMATCH',
    errorSays: 'request_hash mismatch',
  },
  {
    report: 'Acquire and start name different channels.',
    situation: 'resource-of-another-channel',
    shows: null,
    userError: 'RESOURCE_MISMATCH',
    errorSays: 'channel',
  },
  {
    report: "A user of the channel has the recorder's uid.",
    situation: 'recorder-uid-in-channel',
    // Only events of streams name the users of a channel.
    shows: reported(problem('RECORDER_UID_IN_CHANNEL'), RUNS),
    userError: null,
  },
  {
    report: 'Events follow the exit, the report of the upload comes last, and leaveCode has two bits.',
    situation: 'events-after-the-end',
    shows: reported({ ...STOPPED, files: 1 }, RUNS),
    userError: null,
  },
  {
    report: 'The signature was made over the parsed body, or with SHA-1 only, or is missing.',
    situation: 'signature-of-another-body',
    starts: 'never',
    replies: [401, 200, 401],
    shows: RUNS,
    userError: null,
  },
  {
    report: "The webhook's address is opened in a browser, or configured with a slash at its end.",
    situation: 'webhook-in-a-browser',
    starts: 'never',
    replies: [405, 200],
    shows: RUNS,
    userError: null,
  },
  {
    report: 'Events of another product arrive at the same address.',
    situation: 'notification-of-another-product',
    starts: 'never',
    replies: [200],
    shows: null,
    userError: null,
  },
  {
    report: 'Screenshots are in no list of files.',
    situation: 'screenshots',
    config: 'individual',
    shows: reported({ ...RUNS, snapshots: 5 }, RUNS),
    userError: null,
  },
  {
    report: 'Queries of a page recording always have an empty list of files.',
    situation: 'page-query-without-files',
    config: 'web',
    shows: reported({ ...RUNS, files: 1 }, RUNS),
    userError: null,
  },
  {
    report: 'A stop answers 206 and code 435: nothing was recorded.',
    situation: 'nothing-recorded',
    maxIdleTime: 3_600,
    act: 'stop',
    shows: NOTHING,
    userError: null,
  },
  {
    report: 'A stop answers 400 and code 49, with the files, because the recording was ending.',
    situation: 'stop-while-it-ends',
    act: 'stop',
    shows: reported({ ...STOPPED, files: 1 }, { phase: 'COMPLETED', endReason: 'UNKNOWN', files: 1 }),
    userError: null,
  },
  {
    report: 'A start answers 500, code 15 and an empty sid, and yet it records.',
    situation: 'start-answers-500',
    shows: reported(RUNS, WITHOUT_SID),
    userError: 'START_IN_DOUBT',
  },
  {
    report: 'The reply of a successful start has a code.',
    situation: 'start-names-a-code',
    shows: RUNS,
    userError: null,
  },
  {
    report: 'Acquire answers "appid is invalid".',
    situation: 'app-id-refused',
    shows: null,
    userError: 'APP_ID_INVALID',
    errorSays: 'Enable Cloud Recording',
  },
  {
    report: 'A stop takes 15 seconds.',
    situation: 'slow-upload',
    act: 'stop',
    shows: { ...STOPPED, files: 1 },
    userError: null,
  },
  {
    report: 'The reply of a start, and with it the sid, is lost: only the channel is known.',
    situation: 'sid-lost',
    shows: reported(RUNS, WITHOUT_SID),
    userError: 'START_IN_DOUBT',
  },
  {
    report: 'The channel is recorded already with the same uid.',
    situation: 'channel-recorded-already',
    shows: null,
    userError: 'TASK_CONFLICT',
    errorSays: 'task conflict',
  },
  {
    report: 'The endpoint of an S3-compatible storage is an address with a path.',
    situation: 'endpoint-wrong',
    shows: reported(STORAGE, NEVER_RAN),
    userError: null,
    refuses: {
      profile: { vendor: 11, region: 0, endpoint: 'https://proj.example.co/storage/v1/s3' },
      says: 'endpoint',
    },
  },
  {
    report: 'The region of the storage belongs to another vendor.',
    situation: 'region-wrong',
    shows: reported(STORAGE, NEVER_RAN),
    userError: null,
    refuses: { profile: { region: 'us-east-1' }, says: 'US_EAST_1' },
  },
  {
    report: 'The customer ID has a blank in it.',
    situation: 'credentials-refused',
    shows: null,
    userError: 'AGORA_CREDENTIALS_INVALID',
    errorSays: 'Invalid authentication credentials',
    refuses: { env: { AGORA_CUSTOMER_ID: 'abc d' }, says: 'AGORA_CUSTOMER_ID' },
  },
  {
    report: 'An updateLayout answers 400 and code 1028: a region is not inside the canvas.',
    situation: 'layout-refused',
    act: 'layout',
    shows: RUNS,
    userError: 'LAYOUT_INVALID',
    errorSays: 'canvas',
    refuses: {
      start: {
        config: {
          composite: {
            transcodingConfig: {
              ...{ width: 640, height: 360, fps: 15, bitrate: 500, mixedVideoLayout: 'CUSTOM' },
              layoutConfig: [{ uid: '1', x: 0.5, y: 0, width: 0.6, height: 1 }],
            },
          },
        },
      },
      says: 'canvas',
    },
  },
  {
    report: 'The page never becomes ready.',
    situation: 'page-never-ready',
    meets: 'at once',
    config: 'web',
    shows: reported({ phase: 'FAILED', endReason: 'PAGE_LOAD_TIMEOUT' }, PAGE_NEVER_RAN),
    userError: null,
  },
  {
    report: 'The name of the channel has a character that Agora does not take.',
    situation: 'channel-name-refused',
    shows: null,
    userError: 'CHANNEL_NAME_INVALID',
    errorSays: 'channel',
    refuses: { start: { channel: 'room/1' }, says: 'This one has /' },
  },
  {
    report: 'Event 31 has no list of files, and properties that no document has.',
    situation: 'upload-report-without-files',
    shows: reported({ phase: 'COMPLETED', endReason: 'UNKNOWN' }, RUNS),
    userError: null,
  },
  {
    report: 'A notification is delivered again and again.',
    situation: 'notification-repeated',
    shows: { ...RUNS, duplicates: 3 },
    userError: null,
  },
  {
    report: 'The reply of a query names another recording.',
    situation: 'query-names-another-recording',
    shows: problem('REPLY_NAMES_ANOTHER_RECORDING'),
    userError: null,
  },
];

/** Other forms of the same: another code, operation, or place. */
export const SIBLINGS: Report[] = [
  {
    report: 'A recording never runs, because its token had expired before.',
    situation: 'token-expired-at-start',
    shows: reported(failed('TOKEN_EXPIRED', 'The token has expired'), NEVER_RAN),
    userError: null,
  },
  {
    report: 'A recording never runs, because the recorder may not use the App ID.',
    situation: 'app-id-wrong',
    shows: reported(failed('TOKEN_OR_PARAMETER', 'Agora refused the App ID'), NEVER_RAN),
    userError: null,
  },
  {
    report: 'A recording never runs, because the service did not start it in time.',
    situation: 'start-times-out',
    shows: reported(failed('START_FAILED', 'timed out'), NEVER_RAN),
    userError: null,
  },
  {
    report: "The recorder's connection is interrupted, and it continues.",
    situation: 'connection-interrupted',
    shows: reported(problem('AGORA_ERROR'), RUNS),
    userError: null,
  },
  {
    report: 'The recorder loses its connection, and exits.',
    situation: 'connection-lost',
    shows: reported(failed('RECORDER_ERROR', 'lost its connection'), GONE),
    userError: null,
  },
  {
    report: 'The upload fails.',
    situation: 'upload-fails',
    shows: reported(failed('STORAGE_FAILED', 'upload of recorded files failed'), GONE),
    userError: null,
  },
  {
    report: 'The upload takes too long.',
    situation: 'upload-times-out',
    shows: reported(failed('STORAGE_FAILED', 'timed out'), GONE),
    userError: null,
  },
  {
    report: 'The uploader cannot process the files.',
    situation: 'files-not-processed',
    shows: reported(failed('RECORDER_ERROR', 'failed to process'), GONE),
    userError: null,
  },
  {
    report: 'Acquire answers "api body validate failed!", which names no field.',
    situation: 'value-refused',
    shows: null,
    userError: 'AGORA_PARAMETER_INVALID',
    errorSays: 'body validate failed',
  },
  {
    report: 'A start answers with a reason that names a field.',
    situation: 'reason-names-a-field',
    shows: null,
    userError: 'AGORA_PARAMETER_INVALID',
    errorSays: 'recordingConfig.maxIdleTime. Correct it',
  },
  {
    report: 'The reply of a query names another sid.',
    situation: 'query-names-another-sid',
    shows: problem('REPLY_NAMES_ANOTHER_RECORDING'),
    userError: null,
  },
  {
    report: 'The reply of a query names another channel.',
    situation: 'query-names-another-channel',
    shows: problem('REPLY_NAMES_ANOTHER_CHANNEL'),
    userError: null,
  },
  {
    report: 'The reply of a query names another uid.',
    situation: 'query-names-another-uid',
    shows: problem('REPLY_NAMES_ANOTHER_CHANNEL'),
    userError: null,
  },
  {
    report: 'The reply of an update names another recording.',
    situation: 'update-names-another-recording',
    act: 'update',
    shows: problem('REPLY_NAMES_ANOTHER_RECORDING'),
    userError: 'AGORA_REPLY_MISMATCH',
  },
  {
    report: 'The reply of an updateLayout names another recording.',
    situation: 'layout-names-another-recording',
    act: 'layout',
    shows: problem('REPLY_NAMES_ANOTHER_RECORDING'),
    userError: 'AGORA_REPLY_MISMATCH',
  },
  {
    report: 'The reply of a stop names another recording.',
    situation: 'stop-names-another-recording',
    act: 'stop',
    shows: { ...STOPPED, problems: ['REPLY_NAMES_ANOTHER_RECORDING'] },
    userError: null,
  },
  {
    report: 'The reply of a start names another channel.',
    situation: 'start-names-another-channel',
    // The resource was acquired for this channel, and the sid is that of its recording.
    shows: problem('REPLY_NAMES_ANOTHER_CHANNEL'),
    userError: null,
  },
  {
    report: 'The reply of acquire names another channel.',
    situation: 'acquire-names-another-channel',
    shows: null,
    userError: 'AGORA_REPLY_MISMATCH',
  },
  {
    report: 'A notification names another channel.',
    situation: 'notification-names-another-channel',
    replies: [200],
    shows: problem('NOTIFICATION_NAMES_ANOTHER_CHANNEL'),
    userError: null,
  },
  {
    report: 'A notification names two sids.',
    situation: 'notification-names-two-sids',
    replies: [200],
    shows: problem('NOTIFICATION_NAMES_ANOTHER_RECORDING'),
    userError: null,
  },
  {
    report: 'A notification comes in the envelope of 2019.',
    situation: 'envelope-of-2019',
    starts: 'never',
    replies: [200],
    shows: RUNS,
    userError: null,
  },
];
