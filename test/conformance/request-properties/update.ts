import { type Group, PROFILE_STORAGE, request, row, UID } from './row.js';

/** Changes of a running recording. */
export const UPDATES: readonly Group[] = [
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
      row('clientRequest.streamSubscribe', { change: { streams: {} } }, request({ streamSubscribe: {} })),
      row(
        'streamSubscribe.audioUidList',
        { change: { streams: {} } },
        request({ streamSubscribe: { audioUidList: {} } }),
      ),
      row(
        'streamSubscribe.videoUidList',
        { change: { streams: {} } },
        request({ streamSubscribe: { videoUidList: {} } }),
      ),
      row(
        'audioUidList.subscribeAudioUids',
        { change: { streams: { subscribeAudioUids: ['11'] } } },
        request({ streamSubscribe: { audioUidList: { subscribeAudioUids: ['11'] } } }),
      ),
      row(
        'videoUidList.unsubscribeVideoUids',
        { change: { streams: { unsubscribeVideoUids: ['12'] } } },
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
        { change: { streams: { unsubscribeAudioUids: ['11'] } } },
        request({
          streamSubscribe: { audioUidList: { unsubscribeAudioUids: ['11'], unSubscribeAudioUids: ['11'] } },
        }),
      ),
      row(
        'videoUidList.subscribeVideoUids',
        { change: { streams: { subscribeVideoUids: ['#allstream#'] } } },
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
];
