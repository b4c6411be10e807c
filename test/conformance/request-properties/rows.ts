/** A GraphQL input, or a REST body. */
type Json = Record<string, unknown>;

/** One documented request property: what a front end writes for it, and what Agora must receive. */
export interface Row {
  property: string;
  input: Json;
  body: Json;
}

/** Rows whose inputs fit together, so that one mutation carries them all. */
export interface Group {
  name: string;
  mutation: 'acquireResource' | 'startRecording' | 'updateRecording' | 'updateLayout' | 'stopRecording';
  /** For a mutation of a running recording: the config that it was started with. */
  running?: 'composite' | 'web';
  /** What the mutation needs in addition to the rows. */
  input: Json;
  /** What its body holds in addition to the rows. */
  body: Json;
  rows: Row[];
}

export const UID = '901001';
export const SALT = 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';
const EXPIRES = '2099-01-01T00:00:00.000Z';

function row(property: string, input: Json, body: Json): Row {
  return { property, input, body };
}

const composite = (fields: Json): Json => ({ config: { composite: fields } });
const individual = (fields: Json): Json => ({ config: { individual: fields } });
const web = (fields: Json): Json => ({ config: { web: fields } });
const transcoding = (fields: Json): Json => composite({ transcodingConfig: fields });
const request = (fields: Json): Json => ({ clientRequest: fields });
const recording = (fields: Json): Json => request({ recordingConfig: fields });
const canvas = (fields: Json): Json => recording({ transcodingConfig: fields });
const stored = (fields: Json): Json => request({ storageConfig: fields });
const recorder = (fields: Json): Json =>
  request({ extensionServiceConfig: { extensionServices: [{ serviceParam: fields }] } });

const INLINE_STORAGE = {
  location: { amazonS3: 'EU_CENTRAL_1' },
  bucket: 'acme',
  accessKey: 'ACCESS-KEY-1',
  secretKey: 'SECRET-KEY-1',
};
const SENT_STORAGE = {
  vendor: 1,
  region: 7,
  bucket: 'acme',
  accessKey: 'ACCESS-KEY-1',
  secretKey: 'SECRET-KEY-1',
};

/** The sandbox's own storage profile, which is the default. */
export const PROFILE_STORAGE = Symbol('the storage of the default profile');

export const GROUPS: Group[] = [
  {
    name: 'a composite recording with its own storage',
    mutation: 'startRecording',
    input: { channel: 'composite', uid: UID, storageConfig: INLINE_STORAGE },
    body: { cname: 'composite', uid: UID },
    rows: [
      row('start-request.cname', { channel: 'composite' }, { cname: 'composite' }),
      row('start-request.uid', { uid: UID }, { uid: UID }),
      row('start-request.clientRequest', {}, { clientRequest: {} }),
      row('client-request.token', { token: '007-rtc-token' }, request({ token: '007-rtc-token' })),
      row('client-request.storageConfig', { storageConfig: INLINE_STORAGE }, stored(SENT_STORAGE)),
      row(
        'storageConfig.vendor',
        { storageConfig: { location: { amazonS3: 'EU_CENTRAL_1' } } },
        stored({ vendor: 1 }),
      ),
      row(
        'storageConfig.region',
        { storageConfig: { location: { amazonS3: 'EU_CENTRAL_1' } } },
        stored({ region: 7 }),
      ),
      row('storageConfig.bucket', { storageConfig: { bucket: 'acme' } }, stored({ bucket: 'acme' })),
      row(
        'storageConfig.accessKey',
        { storageConfig: { accessKey: 'ACCESS-KEY-1' } },
        stored({ accessKey: 'ACCESS-KEY-1' }),
      ),
      row(
        'storageConfig.secretKey',
        { storageConfig: { secretKey: 'SECRET-KEY-1' } },
        stored({ secretKey: 'SECRET-KEY-1' }),
      ),
      row(
        'storageConfig.stsToken',
        { storageConfig: { stsToken: 'STS-TOKEN-1' } },
        stored({ stsToken: 'STS-TOKEN-1' }),
      ),
      row(
        'storageConfig.stsExpiration',
        { storageConfig: { stsExpiration: EXPIRES } },
        stored({ stsExpiration: 4_070_908_800 }),
      ),
      row(
        'storageConfig.fileNamePrefix',
        { storageConfig: { fileNamePrefix: ['acme', 'x1'] } },
        stored({ fileNamePrefix: ['acme', 'x1'] }),
      ),
      row(
        'storageConfig.extensionParams',
        { storageConfig: { extensionParams: {} } },
        stored({ extensionParams: {} }),
      ),
      row(
        'extensionParams.sse',
        { storageConfig: { extensionParams: { sse: 'AES256' } } },
        stored({ extensionParams: { sse: 'aes256' } }),
      ),
      row(
        'extensionParams.tag',
        { storageConfig: { extensionParams: { tag: 'kept=1' } } },
        stored({ extensionParams: { tag: 'kept=1' } }),
      ),
      row('client-request.recordingConfig', composite({}), recording({})),
      row(
        'recordingConfig.channelType',
        composite({ channelType: 'LIVE_BROADCASTING' }),
        recording({ channelType: 1 }),
      ),
      row(
        'recordingConfig.decryptionMode',
        composite({ decryptionMode: 'AES_256_GCM2' }),
        recording({ decryptionMode: 8 }),
      ),
      row(
        'recordingConfig.secret',
        composite({ secret: 'channel-secret' }),
        recording({ secret: 'channel-secret' }),
      ),
      row('recordingConfig.salt', composite({ salt: SALT }), recording({ salt: SALT })),
      row('recordingConfig.maxIdleTime', composite({ maxIdleTime: 300 }), recording({ maxIdleTime: 300 })),
      row(
        'recordingConfig.streamTypes',
        composite({ streamTypes: 'AUDIO_AND_VIDEO' }),
        recording({ streamTypes: 2 }),
      ),
      row(
        'recordingConfig.videoStreamType',
        composite({ videoStreamType: 'LOW' }),
        recording({ videoStreamType: 1 }),
      ),
      row(
        'recordingConfig.subscribeAudioUids',
        composite({ subscribeAudioUids: ['#allstream#'] }),
        recording({ subscribeAudioUids: ['#allstream#'] }),
      ),
      row(
        'recordingConfig.subscribeVideoUids',
        composite({ subscribeVideoUids: ['11', '12'] }),
        recording({ subscribeVideoUids: ['11', '12'] }),
      ),
      row(
        'recordingConfig.audioProfile',
        composite({ audioProfile: 'MUSIC_HIGH_QUALITY_STEREO' }),
        recording({ audioProfile: 2 }),
      ),
      row('recordingConfig.transcodingConfig', transcoding({}), canvas({})),
      row('transcodingConfig.width', transcoding({ width: 1280 }), canvas({ width: 1280 })),
      row('transcodingConfig.height', transcoding({ height: 720 }), canvas({ height: 720 })),
      row('transcodingConfig.fps', transcoding({ fps: 30 }), canvas({ fps: 30 })),
      row('transcodingConfig.bitrate', transcoding({ bitrate: 2000 }), canvas({ bitrate: 2000 })),
      row(
        'transcodingConfig.mixedVideoLayout',
        transcoding({ mixedVideoLayout: 'CUSTOM' }),
        canvas({ mixedVideoLayout: 3 }),
      ),
      row(
        'transcodingConfig.backgroundColor',
        transcoding({ backgroundColor: '#FF8800' }),
        canvas({ backgroundColor: '#FF8800' }),
      ),
      row(
        'transcodingConfig.backgroundImage',
        transcoding({ backgroundImage: 'https://acme.example/all.jpg' }),
        canvas({ backgroundImage: 'https://acme.example/all.jpg' }),
      ),
      row(
        'transcodingConfig.defaultUserBackgroundImage',
        transcoding({ defaultUserBackgroundImage: 'https://acme.example/one.jpg' }),
        canvas({ defaultUserBackgroundImage: 'https://acme.example/one.jpg' }),
      ),
      row(
        'transcodingConfig.layoutConfig',
        transcoding({ layoutConfig: [{}] }),
        canvas({ layoutConfig: [{}] }),
      ),
      row(
        'layoutConfig.uid',
        transcoding({ layoutConfig: [{ uid: '11' }] }),
        canvas({ layoutConfig: [{ uid: '11' }] }),
      ),
      row(
        'layoutConfig.x_axis',
        transcoding({ layoutConfig: [{ x: 0.5 }] }),
        canvas({ layoutConfig: [{ x_axis: 0.5 }] }),
      ),
      row(
        'layoutConfig.y_axis',
        transcoding({ layoutConfig: [{ y: 0.25 }] }),
        canvas({ layoutConfig: [{ y_axis: 0.25 }] }),
      ),
      row(
        'layoutConfig.width',
        transcoding({ layoutConfig: [{ width: 0.125 }] }),
        canvas({ layoutConfig: [{ width: 0.125 }] }),
      ),
      row(
        'layoutConfig.height',
        transcoding({ layoutConfig: [{ height: 0.75 }] }),
        canvas({ layoutConfig: [{ height: 0.75 }] }),
      ),
      row(
        'layoutConfig.alpha',
        transcoding({ layoutConfig: [{ alpha: 0.9 }] }),
        canvas({ layoutConfig: [{ alpha: 0.9 }] }),
      ),
      row(
        'layoutConfig.render_mode',
        transcoding({ layoutConfig: [{ renderMode: 'FIT' }] }),
        canvas({ layoutConfig: [{ render_mode: 1 }] }),
      ),
      row(
        'transcodingConfig.backgroundConfig',
        transcoding({ backgroundConfig: [{}] }),
        canvas({ backgroundConfig: [{}] }),
      ),
      row(
        'backgroundConfig.uid',
        transcoding({ backgroundConfig: [{ uid: '12' }] }),
        canvas({ backgroundConfig: [{ uid: '12' }] }),
      ),
      row(
        'backgroundConfig.image_url',
        transcoding({ backgroundConfig: [{ imageUrl: 'https://acme.example/12.bmp' }] }),
        canvas({ backgroundConfig: [{ image_url: 'https://acme.example/12.bmp' }] }),
      ),
      row(
        'backgroundConfig.render_mode',
        transcoding({ backgroundConfig: [{ renderMode: 'FIT' }] }),
        canvas({ backgroundConfig: [{ render_mode: 1 }] }),
      ),
      row('client-request.recordingFileConfig', composite({}), request({ recordingFileConfig: {} })),
      row(
        'recordingFileConfig.avFileType',
        composite({ avFileType: ['HLS', 'MP4'] }),
        request({ recordingFileConfig: { avFileType: ['hls', 'mp4'] } }),
      ),
    ],
  },
  {
    name: 'an individual recording with screenshots',
    mutation: 'startRecording',
    input: { channel: 'individual', uid: UID, ...individual({}) },
    body: {
      cname: 'individual',
      uid: UID,
      clientRequest: {
        storageConfig: PROFILE_STORAGE,
        recordingConfig: { channelType: 0 },
        recordingFileConfig: { avFileType: ['hls'] },
      },
    },
    rows: [
      row(
        'recordingConfig.subscribeUidGroup',
        individual({ subscribeUidGroup: 'UIDS_8_TO_12' }),
        recording({ subscribeUidGroup: 2 }),
      ),
      row(
        'recordingConfig.streamMode',
        individual({ streamMode: 'STANDARD' }),
        recording({ streamMode: 'standard' }),
      ),
      row(
        'recordingConfig.unsubscribeAudioUids',
        individual({ unsubscribeAudioUids: ['13'] }),
        recording({ unsubscribeAudioUids: ['13'], unSubscribeAudioUids: ['13'] }),
      ),
      row(
        'recordingConfig.unsubscribeVideoUids',
        individual({ unsubscribeVideoUids: ['14'] }),
        recording({ unsubscribeVideoUids: ['14'], unSubscribeVideoUids: ['14'] }),
      ),
      row(
        'client-request.snapshotConfig',
        individual({ avFileType: ['HLS'], snapshotConfig: {} }),
        request({ snapshotConfig: {} }),
      ),
      row(
        'snapshotConfig.captureInterval',
        individual({ snapshotConfig: { captureInterval: 60 } }),
        request({ snapshotConfig: { captureInterval: 60 } }),
      ),
      row(
        'snapshotConfig.fileType',
        individual({ snapshotConfig: {} }),
        request({ snapshotConfig: { fileType: ['jpg'] } }),
      ),
    ],
  },
  {
    name: 'a page recording that is pushed',
    mutation: 'startRecording',
    input: { channel: 'page', uid: UID },
    body: {
      cname: 'page',
      uid: UID,
      clientRequest: { storageConfig: PROFILE_STORAGE, recordingFileConfig: { avFileType: ['hls'] } },
    },
    rows: [
      row('client-request.extensionServiceConfig', web({}), request({ extensionServiceConfig: {} })),
      row(
        'extensionServiceConfig.extensionServices',
        web({}),
        request({ extensionServiceConfig: { extensionServices: [{}] } }),
      ),
      row(
        'extensionServiceConfig.serviceName',
        web({}),
        request({ extensionServiceConfig: { extensionServices: [{ serviceName: 'web_recorder_service' }] } }),
      ),
      row('extensionServiceConfig.serviceParam', web({}), recorder({})),
      row(
        'serviceParam.url',
        web({ url: 'https://acme.example/page' }),
        recorder({ url: 'https://acme.example/page' }),
      ),
      row(
        'serviceParam.audioProfile',
        web({ audioProfile: 'MUSIC_HIGH_QUALITY' }),
        recorder({ audioProfile: 1 }),
      ),
      row('serviceParam.videoWidth', web({ videoWidth: 1280 }), recorder({ videoWidth: 1280 })),
      row('serviceParam.videoHeight', web({ videoHeight: 720 }), recorder({ videoHeight: 720 })),
      row('serviceParam.maxRecordingHour', web({ maxRecordingHour: 3 }), recorder({ maxRecordingHour: 3 })),
      row('serviceParam.videoBitrate', web({ videoBitrate: 2500 }), recorder({ videoBitrate: 2500 })),
      row('serviceParam.videoFps', web({ videoFps: 30 }), recorder({ videoFps: 30 })),
      row('serviceParam.mobile', web({ mobile: true }), recorder({ mobile: true })),
      row('serviceParam.maxVideoDuration', web({ maxVideoDuration: 60 }), recorder({ maxVideoDuration: 60 })),
      row('serviceParam.onhold', web({ paused: true }), recorder({ onhold: true })),
      row('serviceParam.readyTimeout', web({ readyTimeout: 30 }), recorder({ readyTimeout: 30 })),
      row(
        'serviceParam.outputs',
        web({ outputs: [{}] }),
        request({
          extensionServiceConfig: {
            extensionServices: [{}, { serviceName: 'rtmp_publish_service', serviceParam: { outputs: [{}] } }],
          },
        }),
      ),
      row(
        'serviceParam.rtmpUrl',
        web({ outputs: [{ rtmpUrl: 'rtmp://cdn.example/live/key-1' }] }),
        request({
          extensionServiceConfig: {
            extensionServices: [
              {},
              { serviceParam: { outputs: [{ rtmpUrl: 'rtmp://cdn.example/live/key-1' }] } },
            ],
          },
        }),
      ),
    ],
  },
  {
    name: 'a resource for a recording in Europe',
    mutation: 'acquireResource',
    input: { channel: 'reserved', uid: UID, ...composite({}) },
    body: {
      cname: 'reserved',
      uid: UID,
      clientRequest: { scene: 0, startParameter: { recordingConfig: { channelType: 0 } } },
    },
    rows: [
      row('acquire-request.cname', { channel: 'reserved' }, { cname: 'reserved' }),
      row('acquire-request.uid', { uid: UID }, { uid: UID }),
      row('acquire-request.clientRequest', {}, { clientRequest: {} }),
      row('acquire-request.scene', { scene: 'REAL_TIME' }, request({ scene: 0 })),
      row(
        'acquire-request.resourceExpiredHour',
        { resourceExpiredHours: 24 },
        request({ resourceExpiredHour: 24 }),
      ),
      row(
        'acquire-request.startParameter',
        composite({ audioProfile: 'MUSIC_STANDARD' }),
        request({
          startParameter: {
            storageConfig: PROFILE_STORAGE,
            recordingConfig: { audioProfile: 0 },
            recordingFileConfig: { avFileType: ['hls'] },
          },
        }),
      ),
      row(
        'acquire-request.excludeResourceIds',
        { excludeResourceIds: ['one-resource'] },
        request({ excludeResourceIds: ['one-resource'] }),
      ),
      row('acquire-request.region', { region: 'NA' }, request({ region: 'NA' })),
    ],
  },
  {
    name: 'a subscription that is changed',
    mutation: 'updateRecording',
    running: 'composite',
    input: {},
    body: { cname: 'running-composite', uid: UID },
    rows: [
      row('update-request.cname', {}, { cname: 'running-composite' }),
      row('update-request.uid', {}, { uid: UID }),
      row('update-request.clientRequest', { change: {} }, { clientRequest: {} }),
      row(
        'clientRequest.streamSubscribe',
        { change: { subscription: {} } },
        request({ streamSubscribe: {} }),
      ),
      row(
        'streamSubscribe.audioUidList',
        { change: { subscription: {} } },
        request({ streamSubscribe: { audioUidList: {} } }),
      ),
      row(
        'streamSubscribe.videoUidList',
        { change: { subscription: {} } },
        request({ streamSubscribe: { videoUidList: {} } }),
      ),
      row(
        'audioUidList.subscribeAudioUids',
        { change: { subscription: { subscribeAudioUids: ['11'] } } },
        request({ streamSubscribe: { audioUidList: { subscribeAudioUids: ['11'] } } }),
      ),
      row(
        'videoUidList.unsubscribeVideoUids',
        { change: { subscription: { unsubscribeVideoUids: ['12'] } } },
        request({
          streamSubscribe: { videoUidList: { unsubscribeVideoUids: ['12'], unSubscribeVideoUids: ['12'] } },
        }),
      ),
    ],
  },
  {
    name: 'a subscription that is changed the other way round',
    mutation: 'updateRecording',
    running: 'composite',
    input: {},
    body: { cname: 'running-composite', uid: UID },
    rows: [
      row(
        'audioUidList.unsubscribeAudioUids',
        { change: { subscription: { unsubscribeAudioUids: ['11'] } } },
        request({
          streamSubscribe: { audioUidList: { unsubscribeAudioUids: ['11'], unSubscribeAudioUids: ['11'] } },
        }),
      ),
      row(
        'videoUidList.subscribeVideoUids',
        { change: { subscription: { subscribeVideoUids: ['#allstream#'] } } },
        request({ streamSubscribe: { videoUidList: { subscribeVideoUids: ['#allstream#'] } } }),
      ),
    ],
  },
  {
    name: 'fresh credentials of the profile',
    mutation: 'updateRecording',
    running: 'composite',
    input: {},
    body: { cname: 'running-composite', uid: UID },
    rows: [
      row(
        'clientRequest.storageConfig',
        { change: { storageCredentials: {} } },
        request({ storageConfig: PROFILE_STORAGE }),
      ),
    ],
  },
  {
    name: 'a page recording that is paused and pushed elsewhere',
    mutation: 'updateRecording',
    running: 'web',
    input: {},
    body: { cname: 'running-web', uid: UID },
    rows: [
      row('clientRequest.webRecordingConfig', { change: { web: {} } }, request({ webRecordingConfig: {} })),
      row(
        'webRecordingConfig.onhold',
        { change: { web: { paused: true } } },
        request({ webRecordingConfig: { onhold: true } }),
      ),
      row('clientRequest.rtmpPublishConfig', { change: { web: {} } }, request({ rtmpPublishConfig: {} })),
      row(
        'rtmpPublishConfig.outputs',
        { change: { web: { outputs: [{}] } } },
        request({ rtmpPublishConfig: { outputs: [{}] } }),
      ),
      row(
        'rtmpPublishConfig.rtmpUrl',
        { change: { web: { outputs: [{ rtmpUrl: 'rtmps://other.example/live/key-2' }] } } },
        request({ rtmpPublishConfig: { outputs: [{ rtmpUrl: 'rtmps://other.example/live/key-2' }] } }),
      ),
    ],
  },
  {
    name: 'a vertical layout',
    mutation: 'updateLayout',
    running: 'composite',
    input: {},
    body: { cname: 'running-composite', uid: UID },
    rows: [
      row('updateLayout-request.cname', {}, { cname: 'running-composite' }),
      row('updateLayout-request.uid', {}, { uid: UID }),
      row('updateLayout-request.clientRequest', {}, { clientRequest: {} }),
      row(
        'clientRequest-updateLayout.maxResolutionUid',
        { maxResolutionUid: '11' },
        request({ maxResolutionUid: '11' }),
      ),
      row(
        'clientRequest-updateLayout.mixedVideoLayout',
        { mixedVideoLayout: 'VERTICAL' },
        request({ mixedVideoLayout: 2 }),
      ),
      row(
        'clientRequest-updateLayout.backgroundColor',
        { backgroundColor: '#0088FF' },
        request({ backgroundColor: '#0088FF' }),
      ),
      row(
        'clientRequest-updateLayout.backgroundImage',
        { backgroundImage: 'https://acme.example/b.jpg' },
        request({ backgroundImage: 'https://acme.example/b.jpg' }),
      ),
      row(
        'clientRequest-updateLayout.defaultUserBackgroundImage',
        { defaultUserBackgroundImage: 'https://acme.example/u.jpg' },
        request({ defaultUserBackgroundImage: 'https://acme.example/u.jpg' }),
      ),
      row(
        'clientRequest-updateLayout.backgroundConfig',
        { backgroundConfig: [{ uid: '11', imageUrl: 'https://acme.example/11.jpg' }] },
        request({ backgroundConfig: [{ uid: '11', image_url: 'https://acme.example/11.jpg' }] }),
      ),
    ],
  },
  {
    name: 'a custom layout',
    mutation: 'updateLayout',
    running: 'composite',
    input: { mixedVideoLayout: 'CUSTOM' },
    body: { cname: 'running-composite', uid: UID, clientRequest: { mixedVideoLayout: 3 } },
    rows: [
      row(
        'clientRequest-updateLayout.layoutConfig',
        { layoutConfig: [{ x: 0, y: 0, width: 1, height: 1 }] },
        request({ layoutConfig: [{ x_axis: 0, y_axis: 0, width: 1, height: 1 }] }),
      ),
    ],
  },
  {
    name: 'a large window from the start',
    mutation: 'startRecording',
    input: { channel: 'vertical', uid: UID, ...transcoding({ mixedVideoLayout: 'VERTICAL' }) },
    body: {
      cname: 'vertical',
      uid: UID,
      clientRequest: {
        storageConfig: PROFILE_STORAGE,
        recordingConfig: { channelType: 0, transcodingConfig: { mixedVideoLayout: 2 } },
        recordingFileConfig: { avFileType: ['hls'] },
      },
    },
    rows: [
      row(
        'transcodingConfig.maxResolutionUid',
        transcoding({ maxResolutionUid: '11' }),
        canvas({ maxResolutionUid: '11' }),
      ),
    ],
  },
  {
    name: 'an asynchronous stop',
    mutation: 'stopRecording',
    running: 'composite',
    input: {},
    body: { cname: 'running-composite', uid: UID },
    rows: [
      row('stop-request.cname', {}, { cname: 'running-composite' }),
      row('stop-request.uid', {}, { uid: UID }),
      row('stop-request.clientRequest', {}, { clientRequest: {} }),
      row('stop-request.async_stop', { async: true }, request({ async_stop: true })),
    ],
  },
];

/** Documented properties that no input carries, each with the reason. */
export const EXCEPTIONS: Record<string, string> = {
  'path.appid': 'part of every path, checked for each call below',
  'path.resourceId': 'part of the path, checked for each call below',
  'path.sid': 'part of the path, checked for each call below',
  'path.mode': 'part of the path, checked for each call below',
  'extensionServiceConfig.errorHandlePolicy':
    'can only be set to its default, for the config as for each of its services',
  'serviceParam.container':
    'left over from postponed transcoding, which no longer has a property that leads to it',
  'serviceParam.format': 'of container',
  'serviceParam.sampleRate': 'of container',
  'serviceParam.bitrate': 'of container',
  'serviceParam.channels': 'of container',
};
