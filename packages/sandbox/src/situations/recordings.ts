import { anyEvent, events } from '../notifications/events.js';
import { snapshotName } from '../files/individual-files.js';
import { type Situation } from './situation.js';

const NO_USER = () => [];

/** Module 1 is the uploader; 32 is a wrong configuration of the storage. */
const storageRefusal = (errorMsg: string) => ({ module: 1, errorCode: 32, errorMsg });

const stream = (kind: 43 | 44, uid: string, state: 0 | 1) => anyEvent(kind, { streamUid: uid, state });

/** Screenshots of the situation with screenshots. */
const SNAPSHOTS = 5;

/** Situations whose cause is what happens to a recording. */
export const RECORDINGS = {
  'token-wrong': {
    on: 'channel',
    description:
      'The next start is accepted; then event 1 reports code 110 without a text, and the recording is gone.',
    refusal: { module: 0, errorCode: 110, errorMsg: '' },
  },
  'token-expired-at-start': {
    on: 'channel',
    description: 'The next start is accepted; then event 1 reports code 109: its token had expired before.',
    refusal: { module: 0, errorCode: 109, errorMsg: '' },
  },
  'app-id-wrong': {
    on: 'channel',
    description:
      'The next start is accepted; then event 1 reports code 101: the recorder may not use the App ID.',
    refusal: { module: 0, errorCode: 101, errorMsg: '' },
  },
  'start-times-out': {
    on: 'channel',
    description:
      'The next start is accepted; then event 1 of the service reports code 52, and it never runs.',
    refusal: { module: 2, errorCode: 52, errorMsg: 'start timeout' },
  },
  'token-expires': {
    on: 'recording',
    description: 'The token expires while it records: event 1 with code 109, then event 11.',
    trouble: { kind: 'error', error: { module: 0, errorCode: 109, errorMsg: '' } },
  },
  'connection-interrupted': {
    on: 'recording',
    description:
      "The recorder's connection is interrupted: event 1 with code 111 and level 2. It reconnects and continues.",
    events: () => [
      anyEvent(1, { module: 0, errorLevel: 2, errorCode: 111, stat: 1, errorMsg: 'connection interrupted' }),
    ],
  },
  'connection-lost': {
    on: 'recording',
    description: 'The recorder loses its connection: event 1 with code 112, then event 11.',
    trouble: { kind: 'error', error: { module: 0, errorCode: 112, errorMsg: 'connection lost' } },
  },
  'upload-fails': {
    on: 'recording',
    description: 'The upload of recorded files fails: event 1 of the uploader with code 47, then event 11.',
    trouble: { kind: 'error', error: { module: 1, errorCode: 47, errorMsg: 'upload failed' } },
  },
  'upload-times-out': {
    on: 'recording',
    description: 'The upload takes too long: event 1 of the service with code 50, then event 11.',
    trouble: { kind: 'error', error: { module: 2, errorCode: 50, errorMsg: 'upload timeout' } },
  },
  'files-not-processed': {
    on: 'recording',
    description: 'The uploader cannot process the files: event 1 with code 51, then event 11.',
    trouble: { kind: 'error', error: { module: 1, errorCode: 51, errorMsg: 'process failed' } },
  },
  'bucket-missing': {
    on: 'channel',
    description: 'The next start is accepted; the bucket does not exist, and no worker is ever found.',
    refusal: storageRefusal('the bucket does not exist'),
  },
  'endpoint-wrong': {
    on: 'channel',
    description:
      'The next start is accepted; the endpoint of the storage is not a host name, and no worker is ever found.',
    refusal: storageRefusal('the endpoint is not a host name'),
  },
  'region-wrong': {
    on: 'channel',
    description:
      'The next start is accepted; the region is none of its storage vendor, and no worker is ever found.',
    refusal: storageRefusal('the vendor has no such region'),
  },
  'no-user-publishes': {
    on: 'channel',
    description:
      'No user publishes in the channel: the recording is ready, makes no file, and leaves after maxIdleTime.',
    publishers: NO_USER,
  },
  'stop-after-it-left': {
    on: 'channel',
    description:
      'No user publishes; a stop after maxIdleTime finds no worker, because the recording has left.',
    publishers: NO_USER,
  },
  'nothing-recorded': {
    on: 'channel',
    description:
      'No user publishes; a stop before maxIdleTime is answered with 206 and code 435, no recorded data.',
    publishers: NO_USER,
  },
  'recorder-uid-in-channel': {
    on: 'recording',
    description: "A user of the channel publishes with the recorder's own uid.",
    publishers: (uid) => [
      { uid: '71', audio: true, video: true },
      { uid, audio: true, video: true },
    ],
  },
  'events-after-the-end': {
    on: 'recording',
    description:
      'Events of streams follow the exit, event 31 comes last, and leaveCode has two bits: the order of a real log.',
    events: (task) => [
      stream(44, '71', 0),
      events.fileInfos(`${task.sid}_${task.cname}.m3u8`),
      stream(44, '71', 1),
      events.recorderLeave(24),
      stream(44, '71', 0),
      events.sessionExit(0),
      stream(43, '71', 1),
      events.uploaded([{ fileName: `${task.sid}_${task.cname}.m3u8` }]),
    ],
  },
  screenshots: {
    on: 'recording',
    description: `Event 45 names ${SNAPSHOTS} screenshots; no list of files has them.`,
    events: (task, at) =>
      Array.from({ length: SNAPSHOTS }, (_, index) =>
        events.snapshotFile(snapshotName(task, '71', at + index * 1_000)),
      ),
  },
  'slow-upload': {
    on: 'recording',
    description: 'The last upload takes 15 seconds, and a stop waits for it.',
    uploadMs: 15_000,
  },
  'page-never-ready': {
    on: 'recording',
    description: 'The page of a page recording never becomes ready: event 71 with code 4.',
    trouble: { kind: 'stopped', code: 4 },
  },
  'upload-report-without-files': {
    on: 'recording',
    description: 'Event 31 comes without its list of files, with properties that no document has.',
    events: (task) => [
      anyEvent(31, {
        resourceId: task.resourceId,
        fileUrl: 'recordings/one.m3u8',
        duration: 312,
        fileSize: 8_421_376,
      }),
    ],
  },
  'notification-repeated': {
    on: 'recording',
    description: 'One notification is delivered three more times with the same noticeId.',
    events: () => [events.progress(5_000)],
    copies: 3,
  },
} as const satisfies Readonly<Record<string, Situation>>;
