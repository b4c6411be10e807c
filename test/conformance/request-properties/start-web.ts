import { type Group, PROFILE_STORAGE, recorder, request, row, UID, web } from './row.js';

/** Starts of a web page recording. */
export const WEB_STARTS: readonly Group[] = [
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
];
