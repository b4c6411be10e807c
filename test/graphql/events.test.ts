import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '@agora-recording-gateway/agora/tables/event-types';
import { createExecution, type Execution, QUERIES } from '../../src/graphql/execution.js';
import { MAX_CALLS } from '../../src/graphql/limits/bounds.js';
import { type Observation } from '../../src/recordings/observation.js';
import { openStore, type Store } from '../../src/store/store.js';
import { createLog } from '../../src/telemetry/log.js';
import { notification, queried, SECOND, T0 } from '../recordings/observations.js';
import { temporaryDirectory } from '../support/processes.js';
import {
  NO_AUDIT,
  NO_CALLER_LIMITS,
  NO_TRUSTED_DOCUMENTS,
  TEST_REQUESTER,
} from '../support/bare-execution.js';
import { readingServices } from '../support/reading-services.js';

interface Row {
  /** What makes this sample another than the first of its type. */
  case?: string;
  eventType: number;
  details: Record<string, unknown>;
  type: string;
  /** Fields of the event's own type. */
  fields: string;
  shows: Record<string, unknown>;
}

const FILE = {
  fileName: 'acme/a_0.mp4',
  trackType: 'audio_and_video',
  uid: '0',
  mixedAllUser: true,
  isPlayable: true,
  sliceStartTime: 1764000006123,
};
const FILES_FIELD =
  'fileList { ... on PlaylistFile { playlist: fileName } ... on RecordedFileSet { files { fileName trackType uid } } }';
const FILES = {
  fileList: { files: [{ fileName: 'acme/a_0.mp4', trackType: 'AUDIO_AND_VIDEO', uid: '0' }] },
};
const PLAYLIST = { fileList: { playlist: 'acme/a.m3u8' } };

/** Every documented event (docs/agora/notifications.md, Event types), with details as in the samples. */
const ROWS: readonly Row[] = [
  {
    eventType: 1,
    details: {
      msgName: 'cloud_recording_error',
      module: 1,
      errorLevel: 5,
      errorCode: 47,
      stat: 1,
      errorMsg: 'upload failed',
    },
    type: 'CloudRecordingErrorEvent',
    fields: 'module moduleCode errorLevel errorLevelCode error errorCode status statusCode errorMessage',
    shows: {
      module: 'UPLOADER',
      moduleCode: 1,
      errorLevel: 'FATAL',
      errorLevelCode: 5,
      error: 'UPLOAD_FAILED',
      errorCode: 47,
      status: 'ABNORMAL',
      statusCode: 1,
      errorMessage: 'upload failed',
    },
  },
  ...(
    [
      [1, 32, 'UPLOADER', 'STORAGE_CONFIGURATION_WRONG'],
      [1, 51, 'UPLOADER', 'FILES_NOT_PROCESSED'],
      [2, 50, 'CLOUD_RECORDING_SERVICE', 'UPLOAD_TIMED_OUT'],
      [2, 52, 'CLOUD_RECORDING_SERVICE', 'START_TIMED_OUT'],
      // A code means something in its module only.
      [2, 47, 'CLOUD_RECORDING_SERVICE', 'UNKNOWN'],
      [0, 32, 'RECORDER', 'UNKNOWN'],
      [6, 3, 'WEB_RECORDER', 'UNKNOWN'],
      [5, 3, 'UNKNOWN', 'UNKNOWN'],
    ] as const
  ).map(([module, errorCode, moduleName, error]) => ({
    case: `code ${errorCode} of module ${module}`,
    eventType: 1,
    details: { module, errorLevel: 2, errorCode, stat: 0 },
    type: 'CloudRecordingErrorEvent',
    fields: 'module errorLevel error errorCode status',
    shows: { module: moduleName, errorLevel: 'MINOR', error, errorCode, status: 'NORMAL' },
  })),
  ...(
    [
      [1, 'DEBUG'],
      [2, 'MINOR'],
      [3, 'MEDIUM'],
      [4, 'MAJOR'],
      [5, 'FATAL'],
      [6, 'UNKNOWN'],
    ] as const
  ).map(([level, name]) => ({
    case: `level ${level}`,
    eventType: 1,
    details: { errorLevel: level },
    type: 'CloudRecordingErrorEvent',
    fields: 'errorLevel errorLevelCode error status',
    shows: { errorLevel: name, errorLevelCode: level, error: null, status: null },
  })),
  ...(
    [
      [1, 31, 'UPLOADED_AGAIN_TO_STORAGE'],
      [1, 32, 'UPLOADED_AGAIN_TO_BACKUP'],
      [0, 31, 'UNKNOWN'],
    ] as const
  ).map(([module, warnCode, warning]) => ({
    case: `code ${warnCode} of module ${module}`,
    eventType: 2,
    details: { msgName: 'cloud_recording_warning', module, warnCode },
    type: 'CloudRecordingWarningEvent',
    fields: 'moduleCode warning warnCode',
    shows: { moduleCode: module, warning, warnCode },
  })),
  {
    eventType: 3,
    details: {
      msgName: 'cloud_recording_status_update',
      status: 5,
      recordingMode: 1,
      fileList: 'acme/a.m3u8',
    },
    type: 'CloudRecordingStatusUpdateEvent',
    fields: `serviceStatus serviceStatusCode recordingModeCode ${FILES_FIELD}`,
    shows: { serviceStatus: 'IN_PROGRESS', serviceStatusCode: 5, recordingModeCode: 1, ...PLAYLIST },
  },
  ...(
    [
      [0, 'NOT_STARTED'],
      [1, 'INITIALIZED'],
      [2, 'STARTING'],
      [3, 'PARTIALLY_READY'],
      [4, 'READY'],
      [6, 'STOP_RECEIVED'],
      [7, 'STOPPED'],
      [8, 'EXITED'],
      [20, 'EXITED_ABNORMALLY'],
      [9, 'UNKNOWN'],
    ] as const
  ).map(([status, name]) => ({
    case: `status ${status}`,
    eventType: 3,
    details: { status },
    type: 'CloudRecordingStatusUpdateEvent',
    fields: 'serviceStatus serviceStatusCode',
    shows: { serviceStatus: name, serviceStatusCode: status },
  })),
  {
    eventType: 4,
    details: { msgName: 'cloud_recording_file_infos', fileList: 'acme/a.m3u8' },
    type: 'CloudRecordingFileInfosEvent',
    fields: FILES_FIELD,
    shows: PLAYLIST,
  },
  ...(
    [
      ['exitStatus', 0, 'NORMAL'],
      ['exitStatus', 1, 'ABNORMAL'],
      ['leaveStatus', 1, 'ABNORMAL'],
    ] as const
  ).map(([field, code, exitStatus]) => ({
    case: `${field} ${code}`,
    eventType: 11,
    details: { msgName: 'session_exit', [field]: code },
    type: 'SessionExitEvent',
    fields: 'exitStatus exitStatusCode',
    shows: { exitStatus, exitStatusCode: code },
  })),
  {
    eventType: 12,
    details: { msgName: 'session_failover', newUid: 4031 },
    type: 'SessionFailoverEvent',
    fields: 'newUid',
    shows: { newUid: '4031' },
  },
  { eventType: 13, details: {}, type: 'HaRegisterSuccessEvent', fields: '__typename', shows: {} },
  ...(
    [
      [30, 'UploaderStartedEvent', 'uploader_started'],
      [31, 'UploadedEvent', 'uploaded'],
      [32, 'BackedUpEvent', 'backuped'],
      [40, 'RecorderStartedEvent', 'recorder_started'],
    ] as const
  ).flatMap(([eventType, type, msgName]) =>
    (
      [
        [0, 0, 'NORMAL'],
        ['0', 0, 'NORMAL'],
        [3, 3, 'ABNORMAL'],
      ] as const
    ).map(([sent, statusCode, status]) => ({
      case: `status ${JSON.stringify(sent)}`,
      eventType,
      details: { msgName, status: sent },
      type,
      fields: 'status statusCode',
      shows: { status, statusCode },
    })),
  ),
  ...[31, 32].map((eventType) => ({
    case: 'its files',
    eventType,
    details: { status: 0, fileList: [FILE] },
    type: eventType === 31 ? 'UploadedEvent' : 'BackedUpEvent',
    fields: FILES_FIELD,
    shows: FILES,
  })),
  {
    eventType: 33,
    details: { msgName: 'uploading_progress', progress: 9166 },
    type: 'UploadingProgressEvent',
    fields: 'progress',
    shows: { progress: 0.9166 },
  },
  { eventType: 34, details: {}, type: 'StsExpiredEvent', fields: '__typename', shows: {} },
  ...(
    [
      // By bits; by the older list. 4 and 8 mean another thing in each.
      [0, ['INITIALIZATION_FAILED'], 'INITIALIZATION_FAILED'],
      [1, ['UNKNOWN'], 'SIGINT'],
      [2, ['SIGINT'], 'NO_USERS'],
      [4, ['NO_USERS'], 'SIGTERM'],
      [8, ['TIMER'], 'CLIENT_LEFT'],
      [16, ['CLIENT_LEFT'], 'UNKNOWN'],
      [24, ['TIMER', 'CLIENT_LEFT'], 'UNKNOWN'],
      [36, ['NO_USERS', 'UNKNOWN'], 'UNKNOWN'],
    ] as const
  ).map(([leaveCode, leaveReasons, listedLeaveReason]) => ({
    case: `leaveCode ${leaveCode}`,
    eventType: 41,
    details: { msgName: 'recorder_leave', leaveCode },
    type: 'RecorderLeaveEvent',
    fields: 'leaveCode leaveReasons listedLeaveReason',
    shows: { leaveCode, leaveReasons, listedLeaveReason },
  })),
  ...(
    [
      ['audio', 'AUDIO'],
      ['video', 'VIDEO'],
      ['audio_and_video', 'AUDIO_AND_VIDEO'],
      ['smell', 'UNKNOWN'],
    ] as const
  ).map(([sent, trackType]) => ({
    case: sent,
    eventType: 42,
    details: {
      msgName: 'recorder_slice_start',
      startUtcMs: 1764000006123,
      discontinueUtcMs: 1764000005000,
      mixedAllUser: 'true',
      streamUid: '0',
      trackType: sent,
    },
    type: 'RecorderSliceStartEvent',
    fields: 'startedAt discontinuedAt mixedAllUsers streamUid trackType',
    shows: {
      startedAt: '2025-11-24T16:00:06.123Z',
      discontinuedAt: '2025-11-24T16:00:05.000Z',
      mixedAllUsers: true,
      streamUid: '0',
      trackType,
    },
  })),
  ...(
    [
      [43, 'RecorderAudioStreamStateChangedEvent'],
      [44, 'RecorderVideoStreamStateChangedEvent'],
    ] as const
  ).flatMap(([eventType, type]) =>
    (
      [
        [0, 'RECEIVING'],
        [1, 'NOT_RECEIVING'],
        [2, 'UNKNOWN'],
      ] as const
    ).map(([stateCode, state]) => ({
      case: `state ${stateCode}`,
      eventType,
      details: { streamUid: 71, state: stateCode, UtcMs: 1764000006500 },
      type,
      fields: 'streamUid state stateCode changedAt',
      shows: { streamUid: '71', state, stateCode, changedAt: '2025-11-24T16:00:06.500Z' },
    })),
  ),
  {
    eventType: 45,
    details: { msgName: 'recorder_snapshot_file', fileName: 'acme/a_video_20251124160006500.jpg' },
    type: 'RecorderSnapshotFileEvent',
    fields: 'file { fileName kind }',
    shows: { file: { fileName: 'acme/a_video_20251124160006500.jpg', kind: 'SNAPSHOT' } },
  },
  {
    eventType: 46,
    details: { anything: 1 },
    type: 'RecorderAudioInfoChangedEvent',
    fields: '__typename',
    shows: {},
  },
  {
    eventType: 47,
    details: { anything: 1 },
    type: 'RecorderVideoInfoChangedEvent',
    fields: '__typename',
    shows: {},
  },
  {
    eventType: 60,
    details: { msgName: 'vod_started', aliVodInfo: { videoId: '6f1c4261' } },
    type: 'VodStartedEvent',
    fields: 'videoId',
    shows: { videoId: '6f1c4261' },
  },
  {
    eventType: 61,
    details: { msgName: 'vod_triggered' },
    type: 'VodTriggeredEvent',
    fields: '__typename',
    shows: {},
  },
  {
    eventType: 70,
    details: { msgName: 'web_recorder_started', recorderStartTime: 1764000004000 },
    type: 'WebRecorderStartedEvent',
    fields: 'startedAt',
    shows: { startedAt: '2025-11-24T16:00:04.000Z' },
  },
  ...(
    [
      [0, 'NORMAL'],
      [1, 'MAX_RECORDING_HOUR'],
      [2, 'CAPABILITY_LIMIT'],
      [3, 'START_ENGINE_FAILED'],
      [4, 'PAGE_LOAD_TIMEOUT'],
      [5, 'ACCESS_URL_FAILED'],
      [6, 'RECORDER_ERROR'],
      [7, 'UNKNOWN'],
    ] as const
  ).map(([code, stopReason]) => ({
    case: `code ${code}`,
    eventType: 71,
    details: {
      msgName: 'web_recorder_stopped',
      code,
      message: 'recorder_error ',
      details: 'more',
      fileList: [{ filename: FILE.fileName, sliceStartTime: 1764000004000 }],
    },
    type: 'WebRecorderStoppedEvent',
    fields: `stopReason stopCode message details ${FILES_FIELD}`,
    shows: {
      stopReason,
      stopCode: code,
      message: 'recorder_error ',
      details: 'more',
      fileList: { files: [{ fileName: FILE.fileName, trackType: null, uid: null }] },
    },
  })),
  ...(
    [
      ['resolution', 'RESOLUTION'],
      ['WebGL', 'WEBGL'],
      ['bandwidth', 'BANDWIDTH'],
      ['memory', 'UNKNOWN'],
    ] as const
  ).map(([sent, limitType]) => ({
    case: sent,
    eventType: 72,
    details: { msgName: 'web_recorder_capability_limit', limitType: sent },
    type: 'WebRecorderCapabilityLimitEvent',
    fields: 'limitType',
    shows: { limitType },
  })),
  ...(
    [
      ['audio_silence', 'AUDIO_SILENCE'],
      ['page_load_timeout', 'PAGE_LOAD_TIMEOUT'],
      ['whim', 'UNKNOWN'],
    ] as const
  ).map(([reason, reloadReason]) => ({
    case: reason,
    eventType: 73,
    details: { msgName: 'web_recorder_reload', reason },
    type: 'WebRecorderReloadEvent',
    fields: 'reloadReason',
    shows: { reloadReason },
  })),
  {
    eventType: 80,
    details: { msgName: 'transcoder_started' },
    type: 'TranscoderStartedEvent',
    fields: '__typename',
    shows: {},
  },
  ...(
    [
      ['all_success', 'SUCCEEDED'],
      ['partial_success', 'PARTLY_SUCCEEDED'],
      ['fail', 'FAILED'],
      ['perhaps', 'UNKNOWN'],
    ] as const
  ).map(([sent, result]) => ({
    case: sent,
    eventType: 81,
    details: {
      msgName: 'transcoder_completed',
      result: sent,
      uids: [
        { uid: '0', result: 'success', fileList: [FILE] },
        { uid: 71, result: 'fail', fileList: [] },
      ],
    },
    type: 'TranscoderCompletedEvent',
    fields: `result users { uid result ${FILES_FIELD} }`,
    shows: {
      result,
      users: [
        { uid: '0', result: 'SUCCEEDED', ...FILES },
        { uid: '71', result: 'FAILED', fileList: { files: [] } },
      ],
    },
  })),
  {
    eventType: 90,
    details: {
      msgName: 'download_failed',
      vendor: 1,
      region: 7,
      bucket: 'acme-recordings',
      fileName: 'a.ts;b.ts',
    },
    type: 'DownloadFailedEvent',
    fields: 'vendor region bucket fileNames',
    shows: { vendor: 1, region: 7, bucket: 'acme-recordings', fileNames: ['a.ts', 'b.ts'] },
  },
  ...(
    [
      ['connecting', 'CONNECTING'],
      ['publishing', 'PUBLISHING'],
      ['onhold', 'ON_HOLD'],
      ['disconnected', 'DISCONNECTED'],
      ['elsewhere', 'UNKNOWN'],
      // The table says number, the samples have words: Agora does not publish what a number means.
      [2, null],
    ] as const
  ).map(([sent, status]) => ({
    case: `status ${JSON.stringify(sent)}`,
    eventType: 100,
    details: { msgName: 'rtmp_publish_status', rtmpUrl: 'rtmp://cdn.example/live/[redacted]', status: sent },
    type: 'RtmpPublishStatusEvent',
    fields: 'output { address status }',
    shows: { output: { address: 'rtmp://cdn.example/live/[redacted]', status } },
  })),
  ...(
    [
      ['total_success', 'SUCCEEDED'],
      ['partial_success', 'PARTLY_SUCCEEDED'],
      ['failed', 'FAILED'],
    ] as const
  ).map(([sent, result]) => ({
    case: sent,
    eventType: 1001,
    details: { msgName: 'postpone_transcode_final_result', result: sent, fileList: [FILE] },
    type: 'PostponeTranscodeFinalResultEvent',
    fields: `result ${FILES_FIELD}`,
    shows: { result, ...FILES },
  })),
  // Numbers without a source, and any that come later.
  ...[48, 62, 4711].map((eventType) => ({
    eventType,
    details: { anything: 1 },
    type: 'UnknownEvent',
    fields: 'type typeCode',
    shows: { type: 'UNKNOWN', typeCode: eventType },
  })),
];

const name = ({ eventType, type, case: what }: Row) =>
  what === undefined ? `${eventType}, ${type}` : `${eventType}, ${type}: ${what}`;

const directory = temporaryDirectory();
let store: Store;
let execution: Execution;

beforeAll(async () => {
  store = await openStore({
    databaseUrl: `file:${directory.path}/gateway.db`,
    appIds: ['app'],
    mintId: () => 'recording',
    mintKey: () => 'key',
    onFoldError: (_id, error) => {
      throw new Error(error);
    },
  });
  execution = createExecution(readingServices(store), createLog('silent'), {
    introspection: true,
    callerLimits: NO_CALLER_LIMITS,
    audit: NO_AUDIT,
    trustedDocuments: NO_TRUSTED_DOCUMENTS,
  });
});

afterAll(async () => {
  await store.close();
  directory.remove();
});

let moments = 0;

/** Takes the notification in, and gives its event as a client gets it. */
async function eventOf(observation: Observation, selection: string): Promise<unknown> {
  await store.record({ ...observation, recordingId: null });
  const prepared = execution.prepare(
    { query: `{ node(id: "${observation.id}") { __typename ${selection} } }` },
    TEST_REQUESTER,
  );
  if ('errors' in prepared) throw new Error(JSON.stringify(prepared.errors));
  const { data, errors } = await execution.execute({ ...prepared, requester: TEST_REQUESTER }, QUERIES);
  expect(errors).toBeUndefined();
  return (JSON.parse(JSON.stringify(data)) as { node: unknown }).node;
}

/** No two of one moment: those would be copies of one another. */
const at = () => (moments += 1);

describe('A notification as an event of the schema', () => {
  it('has a row here for every type that the gateway names', () => {
    const codes = new Set(ROWS.map(({ eventType }) => eventType));
    expect(EVENT_TYPES.filter(({ code }) => !codes.has(code))).toEqual([]);
  });

  it.each(ROWS.map((row) => [name(row), row] as const))('has typed details: %s', async (_name, row) => {
    const { eventType, details, type, fields, shows } = row;
    const event = await eventOf(
      notification(eventType, details, { at: at() }),
      `... on ${type} { ${fields} }`,
    );
    expect(event).toEqual({ __typename: type, ...shows });
  });

  it.each([
    [0, 'CLOUD_RECORDING_SERVICE'],
    [1, 'RECORDER'],
    [2, 'UPLOADER'],
    [3, 'CONTENT_RECOGNITION'],
    [4, 'EXTENSION_SERVICE'],
    [6, 'WEB_RECORDER'],
    [7, 'POSTPONED_TRANSCODING'],
    [8, 'DOWNLOADER'],
    [5, 'UNKNOWN'],
  ])('names the service that sent it: serviceType %i is %s', async (serviceType, service) => {
    const observation = notification(40, { status: 0 }, { at: at() });
    if (observation.content.kind !== 'notification') throw new Error('It is a notification.');
    observation.content.notification.serviceType = serviceType;
    const event = await eventOf(observation, '... on NotificationEvent { service serviceType }');
    expect(event).toEqual({ __typename: 'RecorderStartedEvent', service, serviceType });
  });

  // An older version stored such messages; parsing or serialising them deeply would overflow the stack.
  it.each(['[', '{"a":'])(
    'gives raw as text where it is too deep to be JSON in a reply: %s',
    async (open) => {
      const close = open === '[' ? ']' : '}';
      const raw = `${open.repeat(20_000)}1${close.repeat(20_000)}`;
      const event = await eventOf(
        { ...notification(40, { status: 0 }, { at: at() }), raw },
        '... on RecordingEvent { raw }',
      );
      expect(event).toEqual({ __typename: 'RecorderStartedEvent', raw });
    },
  );

  // The reader takes no such numbers, but an earlier version stored them.
  it('has null for a number that its type cannot hold, and does not fail', async () => {
    const beyond = (value: unknown): unknown => {
      if (typeof value === 'number') return 2 ** 60;
      if (Array.isArray(value)) return value.map(beyond);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, beyond(inner)]));
    };
    for (const { eventType, details, type, fields } of ROWS) {
      const observation = notification(eventType, details, { at: at() });
      if (observation.content.kind !== 'notification') throw new Error('It is a notification.');
      const { notification: read } = observation.content;
      const large = { sequence: 2 ** 40, serviceType: 2 ** 40, eventType: 2 ** 40 };
      Object.assign(read, large, { details: beyond(read.details) });
      const common = '... on NotificationEvent { sequence serviceType code: typeCode }';
      const event = await eventOf(observation, `${common} ... on ${type} { ${fields} }`);
      expect(event).toMatchObject({ sequence: null, serviceType: null, code: 2 ** 31 - 1 });
      for (const value of Object.values(event as object).filter((each) => typeof each === 'number')) {
        expect(value).toBeLessThan(2 ** 31);
      }
    }
  });

  it('and so has a recording, with its problems, calls and gaps', async () => {
    const channel = 'beyond';
    const large = 2 ** 40;
    const error = notification(1, { module: 1, errorLevel: 5, errorCode: 47 }, { at: at(), cname: channel });
    const status = queried(5, { at: at() });
    if (error.content.kind !== 'notification' || status.content.kind !== 'reply') throw new Error('As made.');
    Object.assign(error.content.notification.details, { errorCode: large });
    Object.assign(status.content.reply, { code: large, status: large });
    await eventOf(error, '__typename');
    await store.record({ ...status, recordingId: 'recording' });
    const fields = `serviceStatusCode delivery { missingCount missing { from to } }
      problems { nodes { code agoraCode message } } calls { agoraCode }`;
    const prepared = execution.prepare(
      { query: `{ recording(by: { id: "recording" }) { ${fields} } }` },
      TEST_REQUESTER,
    );
    if ('errors' in prepared) throw new Error(JSON.stringify(prepared.errors));
    const { data, errors } = await execution.execute({ ...prepared, requester: TEST_REQUESTER }, QUERIES);
    expect(errors).toBeUndefined();
    expect(JSON.parse(JSON.stringify(data))).toMatchObject({
      recording: {
        serviceStatusCode: null,
        problems: {
          nodes: expect.arrayContaining([
            { code: 'AGORA_ERROR', agoraCode: null, message: expect.any(String) as unknown },
          ]) as unknown,
        },
        calls: [{ agoraCode: null }],
      },
    });
  });
});

it(`The calls of a recording are the last ${MAX_CALLS}, with the queries from which nothing was learned in their places`, async () => {
  await eventOf(notification(40, {}, { at: at() }), '__typename');
  const [from, each] = [T0 + 1_000 * SECOND, 2 * SECOND];
  const amount = MAX_CALLS - 30;
  const wanted: object[] = [];
  for (let index = 0; index < amount; index += 1) {
    const now = from + index * each;
    const answered = { ...queried(5), recordingId: 'recording', occurredAt: now, receivedAt: now };
    await store.record(answered);
    const facts = { recordingId: 'recording', reason: 'GAP', requestedAt: now, sentAt: null } as const;
    const nothing = { answeredAt: null, httpStatus: null, agoraCode: null, requestId: null };
    await store.unanswered.keep({
      ...facts,
      ...nothing,
      id: `unanswered-${index}`,
      endedAt: now + SECOND,
      message: 'No reply (ECONNREFUSED).',
    });
    wanted.unshift(
      { id: `unanswered-${index}`, operation: 'QUERY', reason: 'GAP', outcome: 'NOT_SENT' },
      { id: answered.id, operation: 'QUERY', reason: null, outcome: 'ANSWERED' },
    );
  }
  const prepared = execution.prepare(
    { query: '{ recording(by: { id: "recording" }) { calls { id operation reason outcome } } }' },
    TEST_REQUESTER,
  );
  if ('errors' in prepared) throw new Error(JSON.stringify(prepared.errors));
  const { data } = await execution.execute({ ...prepared, requester: TEST_REQUESTER }, QUERIES);
  expect(JSON.parse(JSON.stringify(data))).toEqual({ recording: { calls: wanted.slice(0, MAX_CALLS) } });
});
