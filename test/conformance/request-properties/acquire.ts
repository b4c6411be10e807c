import { composite, type Group, PROFILE_STORAGE, request, row, UID } from './row.js';

/** Reservations of a resource. */
export const ACQUISITIONS: readonly Group[] = [
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
];
