import { EVERYONE, type Example, GUIDES, QUICK_START, REFERENCE, STORAGE, STORAGE_INPUT } from './example.js';

const REGIONS = [
  { uid: '1', x_axis: 0.1, y_axis: 0.1, width: 0.1, height: 0.1, alpha: 1, render_mode: 1 },
  { uid: '2', x_axis: 0.2, y_axis: 0.2, width: 0.1, height: 0.1, alpha: 1, render_mode: 1 },
];

const REGIONS_INPUT = REGIONS.map(({ x_axis: x, y_axis: y, render_mode: _, ...rest }) => ({
  ...{ x, y, renderMode: 'FIT' },
  ...rest,
}));

const PAGE = {
  url: 'https://acme.example/board',
  audioProfile: 0,
  videoWidth: 1280,
  videoHeight: 720,
  maxRecordingHour: 3,
};

const PAGE_INPUT = { ...PAGE, audioProfile: 'MUSIC_STANDARD' };

const OUTPUTS = [{ rtmpUrl: 'rtmp://cdn.example/live/key' }];

/** What the pages of docs.agora.io show. */
export const REFERENCE_EXAMPLES: readonly Example[] = [
  {
    ...{ name: 'acquire of the reference', place: `${REFERENCE}#acquire`, call: 'acquire', mode: 'mix' },
    clientRequest: { scene: 0, resourceExpiredHour: 24 },
    input: { scene: 'REAL_TIME', resourceExpiredHours: 24 },
  },
  {
    ...{ name: 'start of the reference', place: `${REFERENCE}#start`, call: 'start', mode: 'individual' },
    clientRequest: {
      recordingConfig: {
        ...{ channelType: 1, streamTypes: 2, streamMode: 'default', videoStreamType: 0, maxIdleTime: 30 },
        subscribeAudioUids: ['123', '456'],
        subscribeVideoUids: ['123', '456'],
        subscribeUidGroup: 0,
      },
      recordingFileConfig: { avFileType: ['hls'] },
      storageConfig: { ...STORAGE, fileNamePrefix: ['directory1', 'directory2'] },
    },
    input: {
      config: {
        individual: {
          ...{ channelType: 'LIVE_BROADCASTING', streamTypes: 'AUDIO_AND_VIDEO', streamMode: 'DEFAULT' },
          ...{ videoStreamType: 'HIGH', maxIdleTime: 30, subscribeUidGroup: 'UIDS_1_TO_2' },
          subscribeAudioUids: ['123', '456'],
          subscribeVideoUids: ['123', '456'],
          avFileType: ['HLS'],
        },
      },
      storageConfig: { ...STORAGE_INPUT, fileNamePrefix: ['directory1', 'directory2'] },
    },
  },
  {
    ...{ name: 'update of the reference', place: `${REFERENCE}#update`, call: 'update', mode: 'mix' },
    clientRequest: {
      streamSubscribe: {
        audioUidList: { subscribeAudioUids: EVERYONE },
        videoUidList: { unsubscribeVideoUids: ['444', '555', '666'] },
      },
    },
    input: {
      change: {
        streams: { subscribeAudioUids: EVERYONE, unsubscribeVideoUids: ['444', '555', '666'] },
      },
    },
  },
  {
    ...{ name: 'update of temporary credentials', place: `${REFERENCE}#storageconfig` },
    ...{ call: 'update', mode: 'mix' },
    clientRequest: { storageConfig: { ...STORAGE, stsToken: 'token', stsExpiration: 4_070_908_800 } },
    input: {
      change: {
        storageCredentials: {
          storageConfig: { ...STORAGE_INPUT, stsToken: 'token', stsExpiration: '2099-01-01T00:00:00.000Z' },
        },
      },
    },
  },
  {
    ...{ name: 'updateLayout of the reference', place: `${REFERENCE}#updatelayout` },
    ...{ call: 'updateLayout', mode: 'mix' },
    clientRequest: { mixedVideoLayout: 3, backgroundColor: '#FF0000', layoutConfig: REGIONS },
    input: { mixedVideoLayout: 'CUSTOM', backgroundColor: '#FF0000', layoutConfig: REGIONS_INPUT },
  },
  {
    ...{ name: 'stop of the reference', place: `${REFERENCE}#stop`, call: 'stop', mode: 'mix' },
    clientRequest: { async_stop: false },
    input: { async: false },
  },
  {
    ...{ name: 'acquire of the quick start', place: QUICK_START, call: 'acquire', mode: 'mix' },
    clientRequest: {},
    input: {},
  },
  {
    ...{ name: 'start of the quick start', place: QUICK_START, call: 'start', mode: 'mix' },
    clientRequest: {
      storageConfig: STORAGE,
      recordingConfig: {
        ...{ audioProfile: 0, channelType: 0, maxIdleTime: 30 },
        transcodingConfig: {
          ...{ width: 640, height: 360, fps: 15, bitrate: 600, mixedVideoLayout: 3 },
          backgroundColor: '#fff000',
          layoutConfig: REGIONS,
        },
      },
    },
    input: {
      storageConfig: STORAGE_INPUT,
      config: {
        composite: {
          ...{ audioProfile: 'MUSIC_STANDARD', channelType: 'COMMUNICATION', maxIdleTime: 30 },
          transcodingConfig: {
            ...{ width: 640, height: 360, fps: 15, bitrate: 600, mixedVideoLayout: 'CUSTOM' },
            backgroundColor: '#fff000',
            layoutConfig: REGIONS_INPUT,
          },
        },
      },
    },
  },
  {
    ...{ name: 'stop of the quick start', place: QUICK_START, call: 'stop', mode: 'mix' },
    clientRequest: {},
    input: {},
  },
  {
    ...{ name: 'acquire of the page guide', place: `${GUIDES}/webpage-mode`, call: 'acquire', mode: 'web' },
    clientRequest: { resourceExpiredHour: 24, scene: 1 },
    input: { resourceExpiredHours: 24, scene: 'WEB_PAGE' },
  },
  {
    ...{ name: 'start of the page guide', place: `${GUIDES}/webpage-mode`, call: 'start', mode: 'web' },
    clientRequest: {
      token: '<token if any>',
      extensionServiceConfig: {
        errorHandlePolicy: 'error_abort',
        extensionServices: [
          {
            serviceName: 'web_recorder_service',
            errorHandlePolicy: 'error_abort',
            serviceParam: {
              ...PAGE,
              ...{ videoBitrate: 2000, videoFps: 15, mobile: false, maxVideoDuration: 120 },
              ...{ onhold: false, readyTimeout: 0 },
            },
          },
          {
            serviceName: 'rtmp_publish_service',
            errorHandlePolicy: 'error_ignore',
            serviceParam: { outputs: OUTPUTS },
          },
        ],
      },
      recordingFileConfig: { avFileType: ['hls', 'mp4'] },
      storageConfig: STORAGE,
    },
    input: {
      token: '<token if any>',
      config: {
        web: {
          ...PAGE_INPUT,
          ...{ videoBitrate: 2000, videoFps: 15, mobile: false, maxVideoDuration: 120 },
          ...{ paused: false, readyTimeout: 0 },
          outputs: OUTPUTS,
          avFileType: ['HLS', 'MP4'],
        },
      },
      storageConfig: STORAGE_INPUT,
    },
  },
  {
    ...{ name: 'update of the page guide', place: `${GUIDES}/webpage-mode`, call: 'update', mode: 'web' },
    clientRequest: { webRecordingConfig: { onhold: true }, rtmpPublishConfig: { outputs: OUTPUTS } },
    input: { change: { web: { paused: true, outputs: OUTPUTS } } },
  },
  {
    ...{ name: 'start of the screenshot guide', place: `${GUIDES}/screen-capture` },
    ...{ call: 'start', mode: 'individual' },
    clientRequest: {
      token: '<token if any>',
      recordingConfig: { channelType: 1, subscribeUidGroup: 0 },
      snapshotConfig: { captureInterval: 5, fileType: ['jpg'] },
      storageConfig: STORAGE,
    },
    input: {
      token: '<token if any>',
      config: {
        individual: {
          ...{ channelType: 'LIVE_BROADCASTING', subscribeUidGroup: 'UIDS_1_TO_2' },
          snapshotConfig: { captureInterval: 5 },
        },
      },
      storageConfig: STORAGE_INPUT,
    },
  },
];
