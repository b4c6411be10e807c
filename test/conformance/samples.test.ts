import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Operation } from '@agora-recording-gateway/agora/tables/operations';
import { type Recording, recordingOf } from '../../src/recordings/view/recording.js';
import { begun, reply } from '../recordings/observations.js';
import { request } from '../support/graphql-client.js';
import { notificationSender, type SendNotification } from '../support/agora/send-notification.js';
import { openStage, type Stage } from '../support/stage.js';

const folder = new URL('../samples/', import.meta.url);
const read = (name: string) => readFileSync(new URL(`${name}.json`, folder), 'utf8');
const names = readdirSync(folder).map((name) => name.replace(/\.json$/, ''));

/** Each notification among the samples, and the type of event that it must become. */
const EVENTS: Record<string, string> = {
  'notify-1-error-upload': 'CloudRecordingErrorEvent',
  'notify-11-session-exit': 'SessionExitEvent',
  'notify-13-ha-registered': 'HaRegisterSuccessEvent',
  'notify-2-warning': 'CloudRecordingWarningEvent',
  'notify-3-status-update': 'CloudRecordingStatusUpdateEvent',
  'notify-30-uploader-started': 'UploaderStartedEvent',
  'notify-31-uploaded-individual': 'UploadedEvent',
  'notify-31-uploaded-mix-mp4': 'UploadedEvent',
  'notify-31-uploaded-web-no-files': 'UploadedEvent',
  'notify-32-backuped': 'BackedUpEvent',
  'notify-33-progress': 'UploadingProgressEvent',
  'notify-34-sts-expired': 'StsExpiredEvent',
  'notify-4-file-infos': 'CloudRecordingFileInfosEvent',
  'notify-40-recorder-started': 'RecorderStartedEvent',
  'notify-41-leave-no-users': 'RecorderLeaveEvent',
  'notify-42-slice-start': 'RecorderSliceStartEvent',
  'notify-43-audio-state': 'RecorderAudioStreamStateChangedEvent',
  'notify-44-video-state-lost': 'RecorderVideoStreamStateChangedEvent',
  'notify-60-vod-started': 'VodStartedEvent',
  'notify-61-vod-triggered': 'VodTriggeredEvent',
  'notify-70-web-started': 'WebRecorderStartedEvent',
  'notify-71-web-stopped-ok': 'WebRecorderStoppedEvent',
  'notify-72-web-capability-limit': 'WebRecorderCapabilityLimitEvent',
  'notify-73-web-reload': 'WebRecorderReloadEvent',
  'notify-80-transcoder-started': 'TranscoderStartedEvent',
  'notify-90-download-failed': 'DownloadFailedEvent',
};

/** The resend of a sample: recognized, and not a separate event. */
const RESEND = 'notify-40-retry-of-same-notice';

describe('The sample notifications', () => {
  let stage: Stage;
  let send: SendNotification;

  beforeAll(async () => {
    stage = await openStage();
    send = await notificationSender(stage);
  });

  afterAll(async () => {
    await stage.close();
  });

  it('are all in the table', () => {
    const notifications = names.filter((name) => name.startsWith('notify-') && name !== RESEND);
    expect(notifications.sort()).toEqual(Object.keys(EVENTS).sort());
  });

  it('posted with valid signatures are answered with 200 and appear as the right type, each once', async () => {
    const appear: Record<string, string> = {};
    for (const name of [...Object.keys(EVENTS), RESEND]) {
      expect([name, await send(Buffer.from(read(name)))]).toEqual([name, 200]);
    }
    const { recordings } = await request<{
      recordings: {
        edges: {
          node: { events: { edges: { node: { __typename: string; raw: { noticeId: string } | null } }[] } };
        }[];
      };
    }>(
      stage.gateway.url,
      '{ recordings { edges { node { events(first: 100) { edges { node { __typename raw } } } } } } }',
    );
    const noticeNames = new Map(
      Object.keys(EVENTS).map((name) => [(JSON.parse(read(name)) as { noticeId: string }).noticeId, name]),
    );
    for (const { node } of recordings.edges.flatMap((edge) => edge.node.events.edges)) {
      // What the gateway adds by itself: the samples are old, and a clock that is past all deadlines soon says so.
      if (['SequenceGapEvent', 'ClockEvent'].includes(node.__typename)) continue;
      const name = noticeNames.get(node.raw?.noticeId ?? '') ?? 'unknown';
      expect(appear[name], `${name} appears once`).toBeUndefined();
      appear[name] = node.__typename;
    }
    expect(appear).toEqual(EVENTS);
    const { recording } = await request<{ recording: { delivery: { duplicates: number } } }>(
      stage.gateway.url,
      '{ recording(by: { sid: "a65e19cbae530282bd36cb9d21f6be6a" }) { delivery { duplicates } } }',
    );
    expect(recording.delivery.duplicates).toBe(1);
  });
});

const LESSON = 'acme/lesson4711/a65e19cbae530282bd36cb9d21f6be6a_lesson-4711';
const playlist = { kind: 'playlist', fileName: `${LESSON}.m3u8` };
const files = (...fileNames: string[]) => ({
  kind: 'files',
  files: fileNames.map((fileName) => expect.objectContaining({ fileName }) as unknown),
});
const lessonFiles = files(`${LESSON}_0.mp4`, `${LESSON}.m3u8`);
const page = 'acme/lesson4711/bf0d7c1c1e21862ab8a18a8902073fec_board-page-88';
const pageFiles = files(`${page}.m3u8`, `${page}_0.mp4`);
const panel = 'acme/panel302/8df4f50947aaeb26c57d21fa5d328263_panel-302__uid_s_';
const panelFiles = files(
  `${panel}71__uid_e_audio.m3u8`,
  `${panel}71__uid_e_video.m3u8`,
  `${panel}72__uid_e_audio.m3u8`,
);

/** For each reply about a recording among the samples, the expected running recording after it. Written by hand. */
const AFTER: Record<string, Partial<Recording>> = {
  'start-ok': { phase: 'STARTING', sid: 'a65e19cbae530282bd36cb9d21f6be6a' },
  'query-starting': { phase: 'STARTING', serviceStatus: 'STARTING', serviceStatusCode: 2, fileList: null },
  'query-mix-hls': { phase: 'RECORDING', serviceStatus: 'IN_PROGRESS', fileList: playlist as never },
  'query-mix-hls-mp4': { phase: 'RECORDING', serviceStatus: 'IN_PROGRESS', fileList: lessonFiles as never },
  'query-individual-json': { phase: 'RECORDING', fileList: panelFiles as never },
  'query-individual-snapshot-only': { phase: 'RECORDING', fileList: null, files: [] },
  'query-web-filename': { phase: 'RECORDING', fileList: pageFiles as never },
  'stop-mix-hls': {
    phase: 'COMPLETED',
    endReason: 'STOP_REQUESTED',
    fileList: playlist as never,
    upload: { state: 'UPLOADED', progress: 1 },
  },
  'stop-mix-hls-mp4-backuped': {
    phase: 'COMPLETED',
    fileList: lessonFiles as never,
    upload: { state: 'BACKED_UP', progress: 1 },
  },
  'stop-individual-snapshot': {
    phase: 'COMPLETED',
    fileList: null,
    upload: { state: 'UPLOADED', progress: 1 },
  },
  'stop-web': {
    phase: 'COMPLETED',
    fileList: pageFiles as never,
    upload: { state: 'UPLOADED', progress: 1 },
  },
  'error-stop-200-code50-sync-timeout': { phase: 'STOPPING', endReason: 'STOP_REQUESTED', fileList: null },
  'error-stop-400-code49': { phase: 'STOPPING', endReason: null },
  'error-query-404-worker': { phase: 'STARTING', phaseInferred: false },
  'error-gateway-401': { phase: 'STARTING' },
  'error-gateway-429': { phase: 'STARTING' },
  'update-ok': { phase: 'STARTING' },
  'updatelayout-ok': { phase: 'STARTING' },
};

/** Replies of acquire, and of starts that leave no recording: reply.test.ts and reply-meanings.test.ts hold them. */
const WITHOUT_RECORDING = /^(acquire-|error-acquire-|error-start-)/;

describe('The sample replies', () => {
  it('about a recording are all in the table', () => {
    const replies = names.filter(
      (name) => !/^(notify-|request-|ncs-|signature-)/.test(name) && !WITHOUT_RECORDING.test(name),
    );
    expect(replies.sort()).toEqual(Object.keys(AFTER).sort());
  });

  it.each(Object.entries(AFTER))('turn a running recording into the expected one: %s', (name, expected) => {
    const { call, httpStatus, body } = JSON.parse(read(name)) as {
      call: Operation;
      httpStatus: number;
      body: Record<string, unknown>;
    };
    expect(recordingOf(begun(reply(call, httpStatus, body, { at: 10 })))).toMatchObject(expected);
  });
});
