import { describe, expect, it } from 'vitest';
import { type AgoraFile } from '@agora-recording-gateway/agora/webhook/file-list';
import {
  type NotificationDetails,
  readNotification,
} from '@agora-recording-gateway/agora/webhook/notification';
import { readReply, type Reply } from '@agora-recording-gateway/agora/client/reply';
import { requestPath, requestText } from '@agora-recording-gateway/agora/client/requests';
import { Secret } from '@agora-recording-gateway/agora/client/secret';
import {
  LISTED_LEAVE_REASONS,
  leaveReasons,
  nameOf,
  nameOfWord,
  TRANSCODING_RESULTS,
} from '@agora-recording-gateway/agora/tables/event-details';
import { replyMeaning } from '@agora-recording-gateway/agora/tables/reply-meanings';
import { type Choice } from '../../src/commands/start/choose-storage.js';
import { prepareStart } from '../../src/commands/start/prepare.js';
import { type StartInput } from '../../src/commands/start/start-input.js';
import { errorsOf } from '../../src/commands/result.js';
import { acquireRequest, type PreparedStart, startRequest } from '../../src/commands/start/start-request.js';
import { createLog } from '../../src/telemetry/log.js';

/** Where Agora's documents, samples and clients disagree (docs/agora): one test for each contradiction. */

const server = (serverResponse: unknown): Reply => readReply(JSON.stringify({ serverResponse })).reply;

const file = (fileName: string, more: Partial<AgoraFile> = {}): AgoraFile => ({
  fileName,
  trackType: null,
  uid: null,
  mixedAllUser: null,
  isPlayable: null,
  sliceStartTime: null,
  ...more,
});

const files = (...list: AgoraFile[]) => ({ kind: 'files', files: list });

function detailsOf(eventType: number, details: object, payload: object = {}): NotificationDetails {
  const reading = readNotification({
    noticeId: 'n',
    productId: 3,
    eventType,
    notifyMs: 1764000000000,
    payload: { cname: 'a', uid: '1', sid: 's', sequence: 0, sendts: 1764000000000, details, ...payload },
  });
  if (reading.about === 'nothing') throw new Error(reading.reason);
  return reading.notification.details;
}

const CHOICE: Choice = {
  appIds: ['0123456789abcdef0123456789abcdef'],
  appCertificate: () => null,
  profiles: () => [
    {
      name: 'main',
      isDefault: true,
      vendor: 1,
      region: 0,
      bucket: 'b',
      fileNamePrefix: [],
      sse: null,
      tag: null,
      endpoint: null,
      readCredentials: null,
      checkFiles: false,
      credentials: () =>
        Promise.resolve({
          accessKey: new Secret('access-key'),
          secretKey: new Secret('secret-key'),
          stsToken: null,
          stsExpiration: null,
        }),
    },
  ],
  allowInlineStorage: false,
  permitsHost: () => false,
  log: createLog('silent'),
};

const PAGE = {
  url: 'https://acme.example',
  audioProfile: 0,
  videoWidth: 640,
  videoHeight: 360,
  maxRecordingHour: 1,
};

const INDIVIDUAL = { subscribeUidGroup: 0 };

async function prepared(config: StartInput['config'], channel = 'lesson'): Promise<PreparedStart> {
  const start = await prepareStart(CHOICE, { channel, uid: '1', config }, 0);
  if (!start.ok) throw new Error(start.error.map(({ message }) => message).join(' '));
  return start.value;
}

/** The request to start, as it goes out. */
async function sent(config: StartInput['config']) {
  const request = startRequest(await prepared(config), 'resource');
  if (!('body' in request)) throw new Error('A start has a body.');
  return { path: requestPath(request), text: requestText(request.body) };
}

async function fieldsAtFault(config: StartInput['config'], channel = 'lesson'): Promise<string[]> {
  const start = await prepareStart(CHOICE, { channel, uid: '1', config }, 0);
  return errorsOf(start).map(({ field }) => field?.join('.') ?? '');
}

const ROWS: Record<number, [what: string, check: () => unknown]> = {
  1: [
    'a file is named by fileName or filename, in every mode',
    () => {
      const list = [{ fileName: 'a' }, { filename: 'b' }];
      const expected = files(file('a'), file('b'));
      expect(server({ fileList: list }).fileList).toEqual(expected);
      const page = [{ serviceName: 'web_recorder_service', payload: { fileList: list } }];
      expect(server({ extensionServiceState: page }).fileList).toEqual(expected);
      expect(detailsOf(31, { fileList: list })).toMatchObject({ fileList: expected });
      expect(detailsOf(71, { fileList: list })).toMatchObject({ fileList: expected });
    },
  ],
  2: [
    'the state of a stopped page recording stands in payload or in playload',
    () => {
      for (const name of ['payload', 'playload']) {
        const state = [{ serviceName: 'upload_service', [name]: { uploadingStatus: 'uploaded' } }];
        expect(server({ extensionServiceState: state }).uploadingStatus).toBe('uploaded');
      }
    },
  ],
  3: [
    'fileList is a text, an array, JSON text, absent, or called fileListStr',
    () => {
      expect(server({ fileList: 'a.m3u8' }).fileList).toEqual({ kind: 'playlist', fileName: 'a.m3u8' });
      expect(server({ fileList: [{ fileName: 'a' }] }).fileList).toEqual(files(file('a')));
      expect(server({ fileList: '[{"fileName":"a"}]' }).fileList).toEqual(files(file('a')));
      expect(server({ fileListStr: 'a.m3u8' }).fileList).toEqual({ kind: 'playlist', fileName: 'a.m3u8' });
      expect(server({}).fileList).toBeNull();
      expect(detailsOf(4, { fileList: 'a.m3u8' })).toMatchObject({ fileList: { kind: 'playlist' } });
      expect(detailsOf(31, { fileList: [{ fileName: 'a' }] })).toMatchObject({ fileList: { kind: 'files' } });
    },
  ],
  4: [
    'what fileListMode says of fileList is not believed',
    () => {
      expect(server({ fileListMode: 'json', fileList: 'a.m3u8' }).fileList?.kind).toBe('playlist');
      expect(server({ fileListMode: 'string', fileList: [{ fileName: 'a' }] }).fileList?.kind).toBe('files');
    },
  ],
  5: [
    'sliceStartTime is in seconds or milliseconds, of the recording and of a file',
    () => {
      for (const sliceStartTime of [1764000006, 1764000006000]) {
        const reply = server({ sliceStartTime, fileList: [{ fileName: 'a', sliceStartTime }] });
        expect(reply.sliceStartTime).toBe(1764000006000);
        expect(reply.fileList).toEqual(files(file('a', { sliceStartTime: 1764000006000 })));
      }
    },
  ],
  6: [
    'booleans are booleans or texts',
    () => {
      for (const [spelt, value] of [
        [true, true],
        ['true', true],
        [false, false],
        ['false', false],
      ] as const) {
        expect(detailsOf(42, { mixedAllUser: spelt })).toMatchObject({ mixedAllUser: value });
        expect(server({ fileList: [{ fileName: 'a', isPlayable: spelt }] }).fileList).toEqual(
          files(file('a', { isPlayable: value })),
        );
      }
    },
  ],
  7: [
    'a uid is a text or a number, and "0" where all are mixed',
    () => {
      for (const uid of [71, '71']) {
        expect(readReply(JSON.stringify({ uid })).reply.uid).toBe('71');
        expect(detailsOf(12, { newUid: uid })).toMatchObject({ newUid: '71' });
        expect(server({ fileList: [{ fileName: 'a', uid }] }).fileList).toEqual(
          files(file('a', { uid: '71' })),
        );
      }
      expect(detailsOf(42, { streamUid: 0 })).toMatchObject({ streamUid: '0' });
    },
  ],
  8: [
    'status of events 30, 31, 32 and 40 is a number or a text',
    () => {
      for (const eventType of [30, 31, 32, 40]) {
        expect(detailsOf(eventType, { status: 0 })).toMatchObject({ status: 0 });
        expect(detailsOf(eventType, { status: '0' })).toMatchObject({ status: 0 });
      }
    },
  ],
  9: [
    'event 11 has exitStatus or leaveStatus',
    () => {
      expect(detailsOf(11, { exitStatus: 1 })).toEqual(detailsOf(11, { leaveStatus: 1 }));
    },
  ],
  10: [
    'leaveCode is bits, or a value of a list: both readings are given along with the number',
    () => {
      expect(detailsOf(41, { leaveCode: 8 })).toEqual({ type: 'RECORDER_LEAVE', leaveCode: 8 });
      expect([leaveReasons(8), nameOf(LISTED_LEAVE_REASONS, 8)]).toEqual([['TIMER'], 'CLIENT_LEFT']);
      expect([leaveReasons(4), nameOf(LISTED_LEAVE_REASONS, 4)]).toEqual([['NO_USERS'], 'SIGTERM']);
    },
  ],
  11: [
    'recordingMode of event 3 stays the number it is',
    () => {
      for (const recordingMode of [0, 1]) {
        expect(detailsOf(3, { status: 5, recordingMode })).toMatchObject({ recordingMode });
      }
    },
  ],
  12: [
    'status of event 100 is a word; a number says nothing',
    () => {
      expect(detailsOf(100, { rtmpUrl: 'rtmp://a/b', status: 'publishing' })).toMatchObject({
        status: 'publishing',
      });
      expect(detailsOf(100, { rtmpUrl: 'rtmp://a/b', status: 2 })).toMatchObject({ status: null });
    },
  ],
  13: [
    'the result of transcoding is spelt in two ways',
    () => {
      const names = (...words: string[]) => words.map((word) => nameOfWord(TRANSCODING_RESULTS, word));
      expect(names('all_success', 'partial_success', 'fail')).toEqual(
        names('total_success', 'partial_success', 'failed'),
      );
      expect(names('all_success', 'fail')).toEqual(['SUCCEEDED', 'FAILED']);
    },
  ],
  14: [
    'uploadingStatus is unknown or unknow',
    () => {
      const statuses = ['uploaded', 'backuped', 'unknown', 'unknow'];
      expect(statuses.map((uploadingStatus) => server({ uploadingStatus }).uploadingStatus)).toEqual([
        'uploaded',
        'backuped',
        'unknown',
        'unknown',
      ]);
    },
  ],
  15: [
    'a success may lack a code, or have one',
    () => {
      for (const body of [{}, { code: 0 }, { code: 200 }, { Code: 200 }]) {
        const { code } = readReply(JSON.stringify(body)).reply;
        expect(replyMeaning('query', 200, code).verdict).toBe('done');
      }
    },
  ],
  16: [
    'replies may lack cname and uid',
    () => {
      const ids = { resourceId: 'r', sid: 's' };
      expect(readReply(JSON.stringify(ids)).reply).toMatchObject({ ...ids, cname: null, uid: null });
      expect(readReply(JSON.stringify({ ...ids, cname: 'a', uid: '1' })).reply).toMatchObject({
        cname: 'a',
        uid: '1',
      });
    },
  ],
  17: [
    'extensionServiceState is an array in any order, of any services, or one object',
    () => {
      const upload = { serviceName: 'upload_service', payload: { uploadingStatus: 'backuped' } };
      const recorder = { serviceName: 'web_recorder_service', payload: { fileList: [{ filename: 'a' }] } };
      const push = { serviceName: 'rtmp_publish_service', payload: { outputs: [{ rtmpUrl: 'rtmp://a/b' }] } };
      const vod = { serviceName: 'aliyun_vod_service', payload: { videoInfo: [{ videoId: 'v' }] } };
      for (const state of [
        [upload, recorder, push, vod],
        [vod, push, recorder, upload],
      ]) {
        const reply = server({ extensionServiceState: state });
        expect([reply.uploadingStatus, reply.fileList]).toEqual(['backuped', files(file('a'))]);
        expect(reply.extensionServices).toHaveLength(4);
      }
      expect(server({ extensionServiceState: upload }).uploadingStatus).toBe('backuped');
    },
  ],
  18: [
    'lists of users who are not wanted go out in both spellings',
    async () => {
      const { text } = await sent({ individual: { ...INDIVIDUAL, unsubscribeAudioUids: ['71'] } });
      expect(text).toContain('"unsubscribeAudioUids":["71"]');
      expect(text).toContain('"unSubscribeAudioUids":["71"]');
    },
  ],
  19: [
    'videoBitrate goes out as documented',
    async () => {
      const { text } = await sent({ web: { ...PAGE, videoBitrate: 2500 } });
      expect(text).toContain('"videoBitrate":2500');
      expect(text).not.toContain('VideoBitrate');
    },
  ],
  20: [
    'nothing of postponed transcoding goes out any more',
    async () => {
      for (const config of [{ individual: INDIVIDUAL }, { composite: {} }, { web: PAGE }]) {
        const start = await prepared(config);
        const text = JSON.stringify([acquireRequest(start), startRequest(start, 'resource')]);
        expect(text).not.toMatch(/appsCollection|transcodeOptions|"scene":2/);
      }
    },
  ],
  21: [
    'storageConfig has extensionParams only where they are given',
    async () => {
      const { text } = await sent({ composite: {} });
      expect(text).toContain('"storageConfig"');
      expect(text).not.toContain('extensionParams');
    },
  ],
  22: [
    'captureInterval is from 5 to 3600, the narrower of two ranges',
    async () => {
      const at = (captureInterval: number) =>
        fieldsAtFault({ individual: { ...INDIVIDUAL, snapshotConfig: { captureInterval } } });
      expect(await at(4)).toEqual(['config.individual.snapshotConfig.captureInterval']);
      expect([await at(5), await at(3600)]).toEqual([[], []]);
      const config = { individual: { ...INDIVIDUAL, snapshotConfig: { captureInterval: 3601 } } };
      const start = await prepareStart(CHOICE, { channel: 'lesson', uid: '1', config }, 0);
      expect(errorsOf(start).map(({ message }) => message)).toEqual([
        'captureInterval must be from 5 to 3600 seconds.',
      ]);
    },
  ],
  23: [
    'the length of an MP4 file is set for pages only, from 30 to 240 minutes',
    async () => {
      const at = (maxVideoDuration: number) => fieldsAtFault({ web: { ...PAGE, maxVideoDuration } });
      expect([await at(29), await at(30), await at(240), await at(241)]).toEqual([
        ['config.web.maxVideoDuration'],
        [],
        [],
        ['config.web.maxVideoDuration'],
      ]);
    },
  ],
  24: [
    'a channel has fewer than 64 bytes, the name of a page recording up to 1024',
    async () => {
      expect(await fieldsAtFault({ composite: {} }, 'c'.repeat(63))).toEqual([]);
      expect(await fieldsAtFault({ composite: {} }, 'c'.repeat(64))).toEqual(['channel']);
      expect(await fieldsAtFault({ web: PAGE }, 'c'.repeat(1024))).toEqual([]);
      expect(await fieldsAtFault({ web: PAGE }, 'c'.repeat(1025))).toEqual(['channel']);
    },
  ],
  25: [
    'subscribeUidGroup goes out as the number that was chosen',
    async () => {
      for (const subscribeUidGroup of [4, 5]) {
        const { text } = await sent({ individual: { subscribeUidGroup } });
        expect(text).toContain(`"subscribeUidGroup":${subscribeUidGroup}`);
      }
    },
  ],
  26: [
    'backgroundConfig is an array',
    async () => {
      const imageUrl = 'https://acme.example/a.png';
      const { text } = await sent({
        composite: {
          transcodingConfig: { width: 640, height: 360, backgroundConfig: [{ uid: '71', imageUrl }] },
        },
      });
      expect(text).toContain('"backgroundConfig":[{');
    },
  ],
  27: [
    'composite recording is called mix in paths',
    async () => {
      expect((await sent({ composite: {} })).path).toContain('/mode/mix/start');
    },
  ],
  28: [
    'layouts are numbers, and 0 and 1 are numbers enough for a place',
    async () => {
      const window = { x: 0, y: 0, width: 1, height: 1 };
      const { text } = await sent({
        composite: {
          transcodingConfig: { width: 640, height: 360, mixedVideoLayout: 3, layoutConfig: [window] },
        },
      });
      expect(text).toContain('"mixedVideoLayout":3');
      expect(text).toContain('"x_axis":0,"y_axis":0,"width":1,"height":1');
    },
  ],
};

describe('Where the documents disagree', () => {
  it.each(Object.entries(ROWS).map(([row, [what, check]]) => [row, what, check] as const))(
    'row %s: %s',
    async (_row, _what, check) => {
      await check();
    },
  );

  it('all 28 rows have a test', () => {
    expect(Object.keys(ROWS).map(Number)).toEqual(Array.from({ length: 28 }, (_, index) => index + 1));
  });
});
