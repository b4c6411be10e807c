import {
  canvas,
  composite,
  type Group,
  PROFILE_STORAGE,
  recording,
  request,
  row,
  stored,
  transcoding,
  UID,
} from './row.js';

const SALT = 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';
const EXPIRES = '2099-01-01T00:00:00.000Z';

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

/** Starts of a composite recording. */
export const COMPOSITE_STARTS: readonly Group[] = [
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
];
