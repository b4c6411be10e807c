import { type Group, individual, PROFILE_STORAGE, recording, request, row, UID } from './row.js';

/** Starts of an individual recording. */
export const INDIVIDUAL_STARTS: readonly Group[] = [
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
];
