import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  type Notification,
  type NotificationDetails,
  readNotification,
} from '../src/webhook/notification.js';
import { envelope, sample } from './support.js';

const LESSON = { cname: 'lesson-4711', uid: '901001', sid: 'a65e19cbae530282bd36cb9d21f6be6a' };
const PANEL = { cname: 'panel-302', uid: '901003', sid: '8df4f50947aaeb26c57d21fa5d328263' };
const PAGE = { cname: 'board-page-88', uid: '901002', sid: 'bf0d7c1c1e21862ab8a18a8902073fec' };
const PLAYLIST = 'acme/lesson4711/a65e19cbae530282bd36cb9d21f6be6a_lesson-4711.m3u8';
const OTHER: NotificationDetails = { type: 'OTHER' };

function mixed(fileName: string) {
  return {
    fileName,
    trackType: 'audio_and_video' as const,
    uid: '0',
    mixedAllUser: true,
    isPlayable: true,
    sliceStartTime: 1764000006123,
  };
}

function audioOf(uid: string) {
  return {
    fileName: `acme/panel302/8df4f50947aaeb26c57d21fa5d328263_panel-302__uid_s_${uid}__uid_e_audio.m3u8`,
    trackType: 'audio' as const,
    uid,
    mixedAllUser: false,
    isPlayable: true,
    sliceStartTime: 1764000009000,
  };
}

const EXPECTED: Record<string, Notification> = {
  'notify-1-error-upload': {
    ...LESSON,
    noticeId: '48c801bef750110c57513064d6d59291',
    eventType: 1,
    typeName: 'CLOUD_RECORDING_ERROR',
    sequence: 9,
    sendts: 1764000063000,
    serviceType: 0,
    details: {
      type: 'CLOUD_RECORDING_ERROR',
      module: 1,
      errorLevel: 5,
      errorCode: 32,
      stat: 1,
      errorMsg: 'storage configuration rejected',
    },
  },
  'notify-2-warning': {
    ...LESSON,
    noticeId: 'f0cde2e5738713a818d8962058765a6c',
    eventType: 2,
    typeName: 'CLOUD_RECORDING_WARNING',
    sequence: 10,
    sendts: 1764000064000,
    serviceType: 0,
    details: { type: 'CLOUD_RECORDING_WARNING', module: 1, warnCode: 31 },
  },
  'notify-3-status-update': {
    ...LESSON,
    noticeId: '58ac5831be38cb8cb4ba2e751989a017',
    eventType: 3,
    typeName: 'CLOUD_RECORDING_STATUS_UPDATE',
    sequence: 7,
    sendts: 1764000022000,
    serviceType: 0,
    details: {
      type: 'CLOUD_RECORDING_STATUS_UPDATE',
      status: 5,
      recordingMode: 1,
      fileList: { kind: 'playlist', fileName: PLAYLIST },
    },
  },
  'notify-4-file-infos': {
    ...LESSON,
    noticeId: '21c402364f9572b85a8e48f687ab165c',
    eventType: 4,
    typeName: 'CLOUD_RECORDING_FILE_INFOS',
    sequence: 6,
    sendts: 1764000021000,
    serviceType: 0,
    details: { type: 'CLOUD_RECORDING_FILE_INFOS', fileList: { kind: 'playlist', fileName: PLAYLIST } },
  },
  'notify-11-session-exit': {
    ...LESSON,
    noticeId: '78c8d5f08b79affd2b49c12a4b006298',
    eventType: 11,
    typeName: 'SESSION_EXIT',
    sequence: 19,
    sendts: 1764000406000,
    serviceType: 0,
    details: { type: 'SESSION_EXIT', exitStatus: 0 },
  },
  'notify-13-ha-registered': {
    ...LESSON,
    noticeId: '2c376631129f34369aad80b891baf90d',
    eventType: 13,
    typeName: 'HA_REGISTER_SUCCESS',
    sequence: 12,
    sendts: 1764000003000,
    serviceType: 0,
    details: OTHER,
  },
  'notify-30-uploader-started': {
    ...LESSON,
    noticeId: '3e130f7eb19731662b5e803b61ba4168',
    eventType: 30,
    typeName: 'UPLOADER_STARTED',
    sequence: 1,
    sendts: 1764000002100,
    serviceType: 2,
    details: { type: 'UPLOADER_STARTED', status: 0 },
  },
  'notify-31-uploaded-individual': {
    ...PANEL,
    noticeId: '505aef9ebdd25b001a3ff416d4a3baf6',
    eventType: 31,
    typeName: 'UPLOADED',
    sequence: 0,
    sendts: 1764000405000,
    serviceType: 2,
    details: {
      type: 'UPLOADED',
      status: 0,
      fileList: { kind: 'files', files: [audioOf('71'), audioOf('72')] },
    },
  },
  'notify-31-uploaded-mix-mp4': {
    ...LESSON,
    noticeId: 'ae7689447ab57a683536c4499d863386',
    eventType: 31,
    typeName: 'UPLOADED',
    sequence: 15,
    sendts: 1764000405000,
    serviceType: 2,
    details: {
      type: 'UPLOADED',
      status: 0,
      fileList: {
        kind: 'files',
        files: [mixed('acme/lesson4711/a65e19cbae530282bd36cb9d21f6be6a_lesson-4711_0.mp4'), mixed(PLAYLIST)],
      },
    },
  },
  'notify-31-uploaded-web-no-files': {
    ...PAGE,
    noticeId: '16f9386bd8773c9d51940ea4e095bd1d',
    eventType: 31,
    typeName: 'UPLOADED',
    sequence: 6,
    sendts: 1764000905000,
    serviceType: 2,
    details: { type: 'UPLOADED', status: 0, fileList: null },
  },
  'notify-32-backuped': {
    ...LESSON,
    noticeId: 'fe0d5a0cf318656b3e6f0bade65c3b18',
    eventType: 32,
    typeName: 'BACKUPED',
    sequence: 17,
    sendts: 1764000405000,
    serviceType: 2,
    details: { type: 'BACKUPED', status: 0, fileList: { kind: 'files', files: [mixed(PLAYLIST)] } },
  },
  'notify-33-progress': {
    ...LESSON,
    noticeId: '49ddb14f71010b93b7d946bf54074e32',
    eventType: 33,
    typeName: 'UPLOADING_PROGRESS',
    sequence: 8,
    sendts: 1764000062000,
    serviceType: 2,
    details: { type: 'UPLOADING_PROGRESS', progress: 9166 },
  },
  'notify-34-sts-expired': {
    ...LESSON,
    noticeId: '8cc102ddb8379c7ce65426f74bde94fb',
    eventType: 34,
    typeName: 'STS_EXPIRED',
    sequence: 18,
    sendts: 1764000300000,
    serviceType: 2,
    details: OTHER,
  },
  'notify-40-recorder-started': {
    ...LESSON,
    noticeId: 'dfe574de739988b886e7577496a2c877',
    eventType: 40,
    typeName: 'RECORDER_STARTED',
    sequence: 0,
    sendts: 1764000002000,
    serviceType: 1,
    details: { type: 'RECORDER_STARTED', status: 0 },
  },
  'notify-40-retry-of-same-notice': {
    ...LESSON,
    noticeId: 'dfe574de739988b886e7577496a2c877',
    eventType: 40,
    typeName: 'RECORDER_STARTED',
    sequence: 0,
    sendts: 1764000002000,
    serviceType: 1,
    details: { type: 'RECORDER_STARTED', status: 0 },
  },
  'notify-41-leave-no-users': {
    ...LESSON,
    noticeId: '0d3bf16295d06910bf3f5fb85967f532',
    eventType: 41,
    typeName: 'RECORDER_LEAVE',
    sequence: 13,
    sendts: 1764000400000,
    serviceType: 1,
    details: { type: 'RECORDER_LEAVE', leaveCode: 4 },
  },
  'notify-42-slice-start': {
    ...LESSON,
    noticeId: '160adb59261ff2d3c425c8d99d19bdd0',
    eventType: 42,
    typeName: 'RECORDER_SLICE_START',
    sequence: 2,
    sendts: 1764000006200,
    serviceType: 1,
    details: {
      type: 'RECORDER_SLICE_START',
      startUtcMs: 1764000006123,
      discontinueUtcMs: 1764000006123,
      mixedAllUser: true,
      streamUid: '0',
      trackType: 'audio_and_video',
    },
  },
  'notify-43-audio-state': {
    ...LESSON,
    noticeId: '6941fa1c257c6f561c5cb347611a3ce9',
    eventType: 43,
    typeName: 'RECORDER_AUDIO_STREAM_STATE_CHANGED',
    sequence: 4,
    sendts: 1764000006510,
    serviceType: 1,
    details: {
      type: 'RECORDER_AUDIO_STREAM_STATE_CHANGED',
      streamUid: '71',
      state: 0,
      utcMs: 1764000006500,
    },
  },
  'notify-44-video-state-lost': {
    ...LESSON,
    noticeId: 'd97dcbee500fe7ee5fc324bdb2e1142a',
    eventType: 44,
    typeName: 'RECORDER_VIDEO_STREAM_STATE_CHANGED',
    sequence: 5,
    sendts: 1764000040010,
    serviceType: 1,
    details: {
      type: 'RECORDER_VIDEO_STREAM_STATE_CHANGED',
      streamUid: '71',
      state: 1,
      utcMs: 1764000040000,
    },
  },
  'notify-60-vod-started': {
    ...LESSON,
    noticeId: 'ce20c4fd32f640d0032634f087e51b42',
    eventType: 60,
    typeName: 'VOD_STARTED',
    sequence: 21,
    sendts: 1764000008000,
    serviceType: 4,
    details: { type: 'VOD_STARTED', videoId: '6f1c4261e5351d30b49895d1a0d1f13d' },
  },
  'notify-61-vod-triggered': {
    ...LESSON,
    noticeId: '9fe8110102c995f1abef543b5dfce8a9',
    eventType: 61,
    typeName: 'VOD_TRIGGERED',
    sequence: 22,
    sendts: 1764000410000,
    serviceType: 4,
    details: OTHER,
  },
  'notify-70-web-started': {
    ...PAGE,
    noticeId: '81a049d7ccc7e90a88d519448fb2fc67',
    eventType: 70,
    typeName: 'WEB_RECORDER_STARTED',
    sequence: 0,
    sendts: 1764000004100,
    serviceType: 6,
    details: { type: 'WEB_RECORDER_STARTED', startedAt: 1764000004000 },
  },
  'notify-71-web-stopped-ok': {
    ...PAGE,
    noticeId: 'a7f3b4a715e4e48dd74089a58f3aef34',
    eventType: 71,
    typeName: 'WEB_RECORDER_STOPPED',
    sequence: 5,
    sendts: 1764000900000,
    serviceType: 6,
    details: {
      type: 'WEB_RECORDER_STOPPED',
      code: 0,
      message: 'ok',
      details: null,
      fileList: {
        kind: 'files',
        files: [
          'bf0d7c1c1e21862ab8a18a8902073fec_board-page-88.m3u8',
          'bf0d7c1c1e21862ab8a18a8902073fec_board-page-88_0.mp4',
        ].map((name) => ({
          fileName: `acme/lesson4711/${name}`,
          trackType: null,
          uid: null,
          mixedAllUser: null,
          isPlayable: null,
          sliceStartTime: 1764000004000,
        })),
      },
    },
  },
  'notify-72-web-capability-limit': {
    ...PAGE,
    noticeId: '3be24a0b80316f688d3e481a65c2011b',
    eventType: 72,
    typeName: 'WEB_RECORDER_CAPABILITY_LIMIT',
    sequence: 2,
    sendts: 1764000025000,
    serviceType: 6,
    details: { type: 'WEB_RECORDER_CAPABILITY_LIMIT', limitType: 'WebGL' },
  },
  'notify-73-web-reload': {
    ...PAGE,
    noticeId: '91ce680ce2b27c8af6666259bbc471fb',
    eventType: 73,
    typeName: 'WEB_RECORDER_RELOAD',
    sequence: 1,
    sendts: 1764000024000,
    serviceType: 6,
    details: { type: 'WEB_RECORDER_RELOAD', reason: 'page_load_timeout' },
  },
  'notify-80-transcoder-started': {
    ...PANEL,
    noticeId: '6854575622f856469602d1ba9f20df48',
    eventType: 80,
    typeName: 'TRANSCODER_STARTED',
    sequence: 2,
    sendts: 1764000500000,
    serviceType: 7,
    details: OTHER,
  },
  'notify-90-download-failed': {
    ...PANEL,
    noticeId: '03680e7e3b35183ef8333c4774ec50cd',
    eventType: 90,
    typeName: 'DOWNLOAD_FAILED',
    sequence: 4,
    sendts: 1764000600000,
    serviceType: 8,
    details: {
      type: 'DOWNLOAD_FAILED',
      vendor: 1,
      region: 7,
      bucket: 'acme-recordings',
      fileNames: ['a.ts', 'b.ts'],
    },
  },
};

function detailsOf(name: string, details: Record<string, unknown>): NotificationDetails {
  const body = envelope(name);
  body.payload.details = details;
  const reading = readNotification(body);
  if (reading.about === 'nothing') throw new Error(reading.reason);
  return reading.notification.details;
}

describe('a notification', () => {
  it.each(Object.entries(EXPECTED))('is read whole: %s', (name, notification) => {
    expect(readNotification(sample(name))).toEqual({
      about: 'recording',
      notification,
      contradicted: name === 'notify-13-ha-registered' ? ['noEventThirteen'] : [],
      mayBeCheck: false,
    });
  });

  it('has an expectation here for every sample', () => {
    const names = readdirSync(new URL('../../../test/samples', import.meta.url))
      .map((file) => file.replace('.json', ''))
      .filter((name) => name.startsWith('notify-'));
    expect(names.sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  it('reads the exit from its old name leaveStatus as from exitStatus', () => {
    expect(detailsOf('notify-11-session-exit', { leaveStatus: 1 })).toEqual({
      type: 'SESSION_EXIT',
      exitStatus: 1,
    });
    expect(detailsOf('notify-11-session-exit', { exitStatus: 0, leaveStatus: 1 })).toEqual({
      type: 'SESSION_EXIT',
      exitStatus: 0,
    });
  });

  it('may spell booleans and numbers as text', () => {
    expect(
      detailsOf('notify-42-slice-start', {
        startUtcMs: '1764000006123',
        discontinueUtcMs: 1764000006,
        mixedAllUser: 'false',
        streamUid: 71,
        trackType: 'audio',
      }),
    ).toEqual({
      type: 'RECORDER_SLICE_START',
      startUtcMs: 1764000006123,
      discontinueUtcMs: 1764000006000,
      mixedAllUser: false,
      streamUid: '71',
      trackType: 'audio',
    });
    expect(detailsOf('notify-42-slice-start', { mixedAllUser: 'true', trackType: 'smell' })).toMatchObject({
      mixedAllUser: true,
      trackType: 'unknown',
    });
    expect(detailsOf('notify-30-uploader-started', { status: '0' })).toEqual({
      type: 'UPLOADER_STARTED',
      status: 0,
    });
  });

  it('of a push has a state only if Agora sent a word', () => {
    const status = (given: unknown) => {
      const body = envelope('notify-70-web-started');
      const details = { msgName: 'rtmp_publish_status', rtmpUrl: 'rtmp://cdn.example/app', status: given };
      const reading = readNotification({ ...body, eventType: 100, payload: { ...body.payload, details } });
      return reading.about === 'recording' ? reading.notification.details : null;
    };
    expect(status('publishing')).toMatchObject({ type: 'RTMP_PUBLISH_STATUS', status: 'publishing' });
    expect(status(1)).toMatchObject({ type: 'RTMP_PUBLISH_STATUS', status: null });
    expect(status('1')).toMatchObject({ type: 'RTMP_PUBLISH_STATUS', status: null });
  });

  it('of a fail-over gives the new recorder as text, though Agora sends a number', () => {
    const body = envelope('notify-11-session-exit');
    body.eventType = 12;
    body.payload.details = { msgName: 'session_failover', newUid: 4294967295 };
    expect(readNotification(body)).toMatchObject({
      about: 'recording',
      notification: {
        typeName: 'SESSION_FAILOVER',
        details: { type: 'SESSION_FAILOVER', newUid: '4294967295' },
      },
    });
  });

  it('of an upload names files whatever form the list has', () => {
    const file = {
      fileName: 'a.mp4',
      trackType: null,
      uid: null,
      mixedAllUser: null,
      isPlayable: null,
      sliceStartTime: null,
    };
    for (const fileList of [[{ fileName: 'a.mp4' }], [{ filename: 'a.mp4' }], '[{"fileName":"a.mp4"}]']) {
      expect(detailsOf('notify-32-backuped', { status: 0, fileList })).toEqual({
        type: 'BACKUPED',
        status: 0,
        fileList: { kind: 'files', files: [file] },
      });
    }
  });

  it('of postponed transcoding has the result, for all and for each user', () => {
    const body = envelope('notify-80-transcoder-started');
    body.eventType = 81;
    body.payload.details = {
      msgName: 'transcoder_completed',
      result: 'partial_success',
      uids: [{ uid: '0', result: 'success', fileList: [{ fileName: 'a.mp4' }] }, { uid: 71 }, 'x'],
    };
    expect(readNotification(body)).toMatchObject({
      notification: {
        typeName: 'TRANSCODER_COMPLETED',
        details: {
          result: 'partial_success',
          users: [
            { uid: '0', result: 'success', fileList: { kind: 'files', files: [{ fileName: 'a.mp4' }] } },
            { uid: '71', result: null, fileList: null },
            { uid: null, result: null, fileList: null },
          ],
        },
      },
    });
  });

  it('has null for every detail that is missing or unreadable', () => {
    expect(detailsOf('notify-1-error-upload', {})).toEqual({
      type: 'CLOUD_RECORDING_ERROR',
      module: null,
      errorLevel: null,
      errorCode: null,
      stat: null,
      errorMsg: null,
    });
    expect(
      detailsOf('notify-43-audio-state', { streamUid: {}, state: 'on', UtcMs: -1, utcMs: 1764000006500 }),
    ).toEqual({
      type: 'RECORDER_AUDIO_STREAM_STATE_CHANGED',
      streamUid: null,
      state: null,
      utcMs: null,
    });
  });

  it('without details is a notification all the same', () => {
    const body = envelope('notify-33-progress');
    const { details: _details, ...payload } = body.payload;
    expect(readNotification({ ...body, payload })).toMatchObject({
      about: 'recording',
      notification: { details: { type: 'UPLOADING_PROGRESS', progress: null } },
    });
  });

  it('of an undocumented type is kept as UNKNOWN', () => {
    const body = envelope('notify-33-progress');
    body.eventType = 48;
    expect(readNotification(body)).toMatchObject({
      about: 'recording',
      notification: { eventType: 48, typeName: 'UNKNOWN', details: { type: 'OTHER' } },
    });
  });

  it('counts time in milliseconds, and without sendts from when it was sent', () => {
    const body = envelope('notify-33-progress');
    const sendtsOf = (change: Record<string, unknown>, more: object = {}) => {
      const reading = readNotification({ ...body, ...more, payload: { ...body.payload, ...change } });
      return reading.about === 'recording' ? reading.notification.sendts : reading.reason;
    };
    expect(sendtsOf({ sendts: 1764000062 })).toBe(1764000062000);
    expect(sendtsOf({ sendts: '1764000062000' })).toBe(1764000062000);
    expect(sendtsOf({ sendts: undefined })).toBe(1764000062180);
    expect(sendtsOf({ sendts: undefined }, { eventMs: 1764000062005 })).toBe(1764000062005);
    expect(sendtsOf({ sendts: undefined }, { notifyMs: undefined })).toBe('no-recording');
  });

  it('may have a uid that is a number, and no sequence', () => {
    const body = envelope('notify-33-progress');
    body.payload.uid = 901001;
    delete body.payload.sequence;
    expect(readNotification(body)).toMatchObject({
      about: 'recording',
      notification: { uid: '901001', sequence: null },
    });
  });

  it('without productId is one of Cloud Recording', () => {
    expect(readNotification({ ...envelope('notify-33-progress'), productId: undefined })).toMatchObject({
      about: 'recording',
    });
  });
});

describe('a message about no recording', () => {
  const good = envelope('notify-40-recorder-started');

  it.each([
    ['an array', []],
    ['a text', 'Ok'],
    ['null', null],
    ['a number', 3],
  ])('is %s', (_what, body) => {
    expect(readNotification(body)).toEqual({ about: 'nothing', reason: 'not-an-object' });
  });

  it.each([1, 4, 5, 7, '1'])('is one of another product, which has no sid: %s', (productId) => {
    const { sid: _sid, ...payload } = good.payload;
    expect(readNotification({ ...good, productId, payload })).toEqual({
      about: 'nothing',
      reason: 'other-product',
    });
    // With a sid, the sid decides.
    expect(readNotification({ ...good, productId })).toMatchObject({ about: 'recording' });
  });

  it.each([110, 111, 112, 113])('is one of Cloud Transcoder, which has no sid: event %i', (eventType) => {
    const payload = { taskId: '4f2c', sequence: 0, sendts: 1764000000000, details: {} };
    expect(readNotification({ ...good, eventType, payload })).toEqual({
      about: 'nothing',
      reason: 'other-product',
    });
  });

  it("is the console's check without a sid; one with a sid may be", () => {
    for (const payload of [
      { cname: 'test_webhook', uid: '12121212' },
      { channelName: 'test_webhook', uid: 12121212 },
    ]) {
      expect(readNotification({ ...good, payload })).toEqual({ about: 'nothing', reason: 'console-check' });
    }
    const payload = { ...good.payload, cname: 'test_webhook', uid: '12121212' };
    expect(readNotification({ ...good, payload })).toMatchObject({ about: 'recording', mayBeCheck: true });
  });

  it.each([{ payload: { ...good.payload, sid: undefined } }, { payload: [] }, { payload: null }])(
    'is one without a sid: %j',
    (change) => {
      expect(readNotification({ ...good, ...change })).toEqual({ about: 'nothing', reason: 'no-recording' });
    },
  );

  it('is one with an empty sid', () => {
    expect(readNotification({ ...good, payload: { ...good.payload, sid: '' } })).toEqual({
      about: 'nothing',
      reason: 'no-recording',
    });
  });
});

it.each(['noticeId', 'cname', 'uid', 'sid'] as const)('A %s that is longer than any name is cut', (name) => {
  const read = (length: number) => {
    const names = { noticeId: 'n', cname: 'c', uid: '1', sid: 's', [name]: 'é'.repeat(length) };
    const { noticeId, ...payload } = names;
    return readNotification({ noticeId, eventType: 40, payload: { ...payload, sendts: 1.7e12 } });
  };
  expect(read(512)).toMatchObject({ notification: { [name]: 'é'.repeat(512) } });
  expect(read(2_000)).toMatchObject({ notification: { [name]: 'é'.repeat(512) } });
});

describe('A message with a sid is never thrown away', () => {
  const good = envelope('notify-31-uploaded-individual');
  const read = (body: unknown) => {
    const reading = readNotification(body, 1_764_000_099_000);
    if (reading.about === 'nothing') throw new Error(`thrown away: ${reading.reason}`);
    return reading.notification;
  };
  const contradicted = (body: unknown) => {
    const reading = readNotification(body, 1_764_000_099_000);
    return reading.about === 'recording' ? reading.contradicted : [];
  };
  const notification = read(good);
  const { payload } = good;

  /** Everything with another case, every number and boolean as a string. */
  const strange = (value: unknown): unknown => {
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    if (Array.isArray(value)) return value.map(strange);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name.toUpperCase(), strange(inner)]),
    );
  };

  it('and names in any case, and values as strings, are read as the documented ones', () => {
    expect(read(strange(good))).toEqual(notification);
    expect(contradicted(strange(good)).sort()).toEqual([
      'eventStatusIsNumber',
      'namesHaveDocumentedCase',
      'valuesHaveDocumentedTypes',
    ]);
    expect(contradicted(good)).toEqual([]);
  });

  it('and a property that is there in both cases has the value of the documented one', () => {
    expect(read({ ...good, payload: { ...payload, CNAME: 'wrong' } }).cname).toBe(notification.cname);
    expect(read({ ...good, payload: { CNAME: 'wrong', ...payload } }).cname).toBe(notification.cname);
  });

  it('and facts are found in the envelope, in the details and in the older envelope', () => {
    const { sid, cname, uid, sendts, ...rest } = payload;
    const { noticeId, ...outside } = good;
    for (const body of [
      { ...good, ...{ sid, cname, uid, sendts }, payload: rest },
      { ...good, payload: { ...rest, details: { ...payload.details, sid, cname, uid, sendts } } },
      { ...outside, notificationId: noticeId, eventMs: sendts, sid, cname, uid, payload: rest },
    ]) {
      expect(read(body)).toEqual(notification);
      expect(contradicted(body)).toContain('factsHaveDocumentedPlaces');
    }
  });

  it('and details are found in the envelope, in the payload itself and in an envelope without a payload', () => {
    const { details, ...rest } = payload;
    const { payload: _, ...outside } = good;
    for (const body of [
      { ...outside, ...rest, ...details },
      { ...good, details, payload: rest },
      { ...good, payload: { ...rest, ...details } },
    ]) {
      expect(read(body)).toEqual(notification);
      expect(contradicted(body)).toEqual(['factsHaveDocumentedPlaces']);
    }
  });

  it('and its payload may be JSON text, a list of one, or stand under other names', () => {
    const { payload: _, ...outside } = good;
    for (const body of [
      { ...good, payload: JSON.stringify(payload) },
      { ...good, payload: [payload] },
      { ...good, payload: [JSON.stringify(payload)] },
      { ...good, payload: { ...payload, details: JSON.stringify(payload.details) } },
      { ...outside, data: payload },
      { ...outside, data: JSON.stringify(payload) },
      { ...good, payload: { payload } },
      { ...good, payload: { message: payload } },
      { data: { ...outside, payload } },
      { ...good, payload: { ...payload, sid: ` ${String(payload.sid)}\n` } },
    ]) {
      expect(read(body)).toEqual(notification);
      expect(contradicted(body)).not.toEqual([]);
    }
  });

  it('and facts of any event are read in the envelope', () => {
    const { noticeId, eventType: _type, payload: _payload, ...rest } = good;
    const { details: _details, ...names } = payload;
    for (const [eventType, fact, expected] of [
      [41, { leaveCode: 16 }, { leaveCode: 16 }],
      [1, { module: 0, errorCode: 110 }, { module: 0, errorCode: 110 }],
      [45, { fileName: 'a.jpg' }, { fileName: 'a.jpg' }],
      [45, { filename: 'a.jpg' }, { fileName: 'a.jpg' }],
      [31, { fileList: [{ fileName: 'a.mp4' }] }, { fileList: { files: [{ fileName: 'a.mp4' }] } }],
      [11, { exitStatus: 1 }, { exitStatus: 1 }],
    ] as const) {
      for (const body of [
        { ...rest, noticeId, eventType, ...fact, payload: names },
        { ...rest, noticeId, eventType, ...fact, payload: { ...names, details: {} } },
        { ...rest, noticeId, eventType, payload: { ...names, ...fact, details: { msgName: 'x' } } },
        { ...rest, noticeId, eventType, ...names, ...fact },
      ]) {
        expect(read(body).details).toMatchObject(expected);
        expect(contradicted(body)).toContain('factsHaveDocumentedPlaces');
      }
    }
  });

  it('and a number of more than 32 bits is read as none', () => {
    const large = 2 ** 31;
    const body = { ...good, eventType: large, payload: { ...payload, serviceType: large, sequence: large } };
    // The name of the event in the details is read instead.
    expect(read(body)).toMatchObject({ eventType: 31, serviceType: null, sequence: null });
    expect(read({ eventType: large, payload: { sid: 'a' } }).eventType).toBe(0);
    expect(read({ ...body, eventType: large - 1 }).eventType).toBe(large - 1);
  });

  it('and of two that it names, the payload decides', () => {
    const body = { ...good, sid: 'f'.repeat(32), cname: 'another' };
    expect(read(body)).toEqual({
      ...notification,
      alsoNames: { sid: 'f'.repeat(32), channel: 'another', uid: null },
    });
    expect(contradicted(body)).toEqual(['namesAgree']);
  });

  it('and the envelope of older times is read', () => {
    const older = {
      ...{ notificationId: '9999', eventType: 40, eventMs: 1_764_000_000_000, notifyMs: 1_764_000_000_000 },
      payload: {
        ...{ cname: 'old', uid: '1', sid: 'b'.repeat(32), sequence: '3', noticeLevel: 1, serviceType: 0 },
        details: { msgName: 'recorder_started', status: 0 },
      },
    };
    expect(read(older)).toMatchObject({
      noticeId: '9999',
      sequence: 3,
      sendts: 1_764_000_000_000,
      cname: 'old',
    });
  });

  it('and what it does not say is empty, or what can be derived', () => {
    const nothingElse = read({ payload: { sid: 'a' } });
    expect(nothingElse).toMatchObject({
      ...{ cname: '', uid: '', eventType: 0, typeName: 'UNKNOWN', sendts: 1_764_000_099_000, sequence: null },
    });
    expect(nothingElse.noticeId).toMatch(/^[0-9a-f]{64}$/);
    expect(read({ eventType: 'recorder_started', payload: { sid: 'a' } }).eventType).toBe(40);
    expect(read({ payload: { sid: 'a', details: { msgName: 'session_exit' } } }).typeName).toBe(
      'SESSION_EXIT',
    );
  });

  it('and without noticeId a resend is recognized, though notifyMs differs', () => {
    const { noticeId: _id, ...body } = good;
    const first = read({ ...body, notifyMs: 1_764_000_000_001 }).noticeId;
    expect(read({ ...body, notifyMs: 1_764_000_000_002 }).noticeId).toBe(first);
    expect(read({ ...body, payload: { ...payload, sequence: 99 } }).noticeId).not.toBe(first);
  });

  it('and one file in place of the list of files is read as a list', () => {
    const [file] = payload.details.fileList as object[];
    const body = { ...good, payload: { ...payload, details: { ...payload.details, fileList: file } } };
    expect(read(body).details).toMatchObject({ fileList: { kind: 'files', files: [expect.anything()] } });
    expect(contradicted(body)).toEqual(['listsAreArrays']);
  });
});
