import {
  EVERYONE,
  type Example,
  GO_CLIENT,
  MIDDLEWARE,
  NODE_CLIENT,
  POSTMAN,
  PYTHON_CLIENT,
  STORAGE,
  STORAGE_INPUT,
} from './example.js';

const EVERY_STREAM = { subscribeAudioUids: EVERYONE, subscribeVideoUids: EVERYONE };

const LIVE = { channelType: 1, streamTypes: 2, maxIdleTime: 30 };
const LIVE_INPUT = { channelType: 'LIVE_BROADCASTING', streamTypes: 'AUDIO_AND_VIDEO', maxIdleTime: 30 };

const CANVAS = { width: 640, height: 480, fps: 15, bitrate: 800, backgroundColor: '#000000' };

const PAGE = { url: 'https://acme.example/live', videoWidth: 1280, videoHeight: 720, maxRecordingHour: 1 };

/** What Agora's own clients send in their examples; properties that they set to undefined are not sent. */
export const CLIENT_EXAMPLES: readonly Example[] = [
  {
    ...{ name: 'acquire of the Node client', place: `${NODE_CLIENT}/mix`, call: 'acquire', mode: 'mix' },
    clientRequest: { scene: 0, resourceExpiredHour: 1 },
    input: { scene: 'REAL_TIME', resourceExpiredHours: 1 },
  },
  {
    ...{ name: 'start of the Node client, HLS and MP4', place: `${NODE_CLIENT}/mix` },
    ...{ call: 'start', mode: 'mix' },
    clientRequest: {
      token: '',
      recordingConfig: {
        ...{ ...LIVE, audioProfile: 2, transcodingConfig: { ...CANVAS, mixedVideoLayout: 0 } },
        ...EVERY_STREAM,
      },
      recordingFileConfig: { avFileType: ['hls', 'mp4'] },
      storageConfig: STORAGE,
    },
    input: {
      token: '',
      config: {
        composite: {
          ...{ ...LIVE_INPUT, audioProfile: 'MUSIC_HIGH_QUALITY_STEREO' },
          transcodingConfig: { ...CANVAS, mixedVideoLayout: 'FLOATING' },
          ...{ ...EVERY_STREAM, avFileType: ['HLS', 'MP4'] },
        },
      },
      storageConfig: STORAGE_INPUT,
    },
  },
  {
    ...{ name: 'start of the Node client, users with screenshots', place: `${NODE_CLIENT}/individual` },
    ...{ call: 'start', mode: 'individual' },
    clientRequest: {
      token: '007-token',
      recordingConfig: { ...LIVE, ...EVERY_STREAM, subscribeUidGroup: 0 },
      snapshotConfig: { captureInterval: 5, fileType: ['jpg'] },
      recordingFileConfig: { avFileType: ['hls'] },
      storageConfig: STORAGE,
    },
    input: {
      token: '007-token',
      config: {
        individual: {
          ...{ ...LIVE_INPUT, ...EVERY_STREAM, subscribeUidGroup: 'UIDS_1_TO_2' },
          ...{ snapshotConfig: { captureInterval: 5 }, avFileType: ['HLS'] },
        },
      },
      storageConfig: STORAGE_INPUT,
    },
  },
  {
    ...{ name: 'start of the Node client, page', place: `${NODE_CLIENT}/web`, call: 'start', mode: 'web' },
    clientRequest: {
      storageConfig: STORAGE,
      recordingFileConfig: { avFileType: ['hls', 'mp4'] },
      extensionServiceConfig: {
        errorHandlePolicy: 'error_abort',
        extensionServices: [
          {
            ...{ serviceName: 'web_recorder_service', errorHandlePolicy: 'error_abort' },
            serviceParam: { ...PAGE, audioProfile: 2 },
          },
        ],
      },
    },
    input: {
      config: {
        web: { ...PAGE, audioProfile: 'MUSIC_HIGH_QUALITY_STEREO', avFileType: ['HLS', 'MP4'] },
      },
      storageConfig: STORAGE_INPUT,
    },
  },
  {
    ...{ name: 'update of the Node client', place: `${NODE_CLIENT}/individual` },
    ...{ call: 'update', mode: 'individual' },
    clientRequest: {
      streamSubscribe: {
        audioUidList: { subscribeAudioUids: EVERYONE },
        videoUidList: { subscribeVideoUids: EVERYONE },
      },
    },
    input: { change: { streams: EVERY_STREAM } },
  },
  {
    ...{ name: 'update of the Node client, page', place: `${NODE_CLIENT}/web`, call: 'update', mode: 'web' },
    clientRequest: { webRecordingConfig: { onhold: true } },
    input: { change: { web: { paused: true } } },
  },
  {
    ...{ name: 'updateLayout of the Node client', place: `${NODE_CLIENT}/mix` },
    ...{ call: 'updateLayout', mode: 'mix' },
    clientRequest: { mixedVideoLayout: 1, backgroundColor: '#FF0000' },
    input: { mixedVideoLayout: 'ADAPTIVE', backgroundColor: '#FF0000' },
  },
  {
    ...{ name: 'stop of the Node client', place: `${NODE_CLIENT}/web`, call: 'stop', mode: 'web' },
    clientRequest: { async_stop: true },
    input: { async: true },
  },
  {
    ...{ name: 'start of the Go client', place: `${GO_CLIENT}/individualrecording` },
    ...{ call: 'start', mode: 'individual' },
    clientRequest: {
      recordingConfig: { ...LIVE, ...EVERY_STREAM },
      recordingFileConfig: { avFileType: ['hls'] },
      storageConfig: { ...STORAGE, fileNamePrefix: [] },
    },
    input: {
      config: { individual: { ...LIVE_INPUT, ...EVERY_STREAM, avFileType: ['HLS'] } },
      storageConfig: { ...STORAGE_INPUT, fileNamePrefix: [] },
    },
  },
  {
    ...{ name: 'start of the Python client', place: `${PYTHON_CLIENT}/individual_recording` },
    ...{ call: 'start', mode: 'individual' },
    clientRequest: { token: '007-token', storageConfig: STORAGE },
    input: { token: '007-token', config: { individual: {} }, storageConfig: STORAGE_INPUT },
  },
  {
    ...{ name: 'start of the Go middleware', place: MIDDLEWARE, call: 'start', mode: 'mix' },
    clientRequest: {
      token: '007-token',
      storageConfig: { ...STORAGE, fileNamePrefix: ['lesson'] },
      recordingConfig: {
        ...{ channelType: 0, decryptionMode: 0, secret: '', salt: '', maxIdleTime: 120, streamTypes: 2 },
        ...{ videoStreamType: 0, subscribeAudioUids: [], unsubscribeAudioUids: null },
        ...{ subscribeVideoUids: [], unsubscribeVideoUids: null },
      },
    },
    input: {
      token: '007-token',
      config: {
        composite: {
          ...{ channelType: 'COMMUNICATION', decryptionMode: 'NONE', secret: '', salt: '', maxIdleTime: 120 },
          ...{ streamTypes: 'AUDIO_AND_VIDEO', videoStreamType: 'HIGH' },
          ...{ subscribeAudioUids: [], unsubscribeAudioUids: null },
          ...{ subscribeVideoUids: [], unsubscribeVideoUids: null },
        },
      },
      storageConfig: { ...STORAGE_INPUT, fileNamePrefix: ['lesson'] },
    },
  },
  {
    ...{ name: 'start of the Postman collection', place: POSTMAN, call: 'start', mode: 'mix' },
    clientRequest: {
      token: '007-token',
      recordingConfig: {
        ...{ maxIdleTime: 120, streamTypes: 2, audioProfile: 1, channelType: 1, videoStreamType: 0 },
        transcodingConfig: {
          ...{ width: 360, height: 640, fps: 24, bitrate: 800, mixedVideoLayout: 1, maxResolutionUid: '1' },
        },
      },
      storageConfig: STORAGE,
    },
    input: {
      token: '007-token',
      config: {
        composite: {
          ...{ maxIdleTime: 120, streamTypes: 'AUDIO_AND_VIDEO', audioProfile: 'MUSIC_HIGH_QUALITY' },
          ...{ channelType: 'LIVE_BROADCASTING', videoStreamType: 'HIGH' },
          transcodingConfig: {
            ...{ width: 360, height: 640, fps: 24, bitrate: 800, mixedVideoLayout: 'ADAPTIVE' },
            maxResolutionUid: '1',
          },
        },
      },
      storageConfig: STORAGE_INPUT,
    },
  },
];
