import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type AgoraFile } from '../src/webhook/file-list.js';
import { readReply, type Reply } from '../src/client/reply.js';
import { replyBody } from './support.js';

const SILENCE: Reply = {
  code: null,
  reason: null,
  cname: null,
  uid: null,
  resourceId: null,
  sid: null,
  status: null,
  fileListMode: null,
  fileList: null,
  uploadingStatus: null,
  sliceStartTime: null,
  subServiceStatus: null,
  extensionServices: [],
};

const LESSON = {
  cname: 'lesson-4711',
  uid: '901001',
  resourceId:
    'pTyGJMuHbEL31IeL2HPcHyGcFRl1SPnXNYvMIHa_2o76umfXfKm_r5kJP1VrT-1FJors_6ILi8IHn5kxsC7tVO_HbkQfyy_KV5zjR3j1twdTKWTddB-XhkAS1voQG6yyzyN9zHYIa4UOrGNATMuDJawTgsu8PO-799nKSNrh9UCauSDmLhuVtcqcYezdZ_tDDj8hYs5suKcNd8Zra9A9sKPxZ9W3qLy7zKUVQDT7S8sTQCBNR3YbDgbleph1QHt6',
};

const RUNNING_LESSON = { ...LESSON, sid: 'a65e19cbae530282bd36cb9d21f6be6a' };

const PANEL = {
  cname: 'panel-302',
  uid: '901003',
  resourceId:
    '9H-iMb-lk777PZnK8Cl6J5ixaaJLShuQjOud_-yDUA-5zmS1swoPqApryPZBlgvIyxJu2jGjNGkTfi3oYv2DzaKG05Rk-GQV81rkmghzem9yPVUJa_c5q52RYfLWrLoevhZC0x0awirH_juQbLifxz53nCQE28-AJy75fNcTTN6KFAQdEmQg3OMJmYxhcABm6jof8efD0nHCY_1Kgd2vd_Er1uyZAlIa_ZnYd7chlN_Xc-1HSyGbDS1GHXy5oOKV',
  sid: '8df4f50947aaeb26c57d21fa5d328263',
};

const PAGE = {
  cname: 'board-page-88',
  uid: '901002',
  resourceId:
    '1QTC4XATWS8PHp9NHfYjFM5DI4pZj59fhZ5R1Py4oJe2JbmPTuSgR7cMy-UcU3zr1ZtoLuCr64CxqlIOdNKhiFXiQ2hzT_pLjHX2JiCLhKcIhP6Br1iQFeOUhGXZnnal5WisCgEBCY8f5N3_ynbdrZRzsGQBJg3UHKwkflF6XUi5AhuqpfEnbtXAqwK8jZfALhLSzFyCmmdKTxp_TkSF2RCdKDFRuNw5GCf-hA6ILI8gJhead6_wJ9kFZJSqgmRB',
  sid: 'bf0d7c1c1e21862ab8a18a8902073fec',
};

const PLAYLIST = 'acme/lesson4711/a65e19cbae530282bd36cb9d21f6be6a_lesson-4711.m3u8';

function mixed(fileName: string): AgoraFile {
  return {
    fileName,
    trackType: 'audio_and_video',
    uid: '0',
    mixedAllUser: true,
    isPlayable: true,
    sliceStartTime: 1764000006123,
  };
}

const LESSON_FILES = {
  kind: 'files',
  files: [mixed('acme/lesson4711/a65e19cbae530282bd36cb9d21f6be6a_lesson-4711_0.mp4'), mixed(PLAYLIST)],
} as const;

function ofOne(uid: string, trackType: 'audio' | 'video'): AgoraFile {
  return {
    fileName: `acme/panel302/8df4f50947aaeb26c57d21fa5d328263_panel-302__uid_s_${uid}__uid_e_${trackType}.m3u8`,
    trackType,
    uid,
    mixedAllUser: false,
    isPlayable: true,
    sliceStartTime: 1764000009000,
  };
}

function bare(fileName: string, sliceStartTime: number | null): AgoraFile {
  return { fileName, trackType: null, uid: null, mixedAllUser: null, isPlayable: null, sliceStartTime };
}

const PAGE_FILES = {
  kind: 'files' as const,
  files: [
    bare('acme/lesson4711/bf0d7c1c1e21862ab8a18a8902073fec_board-page-88.m3u8', 1764000004000),
    bare('acme/lesson4711/bf0d7c1c1e21862ab8a18a8902073fec_board-page-88_0.mp4', 1764000004000),
  ],
};

const EXPECTED: Record<string, Partial<Reply>> = {
  'acquire-ok': LESSON,
  'start-ok': RUNNING_LESSON,
  'update-ok': RUNNING_LESSON,
  'updatelayout-ok': RUNNING_LESSON,
  'query-starting': { ...RUNNING_LESSON, status: 2 },
  'query-mix-hls': {
    ...RUNNING_LESSON,
    status: 5,
    fileListMode: 'string',
    fileList: { kind: 'playlist', fileName: PLAYLIST },
    sliceStartTime: 1764000006123,
  },
  'query-mix-hls-mp4': {
    ...RUNNING_LESSON,
    status: 5,
    fileListMode: 'json',
    fileList: { ...LESSON_FILES, files: [...LESSON_FILES.files] },
    sliceStartTime: 1764000006123,
  },
  'query-individual-json': {
    ...PANEL,
    status: 5,
    fileListMode: 'json',
    fileList: { kind: 'files', files: [ofOne('71', 'audio'), ofOne('71', 'video'), ofOne('72', 'audio')] },
    sliceStartTime: 1764000009000,
  },
  'query-individual-snapshot-only': { ...PANEL, status: 5, sliceStartTime: 1764000009000 },
  'query-web-filename': {
    ...PAGE,
    status: 5,
    fileList: PAGE_FILES,
    extensionServices: [
      {
        serviceName: 'web_recorder_service',
        state: 'inProgress',
        onhold: false,
        fileList: PAGE_FILES,
        uploadingStatus: null,
        outputs: [],
        videoInfo: [],
      },
    ],
  },
  'stop-mix-hls': {
    ...RUNNING_LESSON,
    fileListMode: 'string',
    fileList: { kind: 'playlist', fileName: PLAYLIST },
    uploadingStatus: 'uploaded',
  },
  'stop-mix-hls-mp4-backuped': {
    ...RUNNING_LESSON,
    fileListMode: 'json',
    fileList: { ...LESSON_FILES, files: [...LESSON_FILES.files] },
    uploadingStatus: 'backuped',
  },
  'stop-individual-snapshot': { ...PANEL, uploadingStatus: 'uploaded' },
  'stop-web': {
    ...PAGE,
    fileList: PAGE_FILES,
    uploadingStatus: 'uploaded',
    extensionServices: [
      {
        serviceName: 'upload_service',
        state: null,
        onhold: null,
        fileList: null,
        uploadingStatus: 'uploaded',
        outputs: [],
        videoInfo: [],
      },
      {
        serviceName: 'web_recorder_service',
        state: 'exit',
        onhold: false,
        fileList: PAGE_FILES,
        uploadingStatus: null,
        outputs: [],
        videoInfo: [],
      },
    ],
  },
  'error-acquire-400-code400': { code: 400, reason: 'invalid_appid' },
  'error-acquire-500-code501': { code: 501, reason: 'no_worker_manager_available' },
  'error-gateway-401': { reason: 'Invalid authentication credentials' },
  'error-gateway-429': { reason: 'API rate limit exceeded' },
  'error-query-404-worker': { code: 404, reason: 'failed to find worker' },
  'error-start-201-code7': { code: 7, reason: 'already started' },
  'error-start-206-code65': { code: 65, reason: 'request not completed' },
  'error-start-400-code2': { code: 2, reason: 'Start: invalid recordingConfig.maxIdleTime value' },
  'error-start-400-code53': { code: 53, reason: 'task conflict' },
  'error-start-500-code502': { code: 502, reason: 'Failed to allocate worker' },
  'error-start-500-code62': { code: 62, reason: 'request timeout' },
  'error-stop-200-code50-sync-timeout': { ...RUNNING_LESSON, code: 50, uploadingStatus: 'unknown' },
  'error-stop-400-code49': { code: 49, reason: 'invalid operation' },
};

function read(body: unknown): Reply {
  return readReply(JSON.stringify(body)).reply;
}

describe('a reply of Agora', () => {
  it.each(Object.entries(EXPECTED))('is read whole: %s', (name, says) => {
    expect(readReply(replyBody(name)).reply).toEqual({ ...SILENCE, ...says });
  });

  it('has an expectation here for every sample', () => {
    const names = readdirSync(new URL('../../../test/samples', import.meta.url))
      .map((file) => file.replace('.json', ''))
      .filter((name) => !/^(notify-|request-|ncs-|signature-)/.test(name));
    expect(names.sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  it('reads the reason from whichever field carries it', () => {
    expect(read({ code: 2, reason: 'why', message: 'no' }).reason).toBe('why');
    expect(read({ message: 'Unauthorized' }).reason).toBe('Unauthorized');
    expect(read({ code: 404, msg: 'not there' }).reason).toBe('not there');
    expect(read({ code: 49, serverResponse: { payload: { message: 'Failed' } } }).reason).toBe('Failed');
    expect(read({ code: 49, reason: '' }).reason).toBeNull();
  });

  it('gives up the playlist of a stop that failed', () => {
    const { code, fileList, reason } = read({
      cname: 'lesson-4711',
      code: 49,
      serverResponse: {
        fileListMode: 'string',
        fileListStr: PLAYLIST,
        output: {},
        payload: { message: 'Failed' },
      },
    });
    expect({ code, fileList, reason }).toEqual({
      code: 49,
      fileList: { kind: 'playlist', fileName: PLAYLIST },
      reason: 'Failed',
    });
  });

  it('says the same of the files when fileList is JSON text', () => {
    const array = [{ fileName: 'a.mp4', trackType: 'video', uid: 71, isPlayable: 'true' }];
    const expected = {
      kind: 'files',
      files: [{ ...bare('a.mp4', null), trackType: 'video', uid: '71', isPlayable: true }],
    };
    expect(read({ serverResponse: { fileList: array } }).fileList).toEqual(expected);
    expect(read({ serverResponse: { fileList: JSON.stringify(array) } }).fileList).toEqual(expected);
  });

  it('takes a name that begins with a bracket for a name', () => {
    expect(read({ serverResponse: { fileList: '[draft] lesson.m3u8' } }).fileList).toEqual({
      kind: 'playlist',
      fileName: '[draft] lesson.m3u8',
    });
  });

  it('is believed for the type of fileList, never for fileListMode', () => {
    expect(read({ serverResponse: { fileListMode: 'json', fileList: 'a.m3u8' } }).fileList).toEqual({
      kind: 'playlist',
      fileName: 'a.m3u8',
    });
    expect(
      read({ serverResponse: { fileListMode: 'string', fileList: [{ fileName: 'a.m3u8' }] } }).fileList,
    ).toEqual({ kind: 'files', files: [bare('a.m3u8', null)] });
  });

  it('names a file as fileName or as filename', () => {
    expect(
      read({ serverResponse: { fileList: [{ fileName: 'a' }, { filename: 'b' }, 'c', {}, null, 7] } })
        .fileList,
    ).toEqual({ kind: 'files', files: [bare('a', null), bare('b', null), bare('c', null)] });
  });

  it('gives times in milliseconds, whether it came in seconds or in milliseconds', () => {
    const at = (sliceStartTime: unknown) => read({ serverResponse: { sliceStartTime } }).sliceStartTime;
    expect(at(1764000006)).toBe(1764000006000);
    expect(at(1764000006123)).toBe(1764000006123);
    expect(at('1764000006123')).toBe(1764000006123);
    expect(at(0)).toBeNull();
    expect(at('soon')).toBeNull();
    const { fileList } = read({
      serverResponse: { fileList: [{ fileName: 'a', sliceStartTime: 1764000006 }] },
    });
    expect(fileList).toEqual({ kind: 'files', files: [bare('a', 1764000006000)] });
  });

  it('reads the state of web page recording under payload and under playload, in any order', () => {
    const upload = { serviceName: 'upload_service', playload: { uploadingStatus: 'uploaded' } };
    const recorder = {
      serviceName: 'web_recorder_service',
      playload: { state: 'exit', onhold: 'true', fileList: [{ filename: 'a.mp4' }] },
    };
    for (const extensionServiceState of [
      [upload, recorder],
      [recorder, upload],
    ]) {
      const reply = read({ serverResponse: { extensionServiceState } });
      expect(reply.uploadingStatus).toBe('uploaded');
      expect(reply.fileList).toEqual({ kind: 'files', files: [bare('a.mp4', null)] });
      expect(reply.extensionServices.map(({ serviceName }) => serviceName)).toEqual(
        extensionServiceState.map(({ serviceName }) => serviceName),
      );
      expect(reply.extensionServices).toContainEqual(
        expect.objectContaining({ serviceName: 'web_recorder_service', state: 'exit', onhold: true }),
      );
    }
  });

  it('reads extensionServiceState that is one object and no array', () => {
    const reply = read({
      serverResponse: {
        extensionServiceState: { serviceName: 'upload_service', payload: { uploadingStatus: 'backuped' } },
      },
    });
    expect(reply.uploadingStatus).toBe('backuped');
    expect(reply.extensionServices).toHaveLength(1);
  });

  it('lists the push addresses with their states', () => {
    const reply = read({
      serverResponse: {
        extensionServiceState: [
          {
            serviceName: 'rtmp_publish_service',
            payload: {
              state: 'inProgress',
              outputs: [
                { rtmpUrl: 'rtmp://cdn.example.com/[redacted]', status: 'publishing' },
                { status: 'x' },
              ],
            },
          },
        ],
      },
    });
    expect(reply.extensionServices[0]?.outputs).toEqual([
      { rtmpUrl: 'rtmp://cdn.example.com/[redacted]', status: 'publishing' },
    ]);
  });

  it('has the uploading status "unknown" for whatever is neither uploaded nor backuped', () => {
    const status = (uploadingStatus: unknown) =>
      read({ serverResponse: { uploadingStatus } }).uploadingStatus;
    expect(['uploaded', 'backuped', 'unknown', 'unknow', 'later', '', null].map(status)).toEqual([
      'uploaded',
      'backuped',
      'unknown',
      'unknown',
      'unknown',
      null,
      null,
    ]);
  });

  it('keeps the words of submodules that older replies list', () => {
    expect(
      read({ serverResponse: { subServiceStatus: { recordingService: 'serviceInProgress', empty: '' } } })
        .subServiceStatus,
    ).toEqual({ recordingService: 'serviceInProgress' });
  });

  it('gives numbers and texts alike for what Agora spells both ways', () => {
    expect(read({ uid: 901001, code: '65', serverResponse: { status: '5' } })).toMatchObject({
      uid: '901001',
      code: 65,
      status: 5,
    });
  });

  it('keeps the files and the state of services without their names', () => {
    const state = [
      { payload: { uploadingStatus: 'uploaded' } },
      { payload: { fileList: [{ filename: 'a.mp4' }], onhold: false, state: 'exit' } },
      { payload: { outputs: { rtmpUrl: 'rtmp://cdn.example/live', status: 'publishing' } } },
      { payload: { state: 'an unknown state' } },
    ];
    const reply = read({ serverResponse: { extensionServiceState: state } });
    expect(reply.extensionServices.map(({ serviceName }) => serviceName)).toEqual([
      'upload_service',
      'web_recorder_service',
      'rtmp_publish_service',
    ]);
    expect(reply).toMatchObject({
      uploadingStatus: 'uploaded',
      fileList: { kind: 'files', files: [{ fileName: 'a.mp4' }] },
    });
    expect(reply.extensionServices[2]?.outputs).toHaveLength(1);
  });

  it('reads serverResponse as a list, as text and at the top, and a sid with blanks', () => {
    const response = { status: 5, fileList: 'a.m3u8' };
    const expected = { status: 5, fileList: { kind: 'playlist', fileName: 'a.m3u8' }, sid: 's' };
    for (const body of [
      { sid: 's', serverResponse: [response] },
      { sid: 's', serverResponse: [{ status: 5 }, { fileList: 'a.m3u8' }] },
      { sid: 's', serverResponse: JSON.stringify(response) },
      { sid: ' s ', serverResponse: response },
      { sid: 's', ...response },
    ]) {
      expect(read(body)).toMatchObject(expected);
    }
    // An error of a proxy is not a status of a recording.
    expect(read({ status: 404, error: 'Not Found' }).status).toBeNull();
  });

  it('reads numbers of more than 32 bits as none', () => {
    expect(read({ code: 2 ** 31, serverResponse: { status: 2 ** 31 } })).toMatchObject({
      code: null,
      status: null,
    });
    expect(read({ code: 2 ** 31 - 1 }).code).toBe(2 ** 31 - 1);
  });

  it('keeps the files of a service without its name that also says how far the upload is', () => {
    const payload = { uploadingStatus: 'uploaded', fileList: [{ filename: 'a.mp4' }] };
    expect(read({ serverResponse: { extensionServiceState: [{ payload }] } })).toMatchObject({
      uploadingStatus: 'uploaded',
      fileList: { kind: 'files', files: [{ fileName: 'a.mp4' }] },
    });
  });

  it('reads names in any case, and one entry where a list is documented', () => {
    const response = {
      FileListMode: 'json',
      FILELIST: { FileName: 'a.m3u8', isplayable: 'true' },
      STATUS: '5',
    };
    expect(read({ SID: 's', ServerResponse: response })).toMatchObject({
      sid: 's',
      status: 5,
      fileList: { kind: 'files', files: [{ fileName: 'a.m3u8', isPlayable: true }] },
    });
  });

  it.each(['', 'Ok', '<html>502 Bad Gateway</html>', '[]', 'null', '"text"', '{"code":'])(
    'says nothing when the body is %j',
    (body) => {
      expect(readReply(body).reply).toEqual(SILENCE);
    },
  );

  it('is read without a throw whatever its fields hold', () => {
    for (const odd of [null, 7, 'x', true, [], [null], {}, { payload: null }]) {
      const reply = read({
        code: odd,
        reason: odd,
        sid: odd,
        serverResponse: { fileList: odd, extensionServiceState: odd, subServiceStatus: odd },
      });
      expect(Object.keys(reply).sort()).toEqual(Object.keys(SILENCE).sort());
    }
    expect(read({ serverResponse: 'x' })).toEqual(SILENCE);
  });
});
